"""What the assistant remembers of the person: shown when they ask, forgotten when they want."""

from collections.abc import Iterator

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.answering import Domain, Events
from knowledge.at_hand import library

_PROFILE = (
    "citizenship",
    "level",
    "age",
    "diploma",
    "field",
    "programme",
    "institution",
    "start_term",
    "city",
    "department",
    "country",
    "amount",
)
_SHOWS_PROFILE = ("privacy/my_data", "privacy/my_profile")
_ONLY_PROFILE = "privacy/my_profile"


class Privacy(Action):
    """Answers a question about data; what is remembered of the person comes with it."""

    def name(self) -> str:
        return "action_privacy"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        asked = heard.full_intent(tracker)
        known = list(_in_words(tracker, domain))
        if asked != _ONLY_PROFILE or not known:
            dispatcher.utter_message(response=f"utter_{asked}")
        if asked in _SHOWS_PROFILE and known:
            dispatcher.utter_message(response="utter_profile", known="\n".join(known))
        return []


class ClearProfile(Action):
    """Forgets what was said of the person; the messages stay until they are erased."""

    def name(self) -> str:
        return "action_clear_profile"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        dispatcher.utter_message(response="utter_profile_cleared")
        return [SlotSet(slot, None) for slot in (*_PROFILE, "asked_profile")]


def _in_words(tracker: Tracker, domain: Domain) -> Iterator[str]:
    """A line for each thing known: « - citoyenneté : française »."""
    [words, *_] = domain["responses"]["utter_profile_words"]
    for slot in _PROFILE:
        value = tracker.get_slot(slot)
        if value is None:
            continue
        said = words["custom"][slot]
        name = said.get("values", {}).get(value) or _name(slot, str(value))
        yield f"- {said['label']}\u00a0: {name}"


def _name(slot: str, value: str) -> str:
    if slot == "institution" and value in library().institutions:
        return library().institutions[value].name
    return value
