"""The knowledge base, loaded once and never changed: find a topic, say its answer on a day."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from knowledge.cards import CardWording
from knowledge.files import Contents, Problem, Severity, read
from knowledge.folding import fold
from knowledge.plan_schema import Sessions, Step
from knowledge.schema import (
    Age,
    Answer,
    Certainty,
    Citizenship,
    Equivalence,
    Event,
    Figure,
    Handover,
    Institution,
    Level,
    Offer,
    Partner,
    Programme,
    Relay,
    Source,
    Term,
    Topic,
    Value,
)
from knowledge.wording import Wording

FOLDER = Path(__file__).parent
_PARTS = ("citizenship", "level", "age")
# The theme of what is not a topic, by the folder or file it lies in.
_THEMES = {
    "partners": "institutions",
    "relays": "relay_partner",
    "terms": "vocabulary",
    "equivalences": "equivalence",
}
QUOTED = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True)
class Profile:
    """What is known of the person that may change an answer."""

    citizenship: Citizenship | None = None
    level: Level | None = None
    age: Age | None = None
    nationality: str | None = None


@dataclass(frozen=True)
class Cited:
    """A source as shown; `as_of` is ready to be read (« 2025-12 » becomes « décembre 2025 »)."""

    title: str
    url: str
    publisher: str
    official: bool
    as_of: str


@dataclass(frozen=True)
class Said:
    """A topic's answer for one person on one day.

    `missing` names the part of the profile that would change the answer, if it is not known.
    """

    topic: str
    text: str
    sources: tuple[Cited, ...]
    handover: Handover
    missing: str | None = None


Card = Institution | Partner | Relay | Event | Term | Equivalence
_CARDS = ("institutions", "partners", "relays", "events", "terms", "equivalences")


class BrokenKnowledge(Exception):
    """The folder cannot be used; `problems` says why, path first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Library:
    """Everything that is known. Immutable: load a new one after a change."""

    def __init__(self, contents: Contents, wording: Wording) -> None:
        self.topics: Mapping[str, Topic] = MappingProxyType(contents.topics)
        self.figures: Mapping[str, Figure] = MappingProxyType(contents.figures)
        self.sources: Mapping[str, Source] = MappingProxyType(contents.sources)
        self.institutions: Mapping[str, Institution] = MappingProxyType(contents.institutions)
        self.partners: Mapping[str, Partner] = MappingProxyType(contents.partners)
        self.relays: Mapping[str, Relay] = MappingProxyType(contents.relays)
        self.events: Mapping[str, Event] = MappingProxyType(contents.events)
        self.offers: Mapping[str, Offer] = MappingProxyType(contents.offers)
        self.terms: Mapping[str, Term] = MappingProxyType(contents.terms)
        self.equivalences: Mapping[str, Equivalence] = MappingProxyType(contents.equivalences)
        self.steps: Mapping[str, Step] = MappingProxyType(contents.steps)
        self.sessions: Mapping[str, Sessions] = MappingProxyType(contents.sessions)
        self.programmes: Mapping[str, Programme] = MappingProxyType(
            dict(_programmes(contents.offers))
        )
        self.budget = contents.budget
        self.wording = wording
        self._cards = CardWording(wording)

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Library":
        """Read a folder. Raises BrokenKnowledge if a file cannot be understood."""
        return cls.of(read(folder))

    @classmethod
    def of(cls, contents: Contents) -> "Library":
        """What was read. Raises BrokenKnowledge if some of it could not be understood."""
        errors = [p for p in contents.problems if p.severity is Severity.error]
        if errors:
            raise BrokenKnowledge(errors)
        return cls(contents, Wording.load())

    def title(self, name: str) -> str:
        """What a topic or a card is called. Raises KeyError if there is no such thing."""
        if name in self.topics:
            return self.topics[name].title
        card = self._card(name)
        match card:
            case Term():
                return card.term
            case Equivalence():
                return card.france
            case _:
                return card.name

    def topic_about(self, name: str) -> str | None:
        """The topic that says more of a term or an equivalence, if one does; a topic itself."""
        if name in self.topics:
            return name
        card = self._card(name)
        return card.topic if isinstance(card, Term | Equivalence) else None

    def knows(self, name: str) -> bool:
        try:
            return bool(self.title(name))
        except KeyError:
            return False

    def say(self, name: str, profile: Profile, on: date) -> Said:
        """A topic's first answer that fits the profile, its figures filled in for that day; or a
        card, by its name `kind/id`.

        Raises KeyError if there is no such thing.
        """
        if name not in self.topics:
            return self._present(name, on)
        return self._answer(name, profile, on)

    def _answer(self, topic_id: str, profile: Profile, on: date) -> Said:
        topic = self.topics[topic_id]
        answer, missing = choose(topic, profile)
        quoted = [(name, self.value(name, on)) for name in QUOTED.findall(answer.text)]
        paragraphs = [QUOTED.sub(lambda found: self.quote(found[1], on), answer.text).strip()]
        paragraphs += self.cautions(dict(quoted))
        if topic.review_by < on:
            paragraphs.append(self.wording.stale)
        of_figures = [value.source for _, value in quoted if value is not None]
        return Said(
            topic=topic_id,
            text="\n\n".join(paragraphs),
            sources=tuple(self.cite(name) for name in dict.fromkeys(of_figures + topic.sources)),
            handover=topic.handover,
            missing=missing,
        )

    def _card(self, name: str) -> Card:
        kind, _, card_id = name.partition("/")
        if kind not in _CARDS:
            raise KeyError(name)
        card: Card = getattr(self, kind)[card_id]
        return card

    def _present(self, name: str, on: date) -> Said:
        card = self._card(name)
        match card:
            case Institution():
                text = self._cards.institution(card)
            case Partner():
                text = self._cards.partner(card)
            case Relay():
                text = self._cards.relay(card)
            case Event():
                text = self._cards.event(card, on)
            case Term():
                text = self._cards.term(card)
            case Equivalence():
                text = self._cards.equivalence(card)
        cautions = self._card_cautions(card, on)
        return Said(
            topic=name,
            text="\n\n".join([text, *cautions]),
            sources=tuple(self.cite(source) for source in dict.fromkeys(card.sources)),
            handover=Handover.never,
        )

    def _card_cautions(self, card: Card, on: date) -> list[str]:
        review_by = getattr(card, "review_by", None)
        return [self.wording.stale] if review_by is not None and review_by < on else []

    def value(self, figure_id: str, on: date) -> Value | None:
        """What a figure is worth on a day; None before its first value."""
        in_force = [v for v in self.figures[figure_id].values if v.start <= on]
        return max(in_force, key=lambda value: value.start, default=None)

    def quote(self, figure_id: str, on: date) -> str:
        """A figure in words, with its unit and year: « 24 617 $ (2026) »."""
        return self.wording.quote(self.figures[figure_id], self.value(figure_id, on))

    def cite(self, source_id: str) -> Cited:
        source = self.sources[source_id]
        return Cited(
            title=source.title,
            url=str(source.url),
            publisher=source.publisher,
            official=source.official,
            as_of=self.wording.as_of(source),
        )

    def cautions(self, quoted: Mapping[str, Value | None]) -> list[str]:
        """One sentence for each kind of doubt there is about the figures quoted."""
        doubtful: dict[Certainty, list[str]] = {}
        for name, value in quoted.items():
            if self.figures[name].settled:
                continue
            certainty = Certainty.to_confirm if value is None else value.certainty
            if certainty is not Certainty.official:
                doubtful.setdefault(certainty, []).append(self.figures[name].label)
        return self.wording.cautions(doubtful)


