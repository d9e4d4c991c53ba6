"""The plan, the list of who is admitted, the budget: shown in one message, its cards beside it."""

from collections.abc import Iterator

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.cards import labels, of_budget, of_proof, of_step
from actions.choices import term_button
from actions.project import label_of, project_of, situation_of, slot_of, unknown
from actions.saying import Button, Domain, Events, buttons_of, today, words_of
from knowledge import at_hand
from knowledge.at_hand import library
from knowledge.budget_words import say_summary
from knowledge.plan_wording import PlanWording
from knowledge.planning import Plan, say_outline

PLAN, JOURNEY, BUDGET = "plan", "journey", "budget"


def show_again(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
    """What was shown last, as it is with what is known now."""
    show = {PLAN: show_plan, JOURNEY: show_journey, BUDGET: show_budget}
    return show[tracker.get_slot("shown")](dispatcher, tracker, domain)


def show_plan(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
    plan = at_hand.planner().plan(project_of(tracker, today()), today())
    if plan.obstacle:
        dispatcher.utter_message(text=say_outline(plan), buttons=_instead(plan, domain))
        return _shown(PLAN)
    words = labels(domain)
    dispatcher.utter_message(
        text="\n\n".join([say_outline(plan), *_remarks(plan, domain)]),
        buttons=_after(plan, tracker, domain),
        json_message={"cards": [of_step(step, words) for step in plan.steps]},
    )
    return _shown(PLAN)


def show_journey(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
    plan = at_hand.planner().journey(project_of(tracker, today()), today())
    words = labels(domain)
    dispatcher.utter_message(
        text="\n\n".join([say_outline(plan), *_remarks(plan, domain)]),
        buttons=buttons_of("utter_after_journey", domain),
        json_message={"cards": [of_step(one, words, checklist="arrival") for one in plan.steps]},
    )
    return _shown(JOURNEY)


def _shown(what: str) -> Events:
    return [SlotSet("shown", what), SlotSet("last_topic", None), SlotSet("misunderstood", 0)]


def _instead(plan: Plan, domain: Domain) -> list[Button]:
    own = [term_button(plan.instead)] if plan.instead else []
    return [*own, *buttons_of("utter_after_obstacle", domain)]


def _after(plan: Plan, tracker: Tracker, domain: Domain) -> list[Button]:
    admitted = buttons_of("utter_own_journey", domain) if plan.project.admitted else []
    complete = buttons_of("utter_complete_plan", domain) if unknown(tracker) else []
    return [*admitted, *complete, *buttons_of("utter_after_plan", domain)]


def _remarks(plan: Plan, domain: Domain) -> Iterator[str]:
    """What would change the plan, what is doubtful in it, and what it is not."""
    if plan.missing:
        parts = ", ".join(label_of(slot_of(part), domain) for part in plan.missing)
        yield words_of("utter_would_change", domain).format(parts=parts)
    yield from plan.cautions
    yield PlanWording.load().note.format(day=library().wording.day(plan.on))


def show_budget(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
    budget = at_hand.budgeting().budget(situation_of(tracker), today())
    words = labels(domain)
    complete = buttons_of("utter_complete_budget", domain) if unknown(tracker) else []
    dispatcher.utter_message(
        text=say_summary(budget),
        buttons=[*complete, *buttons_of("utter_after_budget", domain)],
        json_message={"cards": [of_budget(budget, words), *of_proof(budget, words)]},
    )
    return _shown(BUDGET)
