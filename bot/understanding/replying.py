"""A message that answers what the assistant just asked is an answer, whatever topic it looks like:
« fr », « le cégep », « oui »."""

from collections.abc import Mapping
from datetime import date, datetime, timezone
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.components.topic_classifier import TOPIC_RANKING
from knowledge import at_hand
from knowledge.citizenship import asked_for, asks_only_for
from knowledge.told import replies

INFORM_PROFILE = "inform_profile"
_ASKED = ("citizenship", "level", "age")
_NOT_UNDERSTOOD = ("out_of_scope", "nonsense", "unclear")
# What may hide something that is said of oneself: « bonjour, je viens d'être admis ».
_SAYS_LITTLE = (*_NOT_UNDERSTOOD, "small_talk")
_YES_OR_NO = ("affirm", "deny")
_OFFERS = ("handover_offered", "plan_open")


def answered(text: str, intent: str, tracker: DialogueStateTracker) -> Mapping[str, str]:
    """What a message answers, or says outright, by slot; nothing when it is neither. `intent` is
    what it looks like."""
    on = datetime.now(timezone.utc).date()
    part = tracker.get_slot("asked_profile")
    told = _to_question(part, text, intent, tracker, on) if part in _ASKED else {}
    if not told and intent in _SAYS_LITTLE:
        told = replies.outright(text, on)
    return told or replies.only_age(text)


def _to_question(
    part: str, text: str, intent: str, tracker: DialogueStateTracker, on: date
) -> Mapping[str, str]:
    if told := replies.alone([part], text, on):
        return told
    if intent in _YES_OR_NO and any(tracker.get_slot(offer) for offer in _OFFERS):
        return {}
    reads = intent in _NOT_UNDERSTOOD or (part == "age" and intent in _YES_OR_NO)
    value = replies.reply(part, text, on) if reads else None
    return {part: value, **replies.nationality(part, text)} if value else {}


def goes_on_for_another(text: str, intent: str, topic: str) -> bool:
    """« et pour mon copain belge ? » after `topic`: the same, for somebody else, if its answer may
    be another one or nothing else is understood."""
    depends = intent in _NOT_UNDERSTOOD or any(
        answer.when is not None and answer.when.citizenship
        for answer in at_hand.library().topics[topic].answers
    )
    return depends and asks_only_for(text) and asked_for(text) is not None


def as_topic(parse_data: Mapping[str, Any], topic: str) -> dict[str, Any]:
    """What the pipeline would say of a message that is surely about a topic."""
    intent = {
        "name": topic.partition("/")[0],
        "confidence": 1.0,
        "full_retrieval_intent_name": topic,
    }
    others = [one for one in parse_data[TOPIC_RANKING] if one["name"] != topic]
    ranking = [{"name": topic, "confidence": 1.0}, *others]
    return {**parse_data, "intent": intent, TOPIC_RANKING: ranking}


def as_answer(parse_data: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    """What the pipeline would say of a message that answers."""
    entities = [
        *parse_data["entities"],
        *({"entity": slot, "value": value} for slot, value in told.items()),
    ]
    intent = {"name": INFORM_PROFILE, "confidence": 1.0}
    return {**parse_data, "intent": intent, "entities": entities}
