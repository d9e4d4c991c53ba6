"""When an answer was beside the point: not the same one again, but its neighbours and a human."""

from collections.abc import Iterator

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.saying import Domain, Events, buttons_of, to_ask, words_of
from knowledge.at_hand import library
from knowledge.told import replies
from knowledge.told.statements import is_asking

_NEIGHBOURS = 3
# Said with the rejection, they make another answer of the same topic.
_CHANGES_ANSWERS = {"citizenship", "level", "age"}
_REASON = "negative_feedback"


class BesideThePoint(Action):
    """« c’est pas ma question »: what the person may have meant, or somebody to say it to."""

    def name(self) -> str:
        return "action_beside_the_point"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        return offer_neighbours(dispatcher, tracker, domain)


def is_rejected(topic: str, tracker: Tracker) -> bool:
    """Whether the message, understood as a topic, says that this topic was not what was asked."""
    if heard.is_button(tracker) or topic != tracker.get_slot("last_topic"):
        return False
    changes = _CHANGES_ANSWERS & {*heard.entities(tracker)}
    return not changes and replies.is_rejecting(heard.text(tracker))


def offer_neighbours(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
    near = list(dict.fromkeys(_near(tracker)))[:_NEIGHBOURS]
    if near:
        buttons = [*map(to_ask, near), *buttons_of("utter_beside_the_point", domain)]
        text = words_of("utter_beside_the_point", domain)
        dispatcher.utter_message(text=text, buttons=buttons)
    else:
        dispatcher.utter_message(response="utter_small_talk/annoyed")
    return [SlotSet("suggested", near or None), SlotSet("handover_reason", _REASON)]


def _near(tracker: Tracker) -> Iterator[str]:
    """What else the message may be about, then what is told beside the last answer."""
    topics, last = library().topics, tracker.get_slot("last_topic")
    if is_asking(heard.text(tracker)):
        yield from (name for name, _ in heard.ranking(tracker) if name in topics and name != last)
    if last in topics:
        yield from topics[last].related
