"""What an action may know of the message it answers, read from Rasa's tracker in one place."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from knowledge.citizenship import asked_for, citizenship_of, stated
from knowledge.library import Profile
from knowledge.schema import Age, Citizenship, Level

Ranked = tuple[str, float]
_CITIZENSHIPS = {citizenship.value for citizenship in Citizenship}
_AGES = {age.value for age in Age}
_LEVELS = {level.value for level in Level}


def profile(tracker: Tracker) -> Profile:
    """What the slots hold; a value nobody knows counts as nothing."""
    return _profile(tracker.get_slot)


def profile_before(tracker: Tracker) -> Profile:
    """The same, before the last message."""
    return _profile(lambda slot: before(tracker, slot))


def _profile(held: Callable[[str], Any]) -> Profile:
    citizenship, level, age, nationality = map(held, ("citizenship", "level", "age", "nationality"))
    return Profile(
        citizenship=Citizenship(citizenship) if citizenship in _CITIZENSHIPS else None,
        level=Level(level) if level in _LEVELS else None,
        age=Age(age) if age in _AGES else None,
        nationality=nationality if citizenship_of(nationality or "") == citizenship else None,
    )


def profile_asked_for(tracker: Tracker) -> Profile:
    """Whose answer the message wants: the person's, unless it names another citizenship (« et pour
    mon copain belge ? »), which nobody is said to have. Never the French one: « le même prix que
    pour les Français ? » is mostly asked by who is not."""
    own = profile(tracker)
    asked = None if is_button(tracker) else asked_for(text(tracker))
    if (
        asked is None
        or asked.citizenship is Citizenship.france
        or stated(text(tracker)) is not None
    ):
        return own
    return replace(own, citizenship=asked.citizenship, nationality=asked.name)


def text(tracker: Tracker) -> str:
    return str(tracker.latest_message.get("text") or "")


def ranking(tracker: Tracker) -> Iterator[Ranked]:
    """What the message may be about, best first."""
    for entry in tracker.latest_message.get("topic_ranking") or ():
        yield entry["name"], entry["confidence"]


def chosen_topic(tracker: Tracker) -> str | None:
    """The topic of a button, if the message is one."""
    return next(tracker.get_latest_entity_values("topic"), None)


def is_waiting(tracker: Tracker) -> bool:
    """Whether the person already asked for an adviser whom nobody has replaced yet."""
    metadata: dict[str, Any] = tracker.latest_message.get("metadata") or {}
    return bool(metadata.get("waiting"))


def left_contact(tracker: Tracker) -> bool:
    """Whether the message had something to reach the person by, which the service masked and said
    so."""
    metadata: dict[str, Any] = tracker.latest_message.get("metadata") or {}
    return bool(metadata.get("contact"))


def intent(tracker: Tracker) -> str:
    """What was decided; rasa_sdk's own method gives the ranking's first, before the guards."""
    return str((tracker.latest_message.get("intent") or {}).get("name"))


def full_intent(tracker: Tracker) -> str:
    """With what it is about: `privacy/my_data`."""
    found = tracker.latest_message.get("intent") or {}
    return str(found.get("full_retrieval_intent_name") or found.get("name"))


def confidence(tracker: Tracker) -> float:
    return float((tracker.latest_message.get("intent") or {}).get("confidence") or 0)


def is_button(tracker: Tracker) -> bool:
    """Whether a button was pressed: its payload stands where words would."""
    return text(tracker).startswith("/")


def entities(tracker: Tracker) -> dict[str, Any]:
    """What was found in the message, by the name of its slot; the first of each."""
    found: dict[str, Any] = {}
    for entity in tracker.latest_message.get("entities") or ():
        found.setdefault(entity["entity"], entity["value"])
    return found


def intent_before(tracker: Tracker) -> str:
    """What was decided of the message before the last, with what it is about."""
    said = [event for event in tracker.events if event["event"] == "user"]
    found = said[-2]["parse_data"]["intent"] if len(said) > 1 else {}
    return str(found.get("full_retrieval_intent_name") or found.get("name"))


def is_to_read(tracker: Tracker, form: str) -> bool:
    """Whether a form's turn has a message to read, or only comes back to its question after what
    was answered in the middle."""
    names = [event["name"] for event in tracker.events if event["event"] == "action"]
    if names[-1:] == [form]:  # Rasa notes the form before it asks for its validation
        names.pop()
    return names[-1:] == ["action_listen"]


def before(tracker: Tracker, slot: str) -> Any:
    """What a slot held before the last message."""
    value, held = None, None
    for event in tracker.events:
        if event["event"] == "user":
            held = value
        elif event["event"] == "slot" and event["name"] == slot:
            value = event["value"]
    return held
