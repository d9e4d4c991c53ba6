"""How a plan is said in French; the words themselves are in `plan/words.yml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from knowledge.projects import Dates, Deadline, Link, Plan, PlannedStep, State
from knowledge.wording import Wording

_FILE = Path(__file__).with_name("plan") / "words.yml"


@dataclass(frozen=True)
class PlanWording:
    start: str
    labelled: str
    heads: Mapping[str, str]
    starts: str
    starts_at: str
    step: str
    step_marked: str
    marks: Mapping[str, str]
    outline: str
    lines: Mapping[str, str]
    when: Mapping[str, str]
    late: str
    obstacles: Mapping[str, str]
    outlook: Mapping[str, str]
    sources: str
    source: str
    note: str

    @classmethod
    @cache
    def load(cls) -> "PlanWording":
        return cls(**yaml.safe_load(_FILE.read_text("utf-8")))


@cache
def _wording() -> Wording:
    return Wording.load()


def say_plan(plan: Plan) -> str:
    """The whole plan, to be read on a phone or printed; one that is given up, only what else there
    is, since dates that are over help nobody."""
    words = PlanWording.load()
    if plan.is_given_up:
        return say_obstacle(plan)
    paragraphs = [*_heads(plan), *(say_step(step, number) for number, step in _numbered(plan))]
    paragraphs += [words.late] if _late(plan) else []
    paragraphs += [*plan.cautions, _sources(plan), words.note.format(day=_day(plan.on))]
    return "\n\n".join(paragraphs)


def say_outline(plan: Plan) -> str:
    """A line for each step, for a screen where the whole plan would not be read."""
    if plan.is_given_up:
        return say_obstacle(plan)
    lines = [*_heads(plan), *(_outlined(step, number) for number, step in _numbered(plan))]
    lines += [PlanWording.load().late] if _late(plan) else []
    return "\n".join(lines)


def say_obstacle(plan: Plan) -> str:
    """Why the session cannot be aimed at any more, and which one can; empty when it can."""
    if plan.obstacle is None:
        return ""
    words, kind = PlanWording.load(), plan.obstacle.value
    template = words.obstacles[kind if plan.is_given_up else f"{kind}_admitted"]
    delays = _wording().joining["clause"].join(delay.said for delay in plan.delays)
    return template.format(term=plan.project.start, instead=plan.instead, delays=delays)


def say_outlook(plan: Plan) -> str:
    """Whether there is still time for the plan's session, from the dates that are known."""
    words, steps = PlanWording.load(), pressing(plan)
    if plan.obstacle:
        return say_obstacle(plan)
    titles = _wording().joining["comma"].join(step.title for step in steps)
    kind = "late" if _late(plan) else "open" if steps else "undated"
    when = steps[0].when if steps else None
    said = words.outlook[kind].format(term=plan.project.start, titles=titles, when=when)
    return f"{said} {words.late}" if kind == "late" else said


def pressing(plan: Plan) -> list[PlannedStep]:
    """The steps whose day to aim at is over; when there is none, the first that has one."""
    late = [step for step in plan.steps if step.state is State.late]
    return late or [step for step in plan.steps if step.until][:1]


def say_step(step: PlannedStep, number: int) -> str:
    return "\n".join([_titled(step, number), step.what, *_lines(step)])


def say_when(dates: Dates, where: Link, on: date) -> str:
    """When a step is to be done; `where` is the page to confirm a date on that is not known."""
    words = PlanWording.load().when
    if dates.due is None:
        return words["to_confirm"].format(label=where.label)
    if dates.said:
        return words["start"].format(said=dates.said)
    if dates.limit:
        return _limited(dates.due, dates.limit, on)
    opens = dates.opens or dates.due
    return words[_counted(dates, on)].format(opens=_day(opens), due=_day(dates.due))


def _counted(dates: Dates, on: date) -> str:
    """How a date that is counted back from the start is said that day."""
    assert dates.due is not None
    waiting = "_waiting" if dates.waits else ""
    if dates.due < on:
        return f"past{waiting}"
    if dates.opens is None or dates.opens >= dates.due:
        return f"before{waiting}"
    if dates.opens <= on:
        return f"before{waiting or '_now'}"
    return f"window{waiting}"


def _limited(due: date, limit: Deadline, on: date) -> str:
    kind = "deadline"
    if due < limit.day:
        kind = "aimed" if on <= due else "soon"
    if limit.day < on:
        kind = "over"
    elif not limit.sure:
        kind += "_unsure"
    return PlanWording.load().when[kind].format(due=_day(due), limit=_day(limit.day))


def _heads(plan: Plan) -> list[str]:
    """What the plan is for, and what stands in its way."""
    return [_head(plan), *([say_obstacle(plan)] if plan.obstacle else [])]


def _head(plan: Plan) -> str:
    words, start = PlanWording.load(), plan.start
    if plan.project.start is None:
        return words.heads[f"{plan.checklist}_undated"]
    head = words.heads[plan.checklist].format(term=plan.project.start)
    if start is None:
        return head
    site = start.site
    if site is None:
        return f"{head}\n{words.starts.format(said=start.said)}"
    return f"{head}\n{words.starts_at.format(said=start.said, label=site.label, url=site.url)}"


def _numbered(plan: Plan) -> Iterator[tuple[int, PlannedStep]]:
    return enumerate(plan.steps, 1)


def _titled(step: PlannedStep, number: int) -> str:
    words = PlanWording.load()
    mark = words.marks.get(step.state.value)
    template = words.step_marked if mark else words.step
    return template.format(number=number, title=step.title, mark=mark)


def _outlined(step: PlannedStep, number: int) -> str:
    title = _titled(step, number)
    return PlanWording.load().outline.format(step=title, when=step.when) if step.when else title


def _lines(step: PlannedStep) -> Iterator[str]:
    words = PlanWording.load().lines
    if step.when:
        yield words["when"].format(when=step.when)
    if step.how_long:
        yield words["how_long"].format(how_long=step.how_long)
    if step.cost:
        yield words["cost"].format(cost=step.cost)
    yield words["where"].format(label=step.where.label, url=step.where.url)


def _sources(plan: Plan) -> str:
    words = PlanWording.load()
    cited = dict.fromkeys(source for step in plan.steps for source in step.sources)
    lines = [
        words.source.format(
            title=source.title, publisher=source.publisher, as_of=source.as_of, url=source.url
        )
        for source in cited
    ]
    return "\n".join([words.sources, *lines])


def _late(plan: Plan) -> bool:
    """Some day is over, and the obstacle did not say so already."""
    return plan.obstacle is None and any(step.state is State.late for step in plan.steps)


def _day(day: date) -> str:
    return _wording().day(day)
