"""What is said to small talk, to a no, to a contact left: short, and knowing where one is."""

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.profile import ASKS_TO_ERASE, Erase
from actions.saying import Domain, Events


class SmallTalk(Action):
    """A short, true reply; within a form, where its question comes next, a shorter one if any."""

    def name(self) -> str:
        return "action_small_talk"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        asked = heard.full_intent(tracker)
        within = f"utter_{asked.split('/')[-1]}_within"
        is_within = tracker.active_loop.get("name") and within in domain["responses"]
        dispatcher.utter_message(response=within if is_within else f"utter_{asked}")
        return []


class Affirm(Action):
    """A yes to « vous êtes sûr? », or to nothing."""

    def name(self) -> str:
        return "action_affirm"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if heard.intent_before(tracker) in ASKS_TO_ERASE:
            return Erase().run(dispatcher, tracker, domain)
        dispatcher.utter_message(response="utter_affirmed")
        return []


class Deny(Action):
    """A no to nothing, or to an offer; whoever waits for an adviser is not told to ask for one."""

    def name(self) -> str:
        return "action_deny"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if heard.intent_before(tracker) in ASKS_TO_ERASE:
            dispatcher.utter_message(response="utter_kept")
            return []
        waiting = heard.is_waiting(tracker)
        dispatcher.utter_message(response="utter_denied_waiting" if waiting else "utter_denied")
        return []


class ContactLeft(Action):
    """Nothing: the service has said that it was masked, or that it is added to the case."""

    def name(self) -> str:
        return "action_contact_left"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        return []
