"""The typed shape of `budget.yml`: what a year costs, line by line, and for whom.

A line has cases, like a topic has answers: the first whose `when` is met is taken, and the last
one, without a `when`, is for everybody. What is not known of a person meets no condition, so a
rule of some citizens is never taken for somebody whose citizenship is unknown.
"""

from datetime import date
from enum import Enum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.schema import Age, Citizenship, Identifier, Level, Sentence


class Housing(str, Enum):
    """Where the person means to live; `undecided` is an answer too."""

    residence = "residence"
    flatshare = "flatshare"
    own_flat = "own_flat"
    family = "family"
    """At a relative's or a friend's, without a rent."""
    undecided = "undecided"


class Household(str, Enum):
    """Who comes along: the households there is an official amount to prove for, those of one
    parent, for whom there is none, and `other`."""

    alone = "alone"
    one_adult_one_child = "one_adult_one_child"
    one_adult_two_children = "one_adult_two_children"
    two_adults = "two_adults"
    two_adults_one_child = "two_adults_one_child"
    two_adults_two_children = "two_adults_two_children"
    other = "other"

    @property
    def travellers(self) -> int:
        """How many leave; one for a family of unknown size."""
        return _TRAVELLERS.get(self, 1)


_TRAVELLERS = {
    Household.one_adult_one_child: 2,
    Household.one_adult_two_children: 3,
    Household.two_adults: 2,
    Household.two_adults_one_child: 3,
    Household.two_adults_two_children: 4,
}


class Kind(str, Enum):
    """The kind of an institution, in the words of `Institution.kind`."""

    public_cegep = "public_cegep"
    private_college = "private_college"
    university = "university"


class Group(str, Enum):
    """What a line is paid for."""

    tuition = "tuition"
    fees = "fees"
    health = "health"
    housing = "housing"
    living = "living"
    permits = "permits"
    travel = "travel"
    family = "family"
    proof = "proof"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Circumstances(_Strict):
    """Whom a case is for: every key that is present must match."""

    citizenship: list[Citizenship] = []
    level: list[Level] = []
    kind: list[Kind] = []
    institution: list[Identifier] = []
    housing: list[Housing] = []
    household: list[Household] = []
    age: list[Age] = []

    @model_validator(mode="after")
    def _says_something(self) -> "Circumstances":
        if not any(wanted for _, wanted in self):
            raise ValueError("an empty `when` fits everyone: leave it out")
        return self


_Times = Annotated[float, Field(ge=0)]


class Amount(_Strict):
    """A figure and how often it is paid in a year: 12 for a rent, 2 for a fee by session.

    A pair is the fewest and the most times; [0, 1] is what some pay and others do not.
    `at_least` says that the figure is a floor. `each` is paid by each one who leaves.
    """

    figure: Identifier
    times: _Times | Annotated[list[_Times], Field(min_length=2, max_length=2)] = 1
    at_least: bool = False
    each: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> "Amount":
        if self.fewest > self.most:
            raise ValueError("`times` is a pair [fewest, most]")
        return self

    @property
    def fewest(self) -> float:
        return self.times[0] if isinstance(self.times, list) else self.times

    @property
    def most(self) -> float:
        return self.times[1] if isinstance(self.times, list) else self.times


class Case(_Strict):
    """What a line is for some: `amounts`, or the official `page` where it is to be confirmed, or
    neither when there is nothing to pay.

    `label` says it more precisely than the line's own. With `ask_institution`, the page is the
    one of the person's institution, when we know which it is.
    """

    when: Circumstances | None = None
    label: Sentence | None = None
    amounts: list[Amount] = []
    page: Identifier | None = None
    ask_institution: bool = False
    note: Sentence | None = None
    topic: str | None = None
    sources: list[Identifier] = []

    @model_validator(mode="after")
    def _has_one_outcome(self) -> "Case":
        if self.amounts and self.page:
            raise ValueError("a case has `amounts` or a `page` where they are to be confirmed")
        if not self.page and self.ask_institution:
            raise ValueError("`ask_institution` needs a `page` for who has no institution yet")
        return self


class PlannedLine(_Strict):
    """One thing to pay; `once` when it is paid in the first year only."""

    label: Sentence
    group: Group
    once: bool = False
    topic: str
    cases: list[Case] = Field(min_length=1)

    @model_validator(mode="after")
    def _ends_for_everybody(self) -> "PlannedLine":
        *earlier, last = self.cases
        if last.when is not None:
            raise ValueError("the last case must be for everybody: no `when`")
        if any(case.when is None for case in earlier):
            raise ValueError("only the last case may be for everybody: the ones after are dead")
        return self


class BudgetPlan(_Strict):
    """`budget.yml`. `euro` is the figure that says what one euro is worth in dollars.

    `to_prove` is what must be shown to have: no expense, so never one of the `lines`.
    """

    review_by: date
    euro: Identifier
    not_counted: list[Sentence]
    to_prove: PlannedLine
    lines: dict[Identifier, PlannedLine]
