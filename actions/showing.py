"""The plan, the list of who is admitted, the budget: shown in one message, its cards beside it."""

from collections.abc import Iterator
from typing import Any
from zlib import crc32

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.cards import as_sources, labels, of_budget, of_proof, of_step
from actions.choices import term_button
from actions.project import (
    eighteen_of,
    label_of,
    project_of,
    situation_of,
    slot_of,
    unknown,
)
from actions.saying import Button, Domain, Events, buttons_of, today, words_of
from knowledge import at_hand
from knowledge.at_hand import library
from knowledge.budget import Budget
from knowledge.budget_words import said_lines, said_proof, say_summary
from knowledge.plan_wording import PlanWording
from knowledge.planning import Obstacle, Plan, say_outline
from knowledge.schema import Age

PLAN, JOURNEY, BUDGET = "plan", "journey", "budget"
Lines = dict[str, str]
"""What was shown, line by line: its title, and what would be seen to change."""


def show_again(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
    """What was shown last, as it is with what is known now."""
    show = {PLAN: show_plan, JOURNEY: show_journey, BUDGET: show_budget}
    return show[tracker.get_slot("shown")](dispatcher, tracker, domain)


def lines_now(tracker: Tracker) -> Lines:
    """Those of what was shown last, as it is with what is known now."""
    match tracker.get_slot("shown"):
        case "plan":
            return _lines_of(at_hand.planner().plan(project_of(tracker, today()), today()))
        case "journey":
            return _lines_of(at_hand.planner().journey(project_of(tracker, today()), today()))
        case _:
            budget = at_hand.budgeting().budget(situation_of(tracker, today()), today())
            return _lines_of_budget(budget)


def show_plan(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
    plan = at_hand.planner().plan(project_of(tracker, today()), today())
    if plan.is_given_up:
        dispatcher.utter_message(
            text=say_outline(plan),
            buttons=buttons_instead(plan, domain),
            json_message={"sources": sources_of_delays(plan)},
        )
        return _shown(PLAN, {})
    words = labels(domain)
    dispatcher.utter_message(
        text="\n\n".join([say_outline(plan), *_remarks(plan, tracker, domain)]),
        buttons=_after(plan, tracker, domain),
        json_message={
            "cards": [of_step(step, words) for step in plan.steps],
            "sources": sources_of_delays(plan),
        },
    )
    return _shown(PLAN, _lines_of(plan))


def show_journey(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
    plan = at_hand.planner().journey(project_of(tracker, today()), today())
    words = labels(domain)
    dispatcher.utter_message(
        text="\n\n".join([say_outline(plan), *_remarks(plan, tracker, domain)]),
        buttons=buttons_of("utter_after_journey", domain),
        json_message={
            "cards": [of_step(one, words, checklist="arrival") for one in plan.steps],
            "sources": sources_of_delays(plan),
        },
    )
    return _shown(JOURNEY, _lines_of(plan))


def _shown(what: str, lines: Lines) -> Events:
    shown = {"shown": what, "shown_lines": lines, "last_topic": None, "misunderstood": 0}
    return [SlotSet(slot, value) for slot, value in shown.items()]


def _lines_of(plan: Plan) -> Lines:
    if plan.is_given_up:
        return {}
    seen = ((step.title, (step.what, step.when, step.cost)) for step in plan.steps)
    return {title: f"{crc32(repr(words).encode()):x}" for title, words in seen}


def _lines_of_budget(budget: Budget) -> Lines:
    proof = said_proof(budget)
    return {**dict(said_lines(budget)), **({proof[0]: proof[1]} if proof else {})}


def sources_of_delays(plan: Plan) -> list[dict[str, Any]]:
    """The pages of the delays that an obstacle is said with."""
    if plan.obstacle is not Obstacle.short:
        return []
    return as_sources(dict.fromkeys(delay.source for delay in plan.delays))


def buttons_instead(plan: Plan, domain: Domain) -> list[Button]:
    """The next session one can aim at, and a person."""
    own = [term_button(plan.instead)] if plan.instead else []
    return [*own, *buttons_of("utter_after_obstacle", domain)]


def _after(plan: Plan, tracker: Tracker, domain: Domain) -> list[Button]:
    admitted = buttons_of("utter_own_journey", domain) if plan.project.admitted else []
    complete = buttons_of("utter_complete_plan", domain) if unknown(tracker) else []
    return [*admitted, *complete, *buttons_of("utter_after_plan", domain)]


def _remarks(plan: Plan, tracker: Tracker, domain: Domain) -> Iterator[str]:
    """What would change the plan, what is doubtful in it, and what it is not."""
    if plan.start and plan.project.age and (about_age := _about_age(plan, tracker)):
        yield words_of(about_age, domain).format(eighteen=tracker.get_slot("eighteen"))
    if plan.missing:
        parts = ", ".join(label_of(slot_of(part), domain) for part in plan.missing)
        yield words_of("utter_would_change", domain).format(parts=parts)
    yield from plan.cautions
    yield PlanWording.load().note.format(day=library().wording.day(plan.on))


def _about_age(plan: Plan, tracker: Tracker) -> str | None:
    """The age on arrival counts: said of whoever is a minor, or was when they told their age."""
    assert plan.start is not None
    if plan.project.age is Age.adult:
        return "utter_of_age_then" if heard.profile(tracker).age is Age.minor else None
    eighteen = eighteen_of(tracker)
    is_sure = eighteen is not None and eighteen.on(plan.start.day) is Age.minor
    return None if is_sure else "utter_of_age_perhaps"


def show_budget(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
    budget = at_hand.budgeting().budget(situation_of(tracker, today()), today())
    words = labels(domain)
    complete = buttons_of("utter_complete_budget", domain) if unknown(tracker) else []
    dispatcher.utter_message(
        text=say_summary(budget),
        buttons=[*complete, *buttons_of("utter_after_budget", domain)],
        json_message={"cards": [of_budget(budget, words), *of_proof(budget, words)]},
    )
    return _shown(BUDGET, _lines_of_budget(budget))
