"""A person's plan: the steps of their study project, in order, dated back from their session.

Nothing here judges a case or chooses for anybody: a step is what the public pages tell everyone
whose project is alike, and a date that no figure supports is not given.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from knowledge.library import Library
from knowledge.plan_conditions import excludes, facts_of, matches
from knowledge.plan_dates import Calendar
from knowledge.plan_schema import Due, Season, Sessions, Step
from knowledge.plan_wording import PlanWording, say_outline, say_plan
from knowledge.projects import (
    Checklist,
    Dates,
    Deadline,
    Link,
    Obstacle,
    Plan,
    PlannedStep,
    Project,
    Start,
    State,
)
from knowledge.schema import Age, Citizenship, Level
from knowledge.step_writing import StepWriting
from knowledge.terms import Term

__all__ = [
    "Deadline",
    "Link",
    "Obstacle",
    "Plan",
    "PlannedStep",
    "Planner",
    "Project",
    "Start",
    "State",
    "Term",
    "say_outline",
    "say_plan",
]

# What is asked first changes the most of the plan.
_ASKED = ("citizenship", "level", "start", "admitted", "institution", "age", "diploma")
SOON = timedelta(days=30)
"""A step due this soon is to be done now."""


class Planner:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._wording = PlanWording.load()

    def plan(self, project: Project, on: date) -> Plan:
        """The whole project, from the choice of a programme to the first week."""
        return self._made(project, on, "plan")

    def journey(self, project: Project, on: date) -> Plan:
        """What is left to somebody admitted, until the first week; each step ticked by its id."""
        return self._made(replace(project, admitted=True), on, "arrival")

    def start(self, project: Project) -> Start | None:
        """When the project's session starts, if it has one and a page says when."""
        term = project.start
        sessions = self._sessions(project)
        if term is None or term.season not in sessions.starts:
            return None
        opening = sessions.starts[term.season]
        said = self._wording.start.format(said=opening.said, year=term.year)
        return Start(term, opening.in_year(term.year), said, self._site(project))

    def is_open(self, project: Project, term: Term, on: date) -> bool:
        """Whether one can still aim at that session."""
        return self._obstacle(replace(project, start=term), on) is None

    def _site(self, project: Project) -> Link | None:
        institution = self._library.institutions.get(project.institution or "")
        return Link(institution.name, str(institution.links[0].url)) if institution else None

    def _made(self, project: Project, on: date, checklist: Checklist) -> Plan:
        steps = self._steps(project, on, checklist)
        obstacle = self._obstacle(project, on) if checklist == "plan" else None
        figures = tuple(dict.fromkeys(figure for step in steps for figure in step.figures))
        return Plan(
            project=project,
            on=on,
            checklist=checklist,
            start=self.start(project),
            steps=steps,
            cautions=StepWriting(self._library, on).cautions(figures, [one.topic for one in steps]),
            missing=tuple(self._missing(project, on, checklist, steps)),
            obstacle=obstacle,
            instead=self._instead(project, on) if obstacle else None,
        )

    def _steps(self, project: Project, on: date, checklist: Checklist) -> tuple[PlannedStep, ...]:
        if checklist == "arrival" and self._obstacle(project, on):
            # The person is there: what was to be done before is not late, it is over.
            project = replace(project, start=None)
        facts = facts_of(project, self._library)
        kept = [(name, step) for name, step in self._library.steps.items()
                if checklist in step.lists and matches(step.when, facts)
                and not excludes(step.unless, facts)]  # fmt: skip
        dates = _in_order([self._dates(step, project, on) for _, step in kept])
        states = _states(dates, on)
        writing, start = StepWriting(self._library, on), self.start(project)
        return tuple(
            writing.step(name, step, project, start=start, dates=when, state=state)
            for (name, step), when, state in zip(kept, dates, states, strict=True)
        )

    def _dates(self, step: Step, project: Project, on: date) -> Dates | None:
        """None for a step that has no date of its own."""
        due = self._due(step, project)
        if due is None:
            return None
        start = self.start(project)
        calendar = Calendar(self._library, on)
        return calendar.dates(due, start.term.season, start.day) if start else Dates()

    def _due(self, step: Step, project: Project) -> Due | None:
        facts = facts_of(project, self._library)
        return next((due for due in step.due if matches(due.when, facts)), None)

    def _sessions(self, project: Project) -> Sessions:
        facts = facts_of(project, self._library)
        return next(one for one in self._library.sessions.values() if matches(one.when, facts))

    def _obstacle(self, project: Project, on: date) -> Obstacle | None:
        if project.start is None:
            return None
        if self._has_begun(project, project.start, on):
            return Obstacle.begun
        return Obstacle.closed if self._is_closed(project, on) else None

    def _has_begun(self, project: Project, term: Term, on: date) -> bool:
        start = self.start(project)
        if start is None:
            return (term.year, term.month) < (on.year, on.month)
        return start.day <= on

    def _is_closed(self, project: Project, on: date) -> bool:
        start = self.start(project)
        if project.admitted or start is None:
            return False
        calendar = Calendar(self._library, on)
        dues = [self._due(step, project) for step in self._library.steps.values()]
        last = [calendar.closes(due, start.term.season, start.day) for due in dues if due]
        return any(day < on for day in last if day)

    def _instead(self, project: Project, on: date) -> Term:
        """The first session after the project's own that one usually begins in, and still can."""
        assert project.start is not None
        entries = self._sessions(project).entries
        return next(
            term
            for term in _following(project.start)
            if term.season in entries and not self._obstacle(replace(project, start=term), on)
        )

    def _missing(
        self, project: Project, on: date, checklist: Checklist, steps: tuple[PlannedStep, ...]
    ) -> Iterator[str]:
        for part in _ASKED:
            if getattr(project, part) is not None:
                continue
            answers = self._answers(part, project, on)
            supposed = (replace(project, **{part: answer}) for answer in answers)
            if any(self._steps(one, on, checklist) != steps for one in supposed):
                yield part

    def _answers(self, part: str, project: Project, on: date) -> list[Any]:
        """What somebody may reasonably answer when asked for a part."""
        match part:
            case "citizenship":
                return [*Citizenship]
            case "level":
                return [*Level]
            case "age":
                return [] if project.level is Level.graduate else [*Age]
            case "admitted":
                return [True, False]
            case "start":
                return [Term(season, on.year + 1) for season in Season]
            case "institution":
                return [*self._institutions(project)]
            case _:
                return [*self._diplomas()]

    def _institutions(self, project: Project) -> Iterator[str]:
        for name, institution in self._library.institutions.items():
            college = institution.kind != "university"
            if project.level is None or college == (project.level is Level.cegep):
                yield name

    def _diplomas(self) -> Iterator[str]:
        for step in self._library.steps.values():
            for saying in step.says:
                yield from saying.when.diploma if saying.when else ()


def _in_order(dates: list[Dates | None]) -> list[Dates | None]:
    """A step is aimed at no later than those that wait for it."""
    ordered: list[Dates | None] = []
    latest: date | None = None
    for when in reversed(dates):
        if when is not None and when.due is not None:
            latest = when.due if latest is None else min(when.due, latest)
            when = replace(when, due=latest)
        ordered.insert(0, when)
    return ordered


def _states(dates: list[Dates | None], on: date) -> list[State]:
    """A step without a date is to be done before the next one that has one; what comes first is
    always to be done now."""
    states: list[State] = []
    following = State.upcoming
    for when in reversed(dates):
        if when is None or when.due is None:
            states.insert(0, State.upcoming if following is State.upcoming else State.now)
            continue
        following = _state(when, on)
        states.insert(0, following)
    if states and states[0] is State.upcoming:
        states[0] = State.now
    return states


def _state(dates: Dates, on: date) -> State:
    assert dates.due is not None
    if dates.due < on:
        return State.late
    return State.now if min(dates.opens or dates.due, dates.due - SOON) <= on else State.upcoming


def _following(term: Term) -> Iterator[Term]:
    while True:
        term = term.next_term
        yield term
