"""What the conversation knows of somebody's project: the slots, and what they make together."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import heard
from knowledge.at_hand import library
from knowledge.budget import Situation
from knowledge.budget_schema import Housing
from knowledge.citizenship import citizenship_of
from knowledge.planning import Project, Term
from knowledge.told import replies

PARTS = (
    "citizenship",
    "nationality",
    "diploma",
    "level",
    "field",
    "programme",
    "institution",
    "start_term",
    "admitted",
    "age",
    "housing",
    "city",
    "department",
    "country",
    "amount",
)
"""Slots of the profile, in the order they are shown and asked."""
UNKNOWN_PARTS = "unknown_parts"
"""The slot of what somebody was asked and does not know, or would not say."""
_YES = "yes"
_HOUSINGS = {housing.value for housing in Housing}
_NAMES_OF_PARTS = {"start": "start_term"}
Domain = dict[str, Any]


def project_of(tracker: Tracker, on: date) -> Project:
    profile, admitted = heard.profile(tracker), tracker.get_slot("admitted")
    return Project(
        citizenship=profile.citizenship,
        level=profile.level,
        age=profile.age,
        diploma=tracker.get_slot("diploma"),
        institution=_institution(tracker),
        start=_term(tracker, on),
        admitted=None if admitted is None else admitted == _YES,
    )


def situation_of(tracker: Tracker) -> Situation:
    profile, housing = heard.profile(tracker), tracker.get_slot("housing")
    return Situation(
        citizenship=profile.citizenship,
        level=profile.level,
        age=profile.age,
        institution=_institution(tracker),
        housing=Housing(housing) if housing in _HOUSINGS else None,
    )


def slot_of(part: str) -> str:
    """The slot that keeps a part of a `Project` or a `Situation`."""
    return _NAMES_OF_PARTS.get(part, part)


def unknown(tracker: Tracker) -> tuple[str, ...]:
    return tuple(tracker.get_slot(UNKNOWN_PARTS) or ())


def told_in_request(tracker: Tracker, on: date) -> list[dict[str, Any]]:
    """What the very request says: « fais-moi un plan pour l'automne 2027 »."""
    told = {} if heard.is_button(tracker) else replies.told(heard.text(tracker), on)
    tracker.slots.update(told)  # for what follows
    return [SlotSet(slot, value) for slot, value in told.items()]


def label_of(slot: str, domain: Domain) -> str:
    """« niveau visé »."""
    return str(_words(domain)[slot]["label"])


def said(slot: str, value: str, domain: Domain) -> str:
    """« niveau visé : maîtrise ou doctorat »."""
    name = _words(domain)[slot].get("values", {}).get(value) or _name(slot, value)
    return f"{label_of(slot, domain)}\u00a0: {name}"


def all_said(told: Mapping[str, str], domain: Domain) -> list[str]:
    """Each thing once: the country that was named stands for whose rules apply, as long as it is
    one of theirs."""
    group, name = told.get("citizenship"), told.get("nationality")
    named = name is not None and citizenship_of(name) == group
    hidden = "citizenship" if named else "nationality"
    return [said(slot, value, domain) for slot, value in told.items() if slot != hidden]


def _words(domain: Domain) -> dict[str, Any]:
    [words, *_] = domain["responses"]["utter_profile_words"]
    found: dict[str, Any] = words["custom"]
    return found


def _name(slot: str, value: str) -> str:
    if slot == "institution" and value in library().institutions:
        return library().institutions[value].name
    return value


def _institution(tracker: Tracker) -> str | None:
    name = tracker.get_slot("institution")
    return name if name in library().institutions else None


def _term(tracker: Tracker, on: date) -> Term | None:
    """A session of a year that is over is when somebody began something else."""
    term = Term.read(tracker.get_slot("start_term") or "")
    return term if term is not None and term.year >= on.year else None
