"""« Je peux l'avoir en PDF ? »: how to print what is shown, or put it in a calendar."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.saying import Events
from knowledge.told.about_plans import wants_a_file


def how_to_keep(what: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events | None:
    """Said, and nothing shown again, when a file of what was just shown is wanted; else None."""
    is_shown = tracker.get_slot("shown") == what
    if heard.is_button(tracker) or not is_shown or not wants_a_file(heard.text(tracker)):
        return None
    dispatcher.utter_message(response="utter_how_to_keep")
    return []
