"""What a year costs one person, from the lines of `budget.yml` and the figures of the day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from knowledge.budget import Budget, Line, Page, Rate, Situation, Total, Unknown
from knowledge.budget_schema import Amount, BudgetPlan, Case, Household, Housing, Kind, PlannedLine
from knowledge.library import QUOTED, Library
from knowledge.schema import Age, Certainty, Citizenship, Level, Value

# A price of longer ago than this is surely higher now.
_OLD = timedelta(days=4 * 365)
_LEAST_CERTAIN_LAST = (Certainty.official, Certainty.indicative, Certainty.to_confirm)


@dataclass(frozen=True)
class _Known:
    """A situation with what follows from it: the names are those of `Circumstances`."""

    citizenship: Citizenship | None
    level: Level | None
    kind: Kind | None
    institution: str | None
    housing: Housing
    household: Household
    age: Age | None


class Budgeting:
    def __init__(self, library: Library) -> None:
        """Raises ValueError if the library has no `budget.yml`."""
        if library.budget is None:
            raise ValueError("there is no budget.yml")
        self._library = library
        self._plan: BudgetPlan = library.budget

    def budget(self, situation: Situation, on: date) -> Budget:
        """What a year costs this person with the figures in force that day. Never raises."""
        made = self._made(situation, on)
        return replace(made, missing=tuple(self._missing(situation, made, on)))

    def _made(self, situation: Situation, on: date) -> Budget:
        known = self._known(situation)
        entries = [self._entry(name, line, known, on) for name, line in self._plan.lines.items()]
        lines = tuple(entry for entry in entries if isinstance(entry, Line))
        rate = self._rate(on)
        institution = self._library.institutions.get(known.institution or "")
        return Budget(
            situation=situation,
            institution=institution.name if institution else None,
            lines=lines,
            unknown=tuple(entry for entry in entries if isinstance(entry, Unknown)),
            total=_sum(lines, rate),
            each_year=_sum([line for line in lines if not line.once], rate),
            once=_sum([line for line in lines if line.once], rate),
            to_prove=self._entry("to_prove", self._plan.to_prove, known, on),
            not_counted=tuple(self._plan.not_counted),
            stale=self._plan.review_by < on,
        )

    def _missing(self, situation: Situation, made: Budget, on: date) -> Iterator[str]:
        """What is not known and would change something: tried, so that nothing is asked in vain."""
        known = self._known(situation)
        replies: dict[str, Iterable[Any]] = {
            "citizenship": () if known.citizenship else Citizenship,
            "level": () if known.level else Level,
            "housing": () if situation.housing else Housing,
            "institution": () if known.institution else self._library.institutions,
            "age": () if known.age else Age,
        }
        for part, values in replies.items():
            tried = (self._made(replace(situation, **{part: value}), on) for value in values)
            if any(_gist(other) != _gist(made) for other in tried):
                yield part

    def _known(self, situation: Situation) -> _Known:
        institution, level = situation.institution, situation.level
        taught = self._taught(institution)
        if not taught or (level and level not in taught):
            institution, taught = None, frozenset()
        if level is None and len(taught) == 1:
            [level] = taught
        return _Known(
            citizenship=situation.citizenship,
            level=level,
            kind=self._kind(institution, level),
            institution=institution,
            housing=situation.housing or Housing.undecided,
            household=situation.household,
            age=situation.age,
        )

    def _taught(self, institution: str | None) -> frozenset[Level]:
        """The levels of the programmes we know; none for what is no institution of ours."""
        offer = self._library.offers.get(institution or "")
        if institution not in self._library.institutions or offer is None:
            return frozenset()
        return frozenset(programme.level for programme in offer.programmes)

    def _kind(self, institution: str | None, level: Level | None) -> Kind | None:
        """Without an institution, the kind that most at this level go to: the public one."""
        if institution is not None:
            return Kind(self._library.institutions[institution].kind)
        if level is None:
            return None
        return Kind.public_cegep if level is Level.cegep else Kind.university

    def _entry(
        self, name: str, line: PlannedLine, known: _Known, on: date
    ) -> Line | Unknown | None:
        case = next(case for case in line.cases if _fits(case, known))
        values = [self._numeric(amount, on) for amount in case.amounts]
        in_force = [value for value in values if value is not None]
        if case.amounts and len(in_force) == len(values):
            return self._line(name, line, case, in_force, known, on)
        page = self._page(case, known)
        if page is None:
            return None
        return Unknown(
            id=name,
            label=case.label or line.label,
            group=line.group,
            once=line.once,
            page=page,
            topic=case.topic or line.topic,
            note=self._note(case, on),
        )

    def _line(
        self,
        name: str,
        line: PlannedLine,
        case: Case,
        values: list[Value],
        known: _Known,
        on: date,
    ) -> Line:
        ends = [(_ends(value), paid) for value, paid in zip(values, case.amounts, strict=True)]
        travellers = known.household.travellers
        each = travellers if any(paid.each for paid in case.amounts) else 1
        cited = [*(value.source for value in values), *case.sources]
        return Line(
            id=name,
            label=case.label or line.label,
            group=line.group,
            once=line.once,
            low=round(each * sum(low * paid.fewest for (low, _), paid in ends), 2),
            high=round(each * sum(high * paid.most for (_, high), paid in ends), 2),
            at_least=any(paid.at_least for paid in case.amounts),
            certainty=max((value.certainty for value in values), key=_LEAST_CERTAIN_LAST.index),
            year=", ".join(dict.fromkeys(value.year for value in values)),
            figures=tuple(paid.figure for paid in case.amounts),
            sources=tuple(self._library.cite(source) for source in dict.fromkeys(cited)),
            topic=case.topic or line.topic,
            note=self._note(case, on),
            old=any(on - value.start > _OLD for value in values),
            shared=each > 1,
        )

    def _numeric(self, amount: Amount, on: date) -> Value | None:
        value = self._library.value(amount.figure, on)
        return None if value is None or isinstance(value.amount, str) else value

    def _page(self, case: Case, known: _Known) -> Page | None:
        """Where an amount is to be confirmed: the page of the case or, for a figure that is not
        in force on that day, the page its value comes from. None when there is nothing to pay."""
        if case.ask_institution and known.institution is not None:
            card = self._library.institutions[known.institution]
            return Page(card.name, str(card.links[0].url))
        name = case.page
        if case.amounts:
            name = self._library.figures[case.amounts[0].figure].values[0].source
        if name is None:
            return None
        cited = self._library.cite(name)
        return Page(cited.title, cited.url)

    def _note(self, case: Case, on: date) -> str | None:
        if case.note is None:
            return None
        return QUOTED.sub(lambda found: self._library.quote(found[1], on), case.note)

    def _rate(self, on: date) -> Rate | None:
        value = self._library.value(self._plan.euro, on)
        if value is None or not isinstance(value.amount, float) or value.amount <= 0:
            return None
        cited = self._library.cite(value.source)
        return Rate(value.amount, value.year, value.certainty, cited)


def _fits(case: Case, known: _Known) -> bool:
    """What is not known meets no condition."""
    if case.when is None:
        return True
    return all(getattr(known, part) in wanted for part, wanted in case.when if wanted)


def _ends(value: Value) -> tuple[float, float]:
    if isinstance(value.amount, list):
        low, high = value.amount
        return low, high
    return float(value.amount), float(value.amount)


def _sum(lines: Sequence[Line], rate: Rate | None) -> Total:
    return Total(
        low=round(sum(line.low for line in lines), 2),
        high=round(sum(line.high for line in lines), 2),
        at_least=any(line.at_least for line in lines),
        rate=rate,
    )


def _gist(budget: Budget) -> object:
    """What a person would see change."""
    proof = budget.to_prove
    return (
        [(line.id, line.low, line.high, line.at_least) for line in budget.lines],
        [(entry.id, entry.label, entry.note, entry.page) for entry in budget.unknown],
        (proof.low, proof.high) if isinstance(proof, Line) else proof,
    )
