"""What the assistant remembers of the person: shown when they ask, forgotten when they want."""

from collections.abc import Iterator
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.cards import as_sources
from actions.project import PARTS, UNKNOWN_PARTS, all_said
from actions.saying import Domain, Events
from knowledge.at_hand import library

_MY_DATA = "privacy/my_data"
_SHOWS_PROFILE = (_MY_DATA, "privacy/my_profile")
_ONLY_PROFILE = "privacy/my_profile"
_ERASE = "privacy/erase"
_BUTTONS = {"ask_erase": _ERASE}
ASKS_TO_ERASE = (*_BUTTONS, _ERASE)
"""The intents after which a yes erases everything, and a no nothing."""
# What the law gives, said with `privacy/my_data`.
_RIGHTS = ("cai_recourse", "cnil_access", "cnil_erasure", "cnil_complaint")
_OFFERS = ("handover_offered", "plan_open")
_FOLLOWS = (UNKNOWN_PARTS, "asked_profile", "shown", "shown_lines", "writer", "company")


class Privacy(Action):
    """Answers a question about data; what is remembered of the person comes with it, and the
    pages of who watches over the law."""

    def name(self) -> str:
        return "action_privacy"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        asked = _BUTTONS.get(heard.intent(tracker)) or heard.full_intent(tracker)
        known = list(_in_words(tracker, domain))
        if asked != _ONLY_PROFILE or not known:
            dispatcher.utter_message(response=f"utter_{asked}", json_message=_pages(asked))
        if asked in _SHOWS_PROFILE and known:
            dispatcher.utter_message(response="utter_profile", known="\n".join(known))
        # A yes that follows answers this, not what was offered before.
        return [SlotSet(slot, None) for slot in _OFFERS] if asked == _ERASE else []


class ClearProfile(Action):
    """Forgets what was said of the person; the messages stay until they are erased."""

    def name(self) -> str:
        return "action_clear_profile"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        dispatcher.utter_message(response="utter_profile_cleared")
        return [SlotSet(slot, None) for slot in (*PARTS, *_FOLLOWS)]


class Erase(Action):
    """Everything goes: the service erases the conversation once this was said."""

    def name(self) -> str:
        return "action_erase"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        dispatcher.utter_message(response="utter_erasing")
        dispatcher.utter_message(json_message={"erase": True})
        return []


def _pages(asked: str) -> dict[str, Any] | None:
    if asked != _MY_DATA:
        return None
    return {"sources": as_sources(library().cite(name) for name in _RIGHTS)}


def _in_words(tracker: Tracker, domain: Domain) -> Iterator[str]:
    """A line for each thing known: « - citoyenneté : française »."""
    held = {slot: tracker.get_slot(slot) for slot in PARTS}
    known = {slot: str(value) for slot, value in held.items() if value is not None}
    for line in all_said(known, domain):
        yield f"- {line}"
