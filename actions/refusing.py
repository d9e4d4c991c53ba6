"""What the assistant does not answer: what it does not understand, and anybody's own case."""

from itertools import zip_longest

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.adjusting import corrected
from actions.answering import answer, as_payload
from actions.caring import say_again
from actions.outlook import outlook
from actions.saying import Domain, Events, buttons_of, to_ask, today
from knowledge import at_hand
from knowledge.at_hand import library
from knowledge.search import content_words
from knowledge.told import replies
from knowledge.told.replies import is_of_immigration
from knowledge.told.statements import is_asking

_TIMES_BEFORE_OFFER = 2
# Below, what is generally true might be of another subject: better said not at all. High, as a
# story of one's own resembles every topic that shares its words.
_SURE_OF_TOPIC = 0.9
_SUGGESTED = 3
_SUGGESTED_KINDS = ("topics", "institutions", "partners", "events", "terms")
# One word in common is a coincidence.
_WORDS_TO_SEARCH = 2


class NotUnderstood(Action):
    """Says so modestly, with the nearest topics if there are any; twice in a row, offers a person.

    To somebody who waits for an adviser the assistant says nothing: the message is for the adviser,
    and the service says so. Nor to a contact that the service has masked.
    """

    def name(self) -> str:
        return "action_not_understood"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if (changed := corrected(dispatcher, tracker, domain)) is not None:
            return [*changed, *_stop_unless_understood(tracker)]
        if (seen := outlook(dispatcher, tracker, domain)) is not None:
            return [*seen, *_stop_unless_understood(tracker)]
        if (chosen := _chosen_before(tracker)) is not None:
            return answer(chosen, dispatcher, tracker, domain)
        if (cared := say_again(dispatcher, tracker)) is not None:
            return [*cared, *_stop_unless_understood(tracker)]
        if heard.is_waiting(tracker) or heard.left_contact(tracker):
            return _stop_unless_understood(tracker)
        if replies.is_rude(heard.text(tracker)) and not is_asking(heard.text(tracker)):
            dispatcher.utter_message(response="utter_insulted")
            return _stop_unless_understood(tracker)
        times = (tracker.get_slot("misunderstood") or 0) + 1
        if times >= _TIMES_BEFORE_OFFER:
            dispatcher.utter_message(response="utter_offer_after_misunderstanding")
            return [
                SlotSet("misunderstood", 0),
                SlotSet("handover_offered", True),
                SlotSet("handover_reason", "misunderstood"),
            ]
        intent = heard.intent(tracker)
        found = _found(tracker)
        offered = _suggestions(tracker, found) if intent == "unclear" else _beside(tracker)
        if offered:
            dispatcher.utter_message(response="utter_unclear", buttons=[*map(to_ask, offered)])
        elif found and intent != "nonsense":
            dispatcher.utter_message(response="utter_did_you_mean", buttons=[*map(to_ask, found)])
        elif intent == "out_of_scope":
            dispatcher.utter_message(response="utter_out_of_scope")
        else:
            dispatcher.utter_message(response="utter_nonsense")
        return [
            SlotSet("misunderstood", times),
            SlotSet("suggested", offered or None),
            *_stop_unless_understood(tracker),
        ]


class PersonalCase(Action):
    """No advice: a calm sentence, what is generally true if the topic is clear, and a CRIÉE."""

    def name(self) -> str:
        return "action_personal_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if heard.is_waiting(tracker):
            return []
        if (changed := _corrected_plan(dispatcher, tracker, domain)) is not None:
            return changed
        again = bool(tracker.get_slot("case_explained"))
        dispatcher.utter_message(
            response="utter_personal_case_again" if again else "utter_personal_case"
        )
        for topic, confidence in heard.ranking(tracker):
            if confidence >= _SURE_OF_TOPIC and topic in library().topics:
                _say_what_is_general(topic, dispatcher, tracker, domain)
        return [
            SlotSet("case_explained", True),
            SlotSet("handover_offered", True),
            SlotSet("handover_reason", "personal_case"),
        ]


def _corrected_plan(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
) -> Events | None:
    """« non pardon, je suis admise » is of the plan, not of a permit."""
    if is_of_immigration(heard.text(tracker)):
        return None
    return corrected(dispatcher, tracker, domain)


def _stop_unless_understood(tracker: Tracker) -> Events:
    """As Rasa's fallback, where no rule follows, the turn ends here."""
    by_rule = heard.intent(tracker) in ("out_of_scope", "nonsense", "unclear")
    return [] if by_rule else [FollowupAction("action_listen")]


def _suggestions(tracker: Tracker, found: list[str]) -> list[str]:
    """The topics the classifier sees, and what full-text search finds, in turn."""
    both = [name for pair in zip_longest(_near(tracker), found) for name in pair if name]
    return list(dict.fromkeys(both))[:_SUGGESTED]


def _beside(tracker: Tracker) -> list[str]:
    """« combien ? » after an answer that has no price is no other field: what is told beside it."""
    last, said = tracker.get_slot("last_topic"), content_words(heard.text(tracker))
    goes_on = heard.intent(tracker) == "out_of_scope" and len(said) < _WORDS_TO_SEARCH
    if not goes_on or last not in library().topics or not is_asking(heard.text(tracker)):
        return []
    return list(library().topics[last].related)[:_SUGGESTED]


def _near(tracker: Tracker) -> list[str]:
    return [name for name, _ in heard.ranking(tracker) if name in library().topics]


def _chosen_before(tracker: Tracker) -> str | None:
    """The topic the person chose when the same ones were close."""
    if heard.intent(tracker) != "unclear":
        return None
    preferred = tracker.get_slot("preferred") or ()
    return next((name for name in _near(tracker)[:_SUGGESTED] if name in preferred), None)


def _found(tracker: Tracker) -> list[str]:
    """What full-text search finds that has every word of the message, and there are enough."""
    text = heard.text(tracker)
    if len(content_words(text)) < _WORDS_TO_SEARCH:
        return []
    hits = at_hand.search().find(text, kinds=_SUGGESTED_KINDS, limit=_SUGGESTED)
    names = (hit.id if hit.kind == "topics" else f"{hit.kind}/{hit.id}" for hit in hits)
    return [name for name, hit in zip(names, hits, strict=True) if hit.covered == 1]


def _say_what_is_general(
    topic: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
) -> None:
    """With the offer's buttons again: a channel shows those of the last message only."""
    said = library().say(topic, heard.profile(tracker), on=today())
    dispatcher.utter_message(
        response="utter_general_information", title=library().topics[topic].title
    )
    dispatcher.utter_message(
        text=said.text,
        buttons=buttons_of("utter_personal_case", domain),
        json_message=as_payload(said),
    )
