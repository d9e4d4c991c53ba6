"""The typed shapes of the plan: `plan/steps.yml` and `plan/sessions.yml`.

As in `schema`, an unknown key is an error; what needs several files is in `plan_checks`.
"""

from datetime import date
from enum import Enum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.schema import Age, Citizenship, Identifier, Level, Sentence

Kind = Literal["public_cegep", "private_college", "university"]


class Season(str, Enum):
    """The part of the year a session is named after; the value is how people write it."""

    winter = "hiver"
    summer = "été"
    autumn = "automne"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Fits(_Strict):
    """Some projects. As a `when`, every key that is present must be known and match; as an
    `unless`, one that is known and matches is enough.

    `diploma` is a diploma as the profile names it (« BTS »), `kind` the kind of institution.
    """

    citizenship: list[Citizenship] = []
    level: list[Level] = []
    age: list[Age] = []
    diploma: list[Sentence] = []
    institution: list[Identifier] = []
    kind: list[Kind] = []
    admitted: list[bool] = []

    @model_validator(mode="after")
    def _says_something(self) -> "Fits":
        if not any(getattr(self, part) for part in type(self).model_fields):
            raise ValueError("an empty condition fits everyone: leave it out")
        return self


class Where(_Strict):
    """The page where a step is done: its address is that of a source."""

    label: Sentence
    source: Identifier


class Saying(_Strict):
    """What a step is, for those whom `when` fits. `what` and `how_long` quote `{figures}`;
    `cost` names those that are paid."""

    when: Fits | None = None
    what: Sentence
    where: Where
    cost: list[Identifier] = []
    how_long: Sentence | None = None
    sources: list[Identifier] = Field(min_length=1)
    topic: str


class Due(_Strict):
    """When a step is to be done, for those whom `when` fits.

    `deadlines` are figures that name a day: the step may be done until the last one.
    `before` are figures of a length of time: they are added, the longest of each (the shortest
    if `shortest`), and counted back from the first day of the session; `opens` likewise. `least`
    are the shortest delays known: with less time than their shortest ends, it is too late.
    `waits`: not before the letter of admission.
    Nothing of all this means that there is a date, and that it is to be confirmed.
    """

    when: Fits | None = None
    deadlines: dict[Season, list[Identifier]] = {}
    opens: list[Identifier] = []
    before: list[Identifier] = []
    least: list[Identifier] = []
    waits: bool = False
    shortest: bool = False
    at_start: bool = False

    @model_validator(mode="after")
    def _one_way_of_dating(self) -> "Due":
        if sum(map(bool, (self.deadlines, self.before, self.at_start))) > 1:
            raise ValueError("a date is a deadline, or counted back, or the start: one of them")
        if self.opens and not self.before:
            raise ValueError("`opens` goes with `before`")
        return self


class Step(_Strict):
    """An entry of `plan/steps.yml`; their order in the file is the order of the plan."""

    title: Sentence
    lists: list[Literal["plan", "arrival"]] = Field(min_length=1)
    when: Fits | None = None
    unless: Fits | None = None
    due: list[Due] = []
    says: list[Saying] = Field(min_length=1)

    @model_validator(mode="after")
    def _ends_with_everybody(self) -> "Step":
        for entries in (self.says, self.due):
            *before, last = [entry.when for entry in entries] or [None]
            if last is not None or None in before:
                raise ValueError("the last of `says` and of `due`, and no other, has no `when`")
        return self


class Opening(_Strict):
    """When a session starts, as `said` by a page, and the first `day` that pages allow."""

    said: Sentence
    month: int
    day: int

    @model_validator(mode="after")
    def _is_a_day(self) -> "Opening":
        self.in_year(2027)
        return self

    def in_year(self, year: int) -> date:
        return date(year, self.month, self.day)


class Sessions(_Strict):
    """An entry of `plan/sessions.yml`: the sessions of some institutions.

    `entries` are the seasons in which people usually begin; the first entry of the file whose
    `when` fits is used.
    """

    when: Fits | None = None
    starts: dict[Season, Opening] = {}
    entries: list[Season] = Field(min_length=1)
    sources: list[Identifier] = Field(min_length=1)
