"""What is asked for by its name: cards, terms, equivalences, programmes, events, comparisons."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.answering import answer
from actions.finding import show_comparison, show_events, show_programmes
from actions.saying import Domain, Events
from knowledge import at_hand
from knowledge.asked import Kind

# A name that several cards share (« DEC » as an equivalence) shows the first ones.
_CARDS_SHOWN = 3


class AnswerByName(Action):
    """Shows what was asked for by its name: cards, terms, equivalences, programmes, events."""

    def name(self) -> str:
        return "action_answer_by_name"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        asked = at_hand.names().asked(heard.text(tracker))
        if asked is None:
            dispatcher.utter_message(response="utter_out_of_scope")
            return []
        if asked.kind is Kind.comparison:
            show_comparison(asked.ids, dispatcher)
        elif asked.kind is Kind.events:
            show_events(asked.events, dispatcher, domain)
        else:
            for name in asked.ids[:_CARDS_SHOWN]:
                answer(name, dispatcher, tracker, domain)
        if asked.kind is Kind.programmes:
            show_programmes(asked.wanted, dispatcher, domain)
        return [SlotSet("misunderstood", 0), SlotSet("asked_profile", None)]
