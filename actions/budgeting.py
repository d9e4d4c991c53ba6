"""« Mon budget »: the parts that change it are asked one at a time, then the year is shown."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.interview import Interview
from actions.keeping import how_to_keep
from actions.project import UNKNOWN_PARTS, situation_of, told_in_request, unknown
from actions.saying import Domain, Events, today
from actions.showing import BUDGET, show_budget
from knowledge import at_hand


class BeginBudget(Action):
    def name(self) -> str:
        return "action_begin_budget"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if (kept := how_to_keep(BUDGET, dispatcher, tracker)) is not None:
            return [*kept, FollowupAction("action_listen")]
        events = told_in_request(tracker, today())
        if heard.entities(tracker).get("again"):
            tracker.slots[UNKNOWN_PARTS] = None
            events.append(SlotSet(UNKNOWN_PARTS, None))
        if not _missing(tracker):
            shown = show_budget(dispatcher, tracker, domain)
            return [*events, *shown, FollowupAction("action_listen")]
        dispatcher.utter_message(response="utter_budget_begins")
        return [*events, SlotSet("asked_parts", None), SlotSet("form_state", "asking")]


class ValidateBudgetForm(Action):
    def name(self) -> str:
        return "validate_budget_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        return Interview(BUDGET, _missing).validate(dispatcher, tracker, domain)


class EndBudget(Action):
    def name(self) -> str:
        return "action_end_budget"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if tracker.get_slot("form_state") != "done":
            return []
        return show_budget(dispatcher, tracker, domain)


def _missing(tracker: Tracker) -> list[str]:
    budget = at_hand.budgeting().budget(situation_of(tracker, today()), today())
    alone_or_not = tracker.get_slot("company") and not tracker.get_slot("household")
    missing = [*(["household"] if alone_or_not else []), *budget.missing]
    return [part for part in missing if part not in unknown(tracker)]
