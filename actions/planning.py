"""« Mon plan »: what is asked for it, how it is shown, and the list of who is admitted."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.interview import Interview
from actions.keeping import how_to_keep
from actions.project import UNKNOWN_PARTS, project_of, slot_of, told_in_request, unknown
from actions.saying import Domain, Events, today
from actions.showing import JOURNEY, PLAN, show_journey, show_plan
from knowledge.schema import Level

_ASKED = ("citizenship", "diploma", "level", "institution", "start_term", "admitted", "age")


class BeginPlan(Action):
    """Asks what is unknown, or shows the plan at once when there is nothing (more) to ask."""

    def name(self) -> str:
        return "action_begin_plan"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if (kept := how_to_keep(PLAN, dispatcher, tracker)) is not None:
            return [*kept, FollowupAction("action_listen")]
        again = bool(heard.entities(tracker).get("again"))
        events = [
            *told_in_request(tracker, today()),
            SlotSet("plan_offered", True),
            SlotSet("plan_open", None),
        ]
        if again:
            tracker.slots[UNKNOWN_PARTS] = None
            events.append(SlotSet(UNKNOWN_PARTS, None))
        if not _missing(tracker):
            shown = show_plan(dispatcher, tracker, domain)
            return [*events, *shown, FollowupAction("action_listen")]
        resumes = tracker.get_slot("form_state") == "paused"
        dispatcher.utter_message(response=f"utter_plan_{'resumed' if resumes else 'begins'}")
        if not resumes:  # « retour » goes back to what was asked before the pause
            events.append(SlotSet("asked_parts", None))
        return [*events, SlotSet("form_state", "asking")]


class ValidatePlanForm(Action):
    def name(self) -> str:
        return "validate_plan_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        return Interview(PLAN, _missing).validate(dispatcher, tracker, domain)


class EndPlan(Action):
    """What follows the form: the plan, unless it was left before."""

    def name(self) -> str:
        return "action_end_plan"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if tracker.get_slot("form_state") != "done":
            return []
        return show_plan(dispatcher, tracker, domain)


class DenyPlan(Action):
    def name(self) -> str:
        return "action_deny_plan"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        dispatcher.utter_message(response="utter_plan_declined")
        return [SlotSet("plan_open", None)]


class MyJourney(Action):
    """The list of who is admitted, to be ticked."""

    def name(self) -> str:
        return "action_my_journey"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if (kept := how_to_keep(JOURNEY, dispatcher, tracker)) is not None:
            return kept
        return [*told_in_request(tracker, today()), *show_journey(dispatcher, tracker, domain)]


def _missing(tracker: Tracker) -> list[str]:
    project, left = project_of(tracker, today()), unknown(tracker)
    known = {slot_of(part) for part, value in vars(project).items() if value is not None}
    needless = {"age"} if project.level is Level.graduate else set()
    needless |= {"diploma"} if project.admitted else set()
    return [part for part in _ASKED if part not in known | needless and part not in left]
