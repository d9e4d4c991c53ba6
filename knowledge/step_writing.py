"""Writes a step of a plan: its figures filled in for the day, its costs, sources and doubts."""

from collections.abc import Iterable
from datetime import date

from knowledge.drafting import Drafted
from knowledge.library import QUOTED, Cited, Library
from knowledge.plan_schema import Saying, Where
from knowledge.plan_wording import PlanWording, say_when
from knowledge.projects import Dates, Delay, Link, PlannedStep, State


class StepWriting:
    """Says steps on one day."""

    def __init__(self, library: Library, on: date) -> None:
        self._library = library
        self._on = on

    def step(self, drafted: Drafted, state: State) -> PlannedStep:
        saying, dates = drafted.saying, drafted.dates
        when = dates or Dates()
        figures = tuple(dict.fromkeys((*_quoted(saying), *saying.cost, *when.figures)))
        where = self._link(saying.where)
        return PlannedStep(
            id=drafted.id,
            title=drafted.title,
            what=self._filled(saying.what),
            where=where,
            cost=self._cost(saying),
            how_long=self._filled(saying.how_long) if saying.how_long else None,
            topic=saying.topic,
            sources=self._sources(saying, figures),
            figures=figures,
            cautions=self.cautions(figures, [saying.topic]),
            opens=when.opens,
            due=when.due,
            until=when.until(self._on),
            limit=when.limit,
            to_confirm=dates is not None and dates.due is None,
            when=say_when(dates, where, self._on) if dates else None,
            state=state,
        )

    def cautions(self, figures: Iterable[str], topics: Iterable[str]) -> tuple[str, ...]:
        """The doubts there are about figures, and whether a topic is past its review."""
        values = {figure: self._library.value(figure, self._on) for figure in figures}
        stale = any(self._library.topics[topic].review_by < self._on for topic in topics)
        doubts = self._library.cautions(values)
        return (*doubts, self._library.wording.stale) if stale else tuple(doubts)

    def delays(self, figures: Iterable[str]) -> tuple[Delay, ...]:
        return tuple(
            Delay(self._labelled(name), self._library.cite(value.source))
            for name in figures
            if (value := self._library.value(name, self._on)) is not None
        )

    def _filled(self, text: str) -> str:
        return QUOTED.sub(lambda found: self._library.quote(found[1], self._on), text)

    def _cost(self, saying: Saying) -> str | None:
        items = [self._labelled(figure) for figure in saying.cost]
        return self._library.wording.joining["clause"].join(items) or None

    def _labelled(self, figure: str) -> str:
        """« 134 $ (2026), frais du CAQ »."""
        return PlanWording.load().labelled.format(
            value=self._library.quote(figure, self._on),
            label=_small(self._library.figures[figure].label),
        )

    def _sources(self, saying: Saying, figures: Iterable[str]) -> tuple[Cited, ...]:
        """Those of the figures first, as for a topic."""
        values = [self._library.value(figure, self._on) for figure in figures]
        of_figures = [value.source for value in values if value is not None]
        names = dict.fromkeys((*of_figures, *saying.sources))
        return tuple(self._library.cite(name) for name in names)

    def _link(self, where: Where) -> Link:
        return Link(where.label, str(self._library.sources[where.source].url))


def _quoted(saying: Saying) -> list[str]:
    return QUOTED.findall(f"{saying.what} {saying.how_long or ''}")


def _small(label: str) -> str:
    """A label inside a sentence, unless it begins with an abbreviation."""
    first = label.split()[0]
    return label if first.isupper() and len(first) > 1 else label[0].lower() + label[1:]
