"""What is asked for by its name: cards, terms, equivalences, programmes, events, comparisons."""

from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.answering import answer
from actions.finding import say_no_ranking, show_comparison, show_events, show_programmes
from actions.saying import Domain, Events
from knowledge import at_hand
from knowledge.asked import Asked, Kind
from knowledge.asked.comparisons import MOST_COMPARED, is_joined
from knowledge.at_hand import library

# A name that several cards share (« DEC » as an equivalence) shows the first ones.
_CARDS_SHOWN = 3
_MEANINGS = (Kind.term, Kind.equivalence)


class AnswerByName(Action):
    """Shows what was asked for by its name: cards, terms, equivalences, programmes, events."""

    def name(self) -> str:
        return "action_answer_by_name"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        asked = at_hand.names().asked(heard.text(tracker))
        if asked is None:
            dispatcher.utter_message(response="utter_out_of_scope")
            return []
        asked = _with_what_was_compared(asked, heard.text(tracker), tracker)
        if asked.ranks:
            say_no_ranking(dispatcher)
        if asked.kind is Kind.comparison and asked.ids:
            show_comparison(asked, dispatcher, tracker, domain)
        elif asked.kind is Kind.events:
            show_events(asked.events, dispatcher, domain)
        else:
            for name in asked.ids[:_CARDS_SHOWN]:
                answer(name, dispatcher, tracker, domain)
        if asked.kind is Kind.programmes:
            show_programmes(asked.wanted, dispatcher, tracker, domain)
        return [*_remembered(asked), SlotSet("misunderstood", 0), SlotSet("asked_profile", None)]


def _with_what_was_compared(asked: Asked, text: str, tracker: Tracker) -> Asked:
    """« et Sainte-Foy ? » after a comparison is one more beside the others; « lequel est le
    meilleur en informatique ? » is about these."""
    compared = tuple(tracker.get_slot("compared") or ())
    if not compared:
        return asked
    if asked.kind is Kind.comparison and not asked.ids:
        return replace(asked, ids=compared)
    one_more = asked.kind is Kind.card and {*asked.ids} <= _institutions() and is_joined(text)
    if one_more and len({*compared, *asked.ids}) <= MOST_COMPARED:
        return Asked(Kind.comparison, tuple(dict.fromkeys((*compared, *asked.ids))))
    if asked.ranks and asked.wanted.words and not asked.wanted.institutions:
        institutions = tuple(name.partition("/")[2] for name in compared)
        wanted = replace(asked.wanted, institutions=institutions)
        return Asked(Kind.comparison, compared, wanted=wanted, ranks=True)
    return asked


def _institutions() -> set[str]:
    return {f"institutions/{name}" for name in library().institutions}


def _remembered(asked: Asked) -> Events:
    """What a short message goes on about; after a word's meaning, the topic that says more."""
    if asked.kind is Kind.comparison and asked.ids:
        return [SlotSet("compared", list(asked.ids)), SlotSet("last_topic", asked.ids[0])]
    about = library().topic_about(asked.ids[0]) if asked.kind in _MEANINGS and asked.ids else None
    return [SlotSet("last_topic", about)] if about else []
