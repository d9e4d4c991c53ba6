"""The typed shape of every file of the knowledge base.

One class is one kind of file (or one entry of a file that holds a table). An unknown key is an
error: a misspelt `question:` must not be silently ignored. Rules that need several files at once
(an unknown source, a question asked twice…) are in `checks`.
"""

import re
from datetime import date
from enum import Enum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, model_validator

_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_ID = re.compile(r"[a-z][a-z0-9_]*")


class Theme(str, Enum):
    """The group a topic belongs to; the folder it lies in."""

    admission = "admission"
    equivalence = "equivalence"
    programmes = "programmes"
    institutions = "institutions"
    deadlines = "deadlines"
    caq = "caq"
    study_permit = "study_permit"
    ave_entry = "ave_entry"
    proof_of_funds = "proof_of_funds"
    health_insurance = "health_insurance"
    tuition = "tuition"
    scholarships = "scholarships"
    cost_of_living = "cost_of_living"
    housing = "housing"
    work_during_studies = "work_during_studies"
    internship_permit = "internship_permit"
    post_grad_work = "post_grad_work"
    permanent_residence = "permanent_residence"
    family_spouse = "family_spouse"
    minor_student = "minor_student"
    health_exam_biometrics = "health_exam_biometrics"
    processing_times = "processing_times"
    renewal_change = "renewal_change"
    transport_arrival = "transport_arrival"
    bank_account = "bank_account"
    phone_winter_life = "phone_winter_life"
    vocabulary = "vocabulary"
    events = "events"
    relay_partner = "relay_partner"
    adviser_contact = "adviser_contact"


class Certainty(str, Enum):
    official = "official"
    indicative = "indicative"
    to_confirm = "to_confirm"


class Handover(str, Enum):
    """Whether a topic's answer offers a human adviser."""

    never = "never"
    offer = "offer"
    always = "always"


class Citizenship(str, Enum):
    france = "france"
    european_union = "european_union"
    canada = "canada"
    """Canadian, permanent resident, or both French and Canadian: other rules, often uncertain."""
    other = "other"


class Level(str, Enum):
    """What the person wants to study."""

    cegep = "cegep"
    bachelor = "bachelor"
    graduate = "graduate"


class Age(str, Enum):
    """On either side of 18, the age of majority in Québec."""

    minor = "minor"
    adult = "adult"


def _partial_date(text: str) -> str:
    if text != "undated" and not _PARTIAL_DATE.fullmatch(text):
        raise ValueError("a date is YYYY, YYYY-MM or YYYY-MM-DD, or the word undated")
    return text


