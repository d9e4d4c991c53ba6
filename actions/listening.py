"""What a message says to a question: an answer, a wish, another question, or all of these."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rasa_sdk import Tracker

from actions import heard
from actions.project import PARTS
from knowledge.at_hand import library
from knowledge.told import replies
from knowledge.told.coming_of_age import replied_eighteen
from knowledge.told.commands import Command, commanded
from knowledge.told.statements import is_asking, parted

# Below, what looks like a question is rather an answer that cannot be read.
_SURE = 0.6
_FEW_WORDS = 3
_LONG = 4
_NOT_THEIRS = ("affirm", "deny", "skip", "cancel", "inform_profile", "out_of_scope", "nonsense",
               "unclear", "previous", "pause", "why")  # fmt: skip
_BUTTONS = {
    "skip": Command.unknown,
    "previous": Command.back,
    "pause": Command.pause,
    "why": Command.why,
    "cancel": Command.cancel,
}
_NAMED = ("diploma", "level", "institution")
_WORDS_OF_BUTTONS = {"affirm": "oui", "deny": "non"}


@dataclass(frozen=True)
class Heard:
    """`told` are slots and what the message says of them; `intent`, what the classifier is sure
    of."""

    told: Mapping[str, str] = field(default_factory=dict)
    command: Command | None = None
    intent: str = ""
    is_for_the_rules: bool = False
    distressed: bool = False
    personal_case: bool = False
    topic: str = ""
    company: bool = False
    """Somebody comes along, and it was not said who."""


def hear(tracker: Tracker, part: str | None, on: date) -> Heard:
    """`part` is the slot that was asked."""
    intent = heard.intent(tracker)
    if intent in ("distress", "low_mood"):
        return Heard(distressed=True)
    text = _WORDS_OF_BUTTONS.get(intent) if heard.is_button(tracker) else heard.text(tracker)
    if heard.is_button(tracker) and text is None:
        told = _entities(tracker)
        for_rules = not told and intent not in _BUTTONS and intent not in _NOT_THEIRS
        command = _BUTTONS.get(intent)
        return Heard(told, command=command, intent=intent, is_for_the_rules=for_rules)
    return _hear_words(text or "", tracker, part, on)


def _hear_words(text: str, tracker: Tracker, part: str | None, on: date) -> Heard:
    intent = heard.intent(tracker)
    sure = heard.confidence(tracker) >= _SURE
    stated, asked = parted(text)
    if not stated and asked and len(text.split()) <= _FEW_WORDS and not _is_question(tracker):
        stated, asked = text, ""  # « laval ? »: somebody who hesitates
    told = _told(stated, tracker, part, on) | _household(tracker)
    command = commanded(text)
    if part in told and command is Command.unknown:
        command = None  # « pas encore » says something of an admission
    if command is None and part not in told and intent == "cancel" and sure:
        command = Command.cancel
    topic = next((name for name, _ in heard.ranking(tracker)), "")
    return Heard(
        told=told,
        command=command,
        intent=intent if sure else "",
        is_for_the_rules=_is_for_the_rules(text, tracker, part),
        personal_case=intent == "personal_case" and len(text.split()) > _LONG,
        topic=topic if asked and _is_question(tracker) else "",
        company="company" in heard.entities(tracker),
    )


def _is_for_the_rules(text: str, tracker: Tracker, part: str | None) -> bool:
    intent = heard.intent(tracker)
    if intent in _NOT_THEIRS:
        return False
    if intent == "ask_by_name" and part in _NAMED and not is_asking(text):
        return False  # « bac +2 » is what somebody has, though it is a term as well
    if part == "diploma" and replies.may_be_several_diplomas(text):
        return False
    return heard.confidence(tracker) >= _SURE or intent == "personal_case"


def _told(stated: str, tracker: Tracker, part: str | None, on: date) -> dict[str, str]:
    """What is said outright, what answers the question, or else the one thing that the message
    says: somebody may be a question late."""
    if not stated:
        return {}
    told = {**_entities(tracker), **replies.told(stated, on)}
    if _is_over(told.get("start_term"), on):
        told.pop("start_term")
    if part is None or part in told:
        return told
    value = replies.reply(part, stated, on)
    if value is not None and not _corrects(told, tracker):
        told |= {part: value, **replies.nationality(part, stated)}
        if part == "level" and (wanted := replies.field(stated)):
            told["field"] = wanted
    if part == "age" and (eighteen := replied_eighteen(stated, on)) is not None:
        told |= {"eighteen": str(eighteen), "age": "minor"}
    return told or replies.alone(replies.OUT_OF_TURN, stated, on)


def _corrects(told: Mapping[str, str], tracker: Tracker) -> bool:
    """« non, à Limoilou »: what was said is taken back, and the « non » answers nothing else."""
    held = {slot: heard.before(tracker, slot) for slot in told}
    return any(held[slot] not in (None, value) for slot, value in told.items())


def _is_question(tracker: Tracker) -> bool:
    """Whether the classifier knows what is asked."""
    if heard.intent(tracker) == "ask_by_name":
        return True
    name, sure = next(heard.ranking(tracker), ("", 0.0))
    return name in library().topics and sure >= _SURE


def _entities(tracker: Tracker) -> dict[str, str]:
    return {slot: value for slot, value in heard.entities(tracker).items() if slot in PARTS}


def _household(tracker: Tracker) -> dict[str, str]:
    """« et on est trois, vous l'avez compté ? » says it though it asks."""
    return {s: value for s, value in _entities(tracker).items() if s == "household"}


def _is_over(term: str | None, on: date) -> bool:
    year = re.search(r"\d{4}$", term or "")
    return year is not None and int(year[0]) < on.year
