"""What is wrong in the plan across files: what it names and nobody knows, dates it cannot count."""

from collections.abc import Collection, Iterator

from knowledge.files import Contents, Problem
from knowledge.library import QUOTED
from knowledge.plan_dates import day_in, length
from knowledge.plan_schema import Due, Fits, Saying, Sessions, Step

_STEPS = "plan/steps.yml"
_SESSIONS = "plan/sessions.yml"


def plan_problems(contents: Contents, months: list[str]) -> Iterator[Problem]:
    for name, step in contents.steps.items():
        for sentence in (*_unknown(step, contents), *_undatable(step, contents, months)):
            yield Problem(f"{_STEPS}: {name}", sentence)
    for name, sessions in contents.sessions.items():
        for sentence in _unknown_of_sessions(sessions, contents):
            yield Problem(f"{_SESSIONS}: {name}", sentence)
    if contents.sessions and [*contents.sessions.values()][-1].when is not None:
        yield Problem(_SESSIONS, "the last entry must be for everybody: no `when`")


def plan_texts(contents: Contents) -> Iterator[tuple[str, str]]:
    """Every sentence of the plan that a person reads, after the path of its step."""
    for name, step in contents.steps.items():
        for saying in step.says:
            for text in (step.title, saying.what, saying.where.label, saying.how_long):
                if text:
                    yield f"{_STEPS}: {name}", text


def plan_figures(contents: Contents) -> Iterator[str]:
    """The figures that the plan quotes, charges or counts with."""
    for step in contents.steps.values():
        for saying in step.says:
            yield from _quoted(saying)
        for due in step.due:
            yield from _counted(due)


def _quoted(saying: Saying) -> list[str]:
    return [*QUOTED.findall(f"{saying.what} {saying.how_long or ''}"), *saying.cost]


def _counted(due: Due) -> list[str]:
    deadlines = [figure for figures in due.deadlines.values() for figure in figures]
    return [*deadlines, *due.opens, *due.before, *due.least]


def _unknown(step: Step, contents: Contents) -> Iterator[str]:
    for saying in step.says:
        yield from _not_in("source", [saying.where.source, *saying.sources], contents.sources)
        yield from _not_in("figure", _quoted(saying), contents.figures)
        yield from _not_in("topic", [saying.topic], contents.topics)
        yield from _unknown_institutions(saying.when, contents)
    for due in step.due:
        yield from _not_in("figure", _counted(due), contents.figures)
        yield from _unknown_institutions(due.when, contents)
    for fits in (step.when, step.unless):
        yield from _unknown_institutions(fits, contents)


def _unknown_of_sessions(sessions: Sessions, contents: Contents) -> Iterator[str]:
    yield from _not_in("source", sessions.sources, contents.sources)
    yield from _unknown_institutions(sessions.when, contents)


def _unknown_institutions(fits: Fits | None, contents: Contents) -> Iterator[str]:
    return _not_in("institution", fits.institution if fits else [], contents.institutions)


def _not_in(what: str, names: Collection[str], known: Collection[str]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        if name not in known:
            yield f"unknown {what} '{name}'"


def _undatable(step: Step, contents: Contents, months: list[str]) -> Iterator[str]:
    """A deadline must name one day, a delay be of days, weeks or months, or no date comes of it."""
    for due in step.due:
        for name in (*due.opens, *due.before, *due.least):
            figure = contents.figures.get(name)
            if figure and any(length(figure, value) is None for value in figure.values):
                yield f"the figure '{name}' is not a length of time"
        for names in due.deadlines.values():
            for name in names:
                figure = contents.figures.get(name)
                amounts = [str(value.amount) for value in figure.values] if figure else []
                if any(day_in(amount, months) is None for amount in amounts):
                    yield f"the figure '{name}' does not name one day"
