"""Which steps a project has, what is told of each, and when they are to be done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from knowledge.library import Library
from knowledge.plan_conditions import Facts, excludes, facts_of, matches
from knowledge.plan_dates import Calendar
from knowledge.plan_schema import Due, Fits, Saying, Sessions, Step
from knowledge.plan_wording import PlanWording
from knowledge.projects import Checklist, Dates, Link, Obstacle, Project, Start
from knowledge.terms import Term


class _Conditional(Protocol):
    @property
    def when(self) -> Fits | None: ...


_Entry = TypeVar("_Entry", bound=_Conditional)


@dataclass(frozen=True)
class Drafted:
    """A step not written yet; `dates` is None when it has no date of its own."""

    id: str
    title: str
    saying: Saying
    dates: Dates | None


class Drafting:
    def __init__(self, library: Library) -> None:
        self._library = library

    def steps(self, project: Project, on: date, checklist: Checklist) -> tuple[Drafted, ...]:
        if checklist == "arrival" and self.obstacle(project, on) is Obstacle.begun:
            # The person is there: what was to be done before is not late, it is over.
            project = replace(project, start=None)
        facts, start = facts_of(project, self._library), self.start(project)
        kept = [(name, step) for name, step in self._library.steps.items()
                if checklist in step.lists and matches(step.when, facts)
                and not excludes(step.unless, facts)]  # fmt: skip
        dates = _in_order([self._dates(step, facts, start, on) for _, step in kept])
        return tuple(
            Drafted(name, step.title, _first(step.says, facts), when)
            for (name, step), when in zip(kept, dates, strict=True)
        )

    def start(self, project: Project) -> Start | None:
        """When the project's session starts, if it has one and a page says when."""
        term, sessions = project.start, self._sessions(project)
        if term is None or term.season not in sessions.starts:
            return None
        opening = sessions.starts[term.season]
        said = PlanWording.load().start.format(said=opening.said, year=term.year)
        return Start(term, opening.in_year(term.year), said, self._site(project))

    def obstacle(self, project: Project, on: date) -> Obstacle | None:
        if project.start is None:
            return None
        start = self.start(project)
        if _has_begun(project.start, start, on):
            return Obstacle.begun
        if start is None:
            return None
        if self._is_closed(project, start, on):
            return Obstacle.closed
        return Obstacle.short if self._is_short(project, start, on) else None

    def least(self, project: Project) -> tuple[str, ...]:
        """The figures of the shortest delays known of the papers."""
        return tuple(name for due in self._dues(project) for name in due.least)

    def instead(self, project: Project, on: date) -> Term:
        """The first session after the project's own that one usually begins in, and still can."""
        assert project.start is not None
        entries = self._sessions(project).entries
        return next(
            term
            for term in _following(project.start)
            if term.season in entries and not self.obstacle(replace(project, start=term), on)
        )

    def _sessions(self, project: Project) -> Sessions:
        return _first(self._library.sessions.values(), facts_of(project, self._library))

    def _site(self, project: Project) -> Link | None:
        institution = self._library.institutions.get(project.institution or "")
        return Link(institution.name, str(institution.links[0].url)) if institution else None

    def _dates(self, step: Step, facts: Facts, start: Start | None, on: date) -> Dates | None:
        if not step.due or facts["start"] is None:
            return None
        due = _first(step.due, facts)
        return Calendar(self._library, on).dates(due, start) if start else Dates()

    def _is_closed(self, project: Project, start: Start, on: date) -> bool:
        if project.admitted:
            return False
        calendar = Calendar(self._library, on)
        last = [calendar.closes(due, start) for due in self._dues(project)]
        return any(day < on for day in last if day)

    def _is_short(self, project: Project, start: Start, on: date) -> bool:
        calendar = Calendar(self._library, on)
        latest = [calendar.latest(due, start) for due in self._dues(project)]
        return any(day < on for day in latest if day)

    def _dues(self, project: Project) -> list[Due]:
        """How the steps of this project are dated."""
        facts = facts_of(project, self._library)
        return [
            _first(step.due, facts)
            for step in self._library.steps.values()
            if step.due and matches(step.when, facts) and not excludes(step.unless, facts)
        ]


def _first(entries: Iterable[_Entry], facts: Facts) -> _Entry:
    """The first one whose `when` fits; the last is for everybody."""
    return next(entry for entry in entries if matches(entry.when, facts))


def _has_begun(term: Term, start: Start | None, on: date) -> bool:
    if start is None:
        return (term.year, term.month) < (on.year, on.month)
    return start.day <= on


def _in_order(dates: list[Dates | None]) -> list[Dates | None]:
    """A step is aimed at no later than those that wait for it: the admission, before it is time
    for what waits for its letter."""
    ordered: list[Dates | None] = []
    latest: date | None = None
    for when in reversed(dates):
        if when is not None and when.due is not None:
            latest = when.due if latest is None else min(when.due, latest)
            when = replace(when, due=latest)
            if when.waits and when.opens:
                latest = min(when.opens, latest)
        ordered.insert(0, when)
    return ordered


def _following(term: Term) -> Iterator[Term]:
    while True:
        term = term.next_term
        yield term
