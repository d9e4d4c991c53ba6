"""What is found by name or by place: programmes to refine and compare, events, a relay."""

import json

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.cards import as_sources, labels, of_event, of_programme
from actions.saying import Button, Domain, Events, today, words_of
from knowledge import at_hand
from knowledge.asked import Asked, EventsWanted, Wanted
from knowledge.asked.diplomas import suiting
from knowledge.at_hand import library
from knowledge.comparison import Comparison, compare
from knowledge.finder_wording import FinderWording
from knowledge.schema import Award

PROGRAMMES = "programmes/search"
EVENTS = "events/upcoming"
_MOST_EVENTS = 6


class FindProgrammes(Action):
    """A search that a button refines."""

    def name(self) -> str:
        return "action_find_programmes"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        written = heard.entities(tracker).get("wanted")
        if not written:
            dispatcher.utter_message(response="utter_affirmed")
            return []
        show_programmes(Wanted.from_data(json.loads(written)), dispatcher, tracker, domain)
        return [SlotSet("misunderstood", 0)]


class CompareProgrammes(Action):
    """Two programmes side by side."""

    def name(self) -> str:
        return "action_compare_programmes"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        found = heard.entities(tracker)
        if not {found.get("one"), found.get("other")} <= {*library().programmes}:
            dispatcher.utter_message(response="utter_affirmed")
            return []
        _say(at_hand.catalogue().compare(found["one"], found["other"]), PROGRAMMES, dispatcher)
        return [SlotSet("misunderstood", 0)]


def show_programmes(
    wanted: Wanted, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
) -> None:
    """The first that fit, what suits the person before the rest, and what would split a long
    list."""
    catalogue, first = at_hand.catalogue(), _suiting(tracker)
    found, shown = catalogue.say(wanted, first), catalogue.shown(wanted, first)
    buttons = [
        _button(one.label, "find_programmes", wanted=json.dumps(one.wanted.as_data()))
        for one in catalogue.refinements(wanted)
    ]
    if len(shown) > 1:
        title = words_of("utter_compare_first_two", domain)
        buttons.append(_button(title, "compare_programmes", one=shown[0].id, other=shown[1].id))
    dispatcher.utter_message(
        text=found.text,
        buttons=buttons,
        json_message={
            "topic": PROGRAMMES,
            "sources": as_sources(found.sources),
            "cards": [of_programme(one, labels(domain)) for one in shown],
        },
    )


def show_comparison(
    asked: Asked, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
) -> None:
    """Institutions side by side, or what they offer in the field that is asked about."""
    if not asked.wanted.words:
        institutions = [name.partition("/")[2] for name in asked.ids]
        _say(compare(library(), institutions, today()), asked.ids[0], dispatcher)
        return
    found = at_hand.catalogue().at_each(asked.wanted, _suiting(tracker))
    if len(found) < len(asked.ids):
        show_programmes(asked.wanted, dispatcher, tracker, domain)
        return
    _say(at_hand.catalogue().compare(*found), PROGRAMMES, dispatcher)


def say_no_ranking(dispatcher: CollectingDispatcher) -> None:
    """To who asks which is the best."""
    dispatcher.utter_message(text=FinderWording.load().comparison["no_ranking"])


def show_events(wanted: EventsWanted, dispatcher: CollectingDispatcher, domain: Domain) -> None:
    """What is known of them, dated ones ready for a calendar."""
    events = at_hand.agenda().events_for(wanted, today())
    cards = [of_event(event, labels(domain)) for event in events[:_MOST_EVENTS]]
    dispatcher.utter_message(
        text=at_hand.agenda().say(events), json_message={"topic": EVENTS, "cards": cards}
    )


def say_relay(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """The relay of the place that the message tells, or of the city that is remembered."""
    for place in (heard.text(tracker), tracker.get_slot("city")):
        found = at_hand.relays().nearest(place or "")
        if found.places:
            dispatcher.utter_message(text=found.text)
            return


def _suiting(tracker: Tracker) -> tuple[Award, ...]:
    return suiting(tracker.get_slot("level"), tracker.get_slot("diploma"))


def _say(found: Comparison, topic: str, dispatcher: CollectingDispatcher) -> None:
    payload = {"topic": topic, "sources": as_sources(found.sources)}
    dispatcher.utter_message(text=found.text, json_message=payload)


def _button(title: str, intent: str, **held: str) -> Button:
    return {"title": title, "payload": f"/{intent}{json.dumps(held)}"}