def theme_of(name: str) -> str:
    """The theme of a topic or of a card, from its name."""
    kind = name.partition("/")[0]
    return _THEMES.get(kind, kind)


def _programmes(offers: Mapping[str, Offer]) -> Iterator[tuple[str, Programme]]:
    """Each programme under `institution/its-name`, its campus added where the name is twice."""
    for institution, offer in offers.items():
        names = Counter(fold(programme.name) for programme in offer.programmes)
        for programme in offer.programmes:
            folded = fold(programme.name)
            campus = f" {fold(programme.campus or '')}" if names[folded] > 1 else ""
            yield f"{institution}/{(folded + campus).replace(' ', '-')}", programme


def choose(topic: Topic, profile: Profile) -> tuple[Answer, str | None]:
    """The first answer whose `when` is met, and what is not known that an earlier one asks for."""
    missing: str | None = None
    for answer in topic.answers:
        if answer.when is None:
            return answer, missing
        if answer.when.nationality and profile.nationality not in answer.when.nationality:
            continue
        asked = [(part, getattr(answer.when, part), getattr(profile, part)) for part in _PARTS]
        if any(known is not None and known not in wanted for _, wanted, known in asked if wanted):
            continue
        unknown = [part for part, wanted, known in asked if wanted and known is None]
        if not unknown:
            return answer, missing
        missing = missing or unknown[0]
    raise ValueError("a topic has no answer for everybody")
