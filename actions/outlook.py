"""« C'est trop tard ? », « et si c'était janvier 2028 ? »: what is known of one's own dates."""

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.cards import as_sources
from actions.choices import term_button
from actions.project import project_of
from actions.saying import Domain, Events, today
from actions.showing import JOURNEY, PLAN, buttons_instead, sources_of_delays
from knowledge import at_hand
from knowledge.plan_wording import pressing, say_outlook
from knowledge.planning import Plan, Project, Term
from knowledge.told.about_plans import asks_if_late, is_supposing, terms_named

# More words ask something else as well.
_FEW_WORDS = 12


def outlook(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events | None:
    """Whether a session can still be aimed at, and the offer of its plan; None when that is not
    the question, or there is no plan to speak of. The plan itself does not move."""
    if tracker.active_loop.get("name") or heard.is_button(tracker):
        return None
    if tracker.get_slot("shown") not in (PLAN, JOURNEY):
        return None
    if tracker.get_slot("start_term") != heard.before(tracker, "start_term"):
        tracker.slots["start_term"] = heard.before(tracker, "start_term")
    project = project_of(tracker, today())
    if (term := _term_asked(heard.text(tracker), project)) is None:
        return None
    plan = at_hand.planner().plan(replace(project, start=term), today())
    dispatcher.utter_message(
        text=say_outlook(plan),
        buttons=buttons_instead(plan, domain) if plan.obstacle else _move_to(term, project),
        json_message={"sources": sources_of_delays(plan) or _pages(plan)},
    )
    kept = tracker.get_slot("start_term")
    return [SlotSet("start_term", kept), SlotSet("misunderstood", 0)]


def _term_asked(text: str, project: Project) -> Term | None:
    if len(text.split()) > _FEW_WORDS:
        return None
    terms = terms_named(text, today())
    if asks_if_late(text):
        return next(iter(terms), project.start)
    if not terms or not is_supposing(text):
        return None
    planner = at_hand.planner()
    return next((term for term in terms if planner.is_open(project, term, today())), terms[0])


def _move_to(term: Term, project: Project) -> list[dict[str, str]]:
    return [] if term == project.start else [term_button(term)]


def _pages(plan: Plan) -> list[dict[str, object]]:
    return as_sources(dict.fromkeys(source for step in pressing(plan) for source in step.sources))
