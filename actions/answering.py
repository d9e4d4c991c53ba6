"""Say a topic's answer, and what follows from it: a question about the person, an adviser, more."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.adjusting import corrected
from actions.beside import is_rejected, offer_neighbours
from actions.cards import as_sources
from actions.finding import say_relay, show_programmes
from actions.outlook import outlook
from actions.project import told_in_request
from actions.saying import Button, Domain, Events, buttons_of, to_ask, today
from actions.showing import show_journey
from knowledge import at_hand
from knowledge.asked import Kind
from knowledge.at_hand import library
from knowledge.library import Said
from knowledge.nearest_relay import NEAR_ME
from knowledge.schema import Handover

_RELATED_SHOWN = 2
# The classifier learnt in French: the meaning of the sentence alone must carry it.
_SURE_IN_ENGLISH = 0.5
_ENGLISH_PAGE = re.compile(r"/en[/-]|/english/|lang=en")
_PAGES_SHOWN = 3
# « and how much is it? », « how long does that take? »; more words say what they are about.
_GOES_ON_IN_ENGLISH = re.compile(
    r"^(?=(?:\S+\s*){1,7}$)(?:(?:and|what about|how about)\b|.*\b(?:it|that|this)\b)",
    re.IGNORECASE,
)
_CHOICES_KEPT = 5
AFTER_ADMISSION = "admission/after_admission"
# By then somebody has a project rather than a question.
_ANSWERS_BEFORE_OFFER = 3
# One question at a time.
_ASKS_ALREADY = ("asked_profile", "handover_offered")


class AnswerTopic(Action):
    """Answers the topic of the message, or of the button that was pressed."""

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if (changed := corrected(dispatcher, tracker, domain)) is not None:
            return changed
        if (seen := outlook(dispatcher, tracker, domain)) is not None:
            return seen
        topic = heard.chosen_topic(tracker) or _best_topic(tracker)
        if not library().knows(topic):
            dispatcher.utter_message(response="utter_out_of_scope")
            return []
        if is_rejected(topic, tracker):
            return offer_neighbours(dispatcher, tracker, domain)
        events = [*_remembered(topic, tracker), *answer(topic, dispatcher, tracker, domain)]
        asked = at_hand.names().asked(heard.text(tracker))
        if asked is not None and asked.kind is Kind.programmes:
            show_programmes(asked.wanted, dispatcher, tracker, domain)
        asks = any(event["value"] for event in events if event["name"] in _ASKS_ALREADY)
        return [*events, *_goes_on(topic, dispatcher, tracker, domain, offers=not asks)]


class English(Action):
    """Says in English what the assistant can do, and shows the pages of the topic if it is clear:
    its official ones, those in English first. Thanks are thanks in any language."""

    def name(self) -> str:
        return "action_english"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        topic, sure = next(heard.ranking(tracker), ("", 0.0))
        if topic == "small_talk/thanks" and sure >= _SURE_IN_ENGLISH:
            dispatcher.utter_message(response="utter_english_thanks")
            return []
        if topic not in library().topics or sure < _SURE_IN_ENGLISH:
            dispatcher.utter_message(response="utter_english", buttons=_goes_on_about(tracker))
            return []
        said = library().say(topic, heard.profile(tracker), on=today())
        pages = sorted(
            (source for source in said.sources if source.official),
            key=lambda source: _ENGLISH_PAGE.search(source.url) is None,
        )
        [response, *_] = domain["responses"]["utter_english_topic"]
        dispatcher.utter_message(
            text=response["text"].format(title=library().title(topic)),
            buttons=buttons_of("utter_english_topic", domain),
            json_message={
                "topic": topic,
                "sources": as_sources(pages[:_PAGES_SHOWN]),
            },
        )
        return [SlotSet("last_topic", topic), SlotSet("misunderstood", 0)]


def _goes_on_about(tracker: Tracker) -> list[Button]:
    """What « and how much is it? » may go on about: the subjects beside the last answer."""
    last = tracker.get_slot("last_topic")
    goes_on = _GOES_ON_IN_ENGLISH.search(heard.text(tracker)) is not None
    related = library().topics[last].related if goes_on and last in library().topics else ()
    return [to_ask(name) for name in related[:_RELATED_SHOWN]]


def answer(
    topic: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
) -> Events:
    """Say one topic and what may follow: the thing that is missing, related topics, a human."""
    said = library().say(topic, heard.profile_asked_for(tracker), on=today())
    offers = said.handover is not Handover.never and not heard.is_waiting(tracker)
    # Asked once, then only offered as buttons: who does not say is not asked for ever.
    # A form that goes on has its own question to ask.
    asks = said.missing is not None and said.missing != tracker.get_slot("asked_profile")
    asks = asks and not tracker.active_loop.get("name")
    buttons = [] if asks else _profile_buttons(said, domain) or _related(said)
    buttons += _own_button(topic, domain)
    buttons += _adviser_button(domain) if offers else []
    dispatcher.utter_message(text=said.text, buttons=buttons, json_message=as_payload(said))
    if asks:
        dispatcher.utter_message(response=f"utter_ask_{said.missing}")
    elif offers and said.handover is Handover.always:
        dispatcher.utter_message(response="utter_offer_adviser")
    return [
        SlotSet("last_topic", topic),
        SlotSet("misunderstood", 0),
        SlotSet("asked_profile", said.missing),
        SlotSet("handover_offered", (offers and said.handover is Handover.always) or None),
        SlotSet("handover_reason", None),
        SlotSet("plan_open", None),
    ]


def as_payload(said: Said) -> dict[str, Any]:
    """What the channel shows beside the text."""
    return {
        "topic": said.topic,
        "sources": as_sources(said.sources),
    }


def _goes_on(
    topic: str,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    domain: Domain,
    *,
    offers: bool,
) -> Events:
    """What an answer leads to: the list of who is admitted, or the offer of a plan, once."""
    if tracker.active_loop.get("name") or heard.is_waiting(tracker):
        return []
    if topic == AFTER_ADMISSION:
        told = told_in_request(tracker, today())
        if tracker.get_slot("admitted") == "yes":
            return [*told, *show_journey(dispatcher, tracker, domain)]
    if topic == NEAR_ME:
        say_relay(dispatcher, tracker)
    times = (tracker.get_slot("answers_given") or 0) + 1
    events: Events = [SlotSet("answers_given", times)]
    early = times < _ANSWERS_BEFORE_OFFER
    if early or not offers or tracker.get_slot("plan_offered"):
        return events
    dispatcher.utter_message(response="utter_offer_plan")
    return [*events, SlotSet("plan_offered", True), SlotSet("plan_open", True)]


def _own_button(topic: str, domain: Domain) -> list[Button]:
    """Under what is true for everybody, what is made for the person."""
    [own, *_] = domain["responses"]["utter_own_tools"]
    name = own["custom"].get(topic)
    return buttons_of(name, domain) if name else []


def _remembered(topic: str, tracker: Tracker) -> Events:
    """The choice made between topics that were offered, for when they are close again."""
    if topic not in (tracker.get_slot("suggested") or ()):
        return []
    preferred = [topic, *(tracker.get_slot("preferred") or ())]
    return [SlotSet("suggested", None), SlotSet("preferred", preferred[:_CHOICES_KEPT])]


def _best_topic(tracker: Tracker) -> str:
    return next((name for name, _ in heard.ranking(tracker)), "")


def depends_on_profile(topic: str) -> bool:
    return len(library().topics[topic].answers) > 1


def _adviser_button(domain: Domain) -> list[Button]:
    """The button of the offer, without its sentence: it stands under every answer that may lead
    to a question about somebody's own case."""
    return buttons_of("utter_offer_adviser", domain)


def _profile_buttons(said: Said, domain: Domain) -> list[Button]:
    return [] if said.missing is None else buttons_of(f"utter_ask_{said.missing}", domain)


def _related(said: Said) -> list[Button]:
    if said.topic in library().topics:
        return [to_ask(name) for name in library().topics[said.topic].related[:_RELATED_SHOWN]]
    more = library().topic_about(said.topic)
    return [to_ask(more)] if more is not None and more in library().topics else []
