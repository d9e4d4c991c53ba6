"""A message that answers what the assistant just asked is an answer, whatever topic it looks like:
« fr », « le cégep », « oui »."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from knowledge.told import replies

INFORM_PROFILE = "inform_profile"
_ASKED = ("citizenship", "level", "age")
_NOT_UNDERSTOOD = ("out_of_scope", "nonsense", "unclear")
_YES_OR_NO = ("affirm", "deny")
_OFFERS = ("handover_offered", "plan_open")


def answered(text: str, intent: str, tracker: DialogueStateTracker) -> Mapping[str, str]:
    """What a message answers, by slot; nothing when it is no answer. `intent` is what it looks
    like."""
    part = tracker.get_slot("asked_profile")
    if part not in _ASKED:
        return replies.only_age(text)
    if intent in _YES_OR_NO and any(tracker.get_slot(offer) for offer in _OFFERS):
        return {}
    on = datetime.now(UTC).date()  # no date is asked for
    told = replies.alone([part], text, on)
    if told or intent not in _NOT_UNDERSTOOD:
        return told or replies.only_age(text)
    value = replies.reply(part, text, on)
    return {part: value, **replies.nationality(part, text)} if value else {}


def as_answer(parse_data: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    """What the pipeline would say of a message that answers."""
    entities = [
        *parse_data["entities"],
        *({"entity": slot, "value": value} for slot, value in told.items()),
    ]
    intent = {"name": INFORM_PROFILE, "confidence": 1.0}
    return {**parse_data, "intent": intent, "entities": entities}
