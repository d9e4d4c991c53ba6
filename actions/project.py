"""What the conversation knows of somebody's project: the slots, and what they make together."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import heard
from knowledge.at_hand import library
from knowledge.budget import Situation
from knowledge.budget_schema import Household, Housing
from knowledge.citizenship import citizenship_of
from knowledge.planning import Project, Term
from knowledge.schema import Age
from knowledge.told import replies
from knowledge.told.coming_of_age import Eighteen

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
    "eighteen",
    "household",
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
_HOUSEHOLDS = {household.value for household in Household}
_NAMES_OF_PARTS = {"start": "start_term"}
Domain = dict[str, Any]


def project_of(tracker: Tracker, on: date) -> Project:
    profile, admitted = heard.profile(tracker), tracker.get_slot("admitted")
    return Project(
        citizenship=profile.citizenship,
        level=profile.level,
        age=age_on_arrival(tracker, on),
        diploma=tracker.get_slot("diploma"),
        institution=_institution(tracker),
        start=_term(tracker, on),
        admitted=None if admitted is None else admitted == _YES,
    )


def situation_of(tracker: Tracker, on: date) -> Situation:
    profile, housing = heard.profile(tracker), tracker.get_slot("housing")
    return Situation(
        citizenship=profile.citizenship,
        level=profile.level,
        age=age_on_arrival(tracker, on),
        institution=_institution(tracker),
        housing=Housing(housing) if housing in _HOUSINGS else None,
        household=_household(tracker),
    )


def eighteen_of(tracker: Tracker) -> Eighteen | None:
    return Eighteen.read(tracker.get_slot("eighteen") or "")


def age_on_arrival(tracker: Tracker, on: date) -> Age | None:
    """Of age or not when the session starts: who is a minor now may be none then. In doubt, a
    minor, as more papers are asked for."""
    age, eighteen, term = heard.profile(tracker).age, eighteen_of(tracker), _term(tracker, on)
    if age is Age.adult or eighteen is None:
        return age
    arrival = date(term.year, term.month, 1) if term else on
    return eighteen.on(arrival) or Age.minor


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


def _household(tracker: Tracker) -> Household:
    """Who comes with somebody, and was not said, is a family of any size."""
    household = tracker.get_slot("household")
    if household in _HOUSEHOLDS:
        return Household(household)
    return Household.other if tracker.get_slot("company") else Household.alone


def _term(tracker: Tracker, on: date) -> Term | None:
    """A session of a year that is over is when somebody began something else."""
    term = Term.read(tracker.get_slot("start_term") or "")
    return term if term is not None and term.year >= on.year else None
