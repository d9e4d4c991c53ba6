"""A person's plan: the steps of their study project, in order, dated back from their session.

Nothing here judges a case or chooses for anybody: a step is what the public pages tell everyone
whose project is alike, and a date that no figure supports is not given.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from knowledge.drafting import Drafting
from knowledge.library import Library
from knowledge.plan_schema import Season
from knowledge.plan_wording import say_outline, say_plan
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
        self._drafting = Drafting(library)

    def plan(self, project: Project, on: date) -> Plan:
        """The whole project, from the choice of a programme to the first week."""
        return self._made(project, on, "plan")

    def journey(self, project: Project, on: date) -> Plan:
        """What is left to somebody admitted, until the first week; each step ticked by its id."""
        return self._made(replace(project, admitted=True), on, "arrival")

    def start(self, project: Project) -> Start | None:
        """When the project's session starts, if it has one and a page says when."""
        return self._drafting.start(project)

    def is_open(self, project: Project, term: Term, on: date) -> bool:
        """Whether one can still aim at that session."""
        return self._drafting.obstacle(replace(project, start=term), on) is None

    def _made(self, project: Project, on: date, checklist: Checklist) -> Plan:
        draft = self._drafting.steps(project, on, checklist)
        writing = StepWriting(self._library, on)
        states = _states([drafted.dates for drafted in draft], on)
        steps = tuple(map(writing.step, draft, states))
        figures = dict.fromkeys(figure for step in steps for figure in step.figures)
        obstacle = self._drafting.obstacle(project, on)
        if checklist == "arrival" and obstacle is Obstacle.begun:
            obstacle = None  # they are there
        return Plan(
            project=project,
            on=on,
            checklist=checklist,
            start=self.start(project),
            steps=steps,
            cautions=writing.cautions(figures, [step.topic for step in steps]),
            missing=tuple(self._missing(project, on, checklist)),
            obstacle=obstacle,
            instead=self._drafting.instead(project, on) if obstacle else None,
            delays=writing.delays(self._drafting.least(project)),
        )

    def _missing(self, project: Project, on: date, checklist: Checklist) -> Iterator[str]:
        draft = self._drafting.steps(project, on, checklist)
        for part in _ASKED:
            if getattr(project, part) is not None:
                continue
            answers = self._answers(part, project, on)
            supposed = (replace(project, **{part: answer}) for answer in answers)
            if any(self._drafting.steps(one, on, checklist) != draft for one in supposed):
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
    if dates.until(on) is None:
        return State.late
    return State.now if min(dates.opens or dates.due, dates.due - SOON) <= on else State.upcoming