def _identifier(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError("an id is made of a-z, 0-9 and _, and starts with a letter")
    return text


PartialDate = Annotated[str, AfterValidator(_partial_date)]
Identifier = Annotated[str, AfterValidator(_identifier)]
Sentence = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class When(_Strict):
    """The profile an answer is for: every key that is present must match."""

    citizenship: list[Citizenship] = []
    nationality: list[str] = []
    """Of a country with its own rule, as `citizenships.yml` calls it (« belge »); never asked."""
    level: list[Level] = []
    age: list[Age] = []

    @model_validator(mode="after")
    def _says_something(self) -> "When":
        if not any(getattr(self, part) for part in type(self).model_fields):
            raise ValueError("an empty `when` fits everyone: leave it out")
        return self


class Answer(_Strict):
    text: Sentence
    when: When | None = None


class Topic(_Strict):
    """`topics/<theme>/<topic>.yml`; its id is `<theme>/<topic>`, from its path."""

    title: Sentence
    questions: list[Sentence]
    answers: list[Answer] = Field(min_length=1)
    sources: list[Identifier] = Field(min_length=1)
    review_by: date
    handover: Handover = Handover.never
    related: list[str] = []


class Source(_Strict):
    """An entry of `sources.yml`.

    `as_of` is the date the page itself shows. When the page shows none, `as_of` is the date
    inferred from what it says and `as_of_inferred` is true, or the word `undated`.
    """

    title: Sentence
    url: HttpUrl
    publisher: Sentence
    official: bool
    as_of: PartialDate
    as_of_inferred: bool = False


class Value(_Strict):
    """What a figure is worth from a date on; `year` is how it is said (« 2026 », « 2025-2026 »).

    `amount` is a number, a pair [low, high], or words where a number would lie.
    """

    amount: float | Annotated[list[float], Field(min_length=2, max_length=2)] | str
    year: Sentence
    source: Identifier
    certainty: Certainty
    start: date = Field(alias="from")
    note: str | None = None


class Figure(_Strict):
    """An entry of `figures.yml`: an amount, delay or date that changes with the years.

    A `settled` one is a rule that no year changes (the length of a session): it is quoted
    without its year and without a caution.
    """

    label: Sentence
    unit: Literal[
        "cad", "cad_per_year", "cad_per_month", "cad_per_session", "cad_per_credit", "eur",
        "eur_per_month", "weeks", "months", "days", "working_days", "hours", "hours_per_week",
        "minutes", "credits", "years", "percent", "text",
    ]  # fmt: skip
    values: list[Value] = Field(min_length=1)
    settled: bool = False


class Link(_Strict):
    label: Sentence
    url: HttpUrl


class Contact(_Strict):
    """How to reach an organisation; `certainty` says whether an official page gives it."""

    email: str | None = None
    telephone: str | None = None
    address: str | None = None
    certainty: Certainty = Certainty.to_confirm


class Institution(_Strict):
    """`institutions/<id>.yml`: a college or university of the network."""

    name: Sentence
    aliases: list[Sentence]
    kind: Literal["public_cegep", "private_college", "university"]
    membership: Literal["member", "partner", "to_confirm"]
    language: Literal["french", "english"]
    campuses: list[Sentence]
    summary: Sentence
    admission: Sentence
    residences: str | None = None
    known_for: list[Sentence]
    not_known: list[Sentence]
    contact: Contact
    links: list[Link] = Field(min_length=1)
    sources: list[Identifier] = Field(min_length=1)
    review_by: date


class Partner(_Strict):
    """`partners/<id>.yml`: a business or health organisation, or a collaboration of the report."""

    name: Sentence
    aliases: list[Sentence]
    kind: Literal["business", "health", "collaboration"]
    summary: Sentence
    useful_for: Sentence
    not_known: list[Sentence]
    links: list[Link] = []
    sources: list[Identifier] = Field(min_length=1)
    review_by: date


class Relay(_Strict):
    """`relays/<id>.yml`: an organisation in France that informs young people.

    `curator_note` is for the team only and is never shown to a person.
    """

    name: Sentence
    aliases: list[Sentence]
    region: Sentence
    cities: list[Sentence]
    departments: list[Sentence] = []
    summary: Sentence
    certainty: Certainty
    curator_note: str | None = None
    contact: Contact
    links: list[Link] = []
    sources: list[Identifier] = Field(min_length=1)
    review_by: date


class Term(_Strict):
    """An entry of `glossary.yml`: a word of Québec (or of France) and what it means."""

    term: Sentence
    aliases: list[Sentence] = []
    france: list[Sentence] = []
    place: Literal["quebec", "france"] = "quebec"
    field: Literal["studies", "immigration", "life"]
    meaning: Sentence
    caution: str | None = None
    topic: str | None = None
    sources: list[Identifier] = Field(min_length=1)


class Equivalence(_Strict):
    """An entry of `equivalences.yml`: a French diploma or level beside its landmark in Québec.

    `years` counts the years of study since the CP; nothing here is automatic, ever.
    """

    france: Sentence
    france_aliases: list[Sentence] = []
    years: int | str | None = None
    quebec: Sentence
    quebec_terms: list[Sentence] = []
    entry: Sentence
    certainty: Certainty
    note: str | None = None
    topic: str | None = None
    sources: list[Identifier] = Field(min_length=1)


class Occurrence(_Strict):
    """One dated time of an event, in local days."""

    start: date
    end: date | None = None
    place: str | None = None

    @property
    def last_day(self) -> date:
        return self.end or self.start


class Place(_Strict):
    country: Literal["france", "quebec", "online", "other"]
    cities: list[Sentence] = []


class Event(_Strict):
    """`events/<id>.yml`: a fair, a webinar, a welcome… Past dates stay for the curators only."""

    name: Sentence
    aliases: list[Sentence]
    kind: Literal["fair", "webinar", "welcome", "activity", "recruitment", "campaign"]
    organiser: Sentence
    place: Place
    usual_months: list[Annotated[int, Field(ge=1, le=12)]] = []
    dates: list[Occurrence] = []
    audience: list[Literal["france", "admitted", "arrived", "quebec_youth", "workers"]]
    summary: Sentence
    registration: Sentence
    not_known: list[Sentence] = []
    links: list[Link] = []
    sources: list[Identifier] = Field(min_length=1)
    review_by: date


class Award(str, Enum):
    """What a programme leads to."""

    preparation = "preparation"
    aec = "aec"
    preuniversity_dec = "preuniversity_dec"
    technical_dec = "technical_dec"
    double_dec = "double_dec"
    microprogramme = "microprogramme"
    certificate = "certificate"
    bachelor = "bachelor"
    first_cycle_doctorate = "first_cycle_doctorate"
    short_graduate = "short_graduate"
    specialised = "specialised"
    dess = "dess"
    master = "master"
    doctorate = "doctorate"


class Discipline(str, Enum):
    """What a programme is about; one word a programme, the flags tell the rest."""

    it = "it"
    health = "health"
    engineering = "engineering"
    sciences = "sciences"
    environment = "environment"
    humanities = "humanities"
    arts = "arts"
    business = "business"
    public_administration = "public_administration"
    law = "law"
    education = "education"
    multidisciplinary = "multidisciplinary"


class Programme(_Strict):
    """An entry of `programmes/<institution>.yml`."""

    name: Sentence
    code: str | None = None
    award: Award
    level: Level
    duration: str | None = None
    duration_certain: bool = False
    language: Literal["french", "english"] = "french"
    field: Discipline
    it: bool = False
    health: bool = False
    distance: bool = False
    campus: str | None = None
    note: str | None = None
    url: HttpUrl
    source: Identifier
    certainty: Certainty


class Offer(_Strict):
    """`programmes/<institution>.yml`: what one institution teaches, as far as we know."""

    complete: bool
    full_list: Link
    programmes: list[Programme] = Field(min_length=1)
    review_by: date
