"""Somebody who is not well: the lines that help come before anything else, and are not lost."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.cards import as_sources
from actions.saying import Domain, Events
from knowledge.at_hand import library

_HELP_LINES = ("help_line_france", "help_line_quebec")
# Until the next thing that is understood, what is not may be more of the same.
LISTENS_FOR_MORE = "listens_for_more"


class Distress(Action):
    """The help lines, with their pages: for a life in danger, or more gently for a low mood."""

    def name(self) -> str:
        return "action_distress"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        intent = heard.intent(tracker)
        _say(intent if intent == "low_mood" else "distress", dispatcher)
        return [SlotSet(LISTENS_FOR_MORE, True)]


def say_again(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events | None:
    """After distress, what is not understood gets the lines once more; None at any other time."""
    if not tracker.get_slot(LISTENS_FOR_MORE):
        return None
    _say("low_mood", dispatcher)
    return [SlotSet(LISTENS_FOR_MORE, None)]


def _say(what: str, dispatcher: CollectingDispatcher) -> None:
    pages = as_sources(library().cite(name) for name in _HELP_LINES)
    dispatcher.utter_message(response=f"utter_{what}", json_message={"sources": pages})
