"""A person's situation and the budget made for it: what is known, what is not, what is to prove.

Three things are kept apart: what is known (`lines`, added up), what somebody must pay but nobody
published (`unknown`, never added), and what must be shown to have (`to_prove`, no expense).
"""

from dataclasses import dataclass

from knowledge.budget_schema import Group, Household, Housing
from knowledge.library import Cited
from knowledge.schema import Age, Certainty, Citizenship, Level


@dataclass(frozen=True)
class Situation:
    """What is known of the person that changes what a year costs; None is not known.

    `institution` is the id of its card. One that does not teach `level` is set aside.
    """

    citizenship: Citizenship | None = None
    level: Level | None = None
    age: Age | None = None
    institution: str | None = None
    housing: Housing | None = None
    household: Household = Household.alone


@dataclass(frozen=True)
class Line:
    """What somebody pays, in Canadian dollars a year; `once` is for the first year only.

    `at_least` means that `high` is a floor too. `year` is how the years of its `figures` (ids)
    are said; an `old` one is of years ago, and prices rose since. `shared` by the whole household.
    """

    id: str
    label: str
    group: Group
    once: bool
    low: float
    high: float
    at_least: bool
    certainty: Certainty
    year: str
    figures: tuple[str, ...]
    sources: tuple[Cited, ...]
    topic: str
    note: str | None = None
    old: bool = False
    shared: bool = False


@dataclass(frozen=True)
class Page:
    title: str
    url: str


@dataclass(frozen=True)
class Unknown:
    """What has to be paid, but its amount is to be confirmed on `page`."""

    id: str
    label: str
    group: Group
    once: bool
    page: Page
    topic: str
    note: str | None = None


@dataclass(frozen=True)
class Rate:
    """What one euro is worth in Canadian dollars, and when."""

    dollars: float
    year: str
    certainty: Certainty
    source: Cited


@dataclass(frozen=True)
class Total:
    """A sum in Canadian dollars; in euros, None while there is no rate in force."""

    low: float
    high: float
    at_least: bool
    rate: Rate | None

    @property
    def low_eur(self) -> float | None:
        return round(self.low / self.rate.dollars, 2) if self.rate else None

    @property
    def high_eur(self) -> float | None:
        return round(self.high / self.rate.dollars, 2) if self.rate else None


@dataclass(frozen=True)
class Budget:
    """`total` is the first year, `each_year` the next ones, `once` their difference.

    `to_prove` is the official amount for who comes (its `label`), its `note` says what it covers;
    None when nothing is to be proved for a CAQ. `missing` names the parts of the situation that
    would change anything here, in the order to ask them. `institution` is the name of the one
    that counts.
    """

    situation: Situation
    institution: str | None
    lines: tuple[Line, ...]
    unknown: tuple[Unknown, ...]
    total: Total
    each_year: Total
    once: Total
    to_prove: Line | Unknown | None
    not_counted: tuple[str, ...]
    stale: bool
    missing: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[Cited, ...]:
        """Every page the amounts come from, once, in the order of the lines."""
        proof = (self.to_prove,) if isinstance(self.to_prove, Line) else ()
        rate = (self.total.rate.source,) if self.total.rate else ()
        cited = [source for line in (*self.lines, *proof) for source in line.sources]
        return tuple(dict.fromkeys((*cited, *rate)))
