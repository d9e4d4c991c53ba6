"""What somebody says or corrects of their project, once something was shown that depends on it."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.project import PARTS, UNKNOWN_PARTS, all_said, unknown
from actions.saying import Domain, Events, today, words_of
from actions.showing import BUDGET, JOURNEY, PLAN, show_again
from knowledge.told import replies
from knowledge.told.statements import is_asking

# More words say something else as well.
_FEW_WORDS = 8
_OF_PLAN = {"citizenship", "diploma", "level", "institution", "start_term", "admitted", "age"}
# What each thing that is shown depends on.
_USED: dict[str | None, set[str]] = {
    PLAN: _OF_PLAN,
    JOURNEY: _OF_PLAN,
    BUDGET: {"citizenship", "level", "institution", "age", "housing"},
}


def told_of_self(tracker: Tracker) -> dict[str, str]:
    """The parts of a project that the message says, or that its button holds."""
    found = {s: v for s, v in heard.entities(tracker).items() if s in PARTS}
    if heard.is_button(tracker):
        return found
    text, asked = heard.text(tracker), tracker.get_slot("asked_profile")
    told = {**found, **replies.told(text, today())}
    return told or replies.told_when_asked(asked, text, today())


def keep(told: dict[str, str], tracker: Tracker) -> Events:
    """Kept, and known from now on."""
    tracker.slots.update(told)
    left = [part for part in unknown(tracker) if part not in told]
    tracker.slots[UNKNOWN_PARTS] = left
    return [*(SlotSet(slot, value) for slot, value in told.items()), SlotSet(UNKNOWN_PARTS, left)]


def changes_what_is_shown(told: dict[str, str], tracker: Tracker) -> bool:
    return bool(_USED.get(tracker.get_slot("shown"), set()) & {*told})


def adjusted(
    told: dict[str, str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
) -> Events:
    """What was changed, then what was shown with it."""
    facts = "; ".join(all_said(told, domain))
    text = words_of("utter_adjusted", domain).format(facts=facts)
    dispatcher.utter_message(text=text)
    return show_again(dispatcher, tracker, domain)


def corrected(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events | None:
    """« finalement janvier 2028 », whatever else it looks like; None when it corrects nothing that
    was shown."""
    text = heard.text(tracker)
    if tracker.active_loop.get("name") or heard.is_button(tracker) or is_asking(text):
        return None
    if not replies.is_correcting(text) or len(text.split()) > _FEW_WORDS:
        return None
    told = replies.told(text, today())
    if not changes_what_is_shown(told, tracker):
        return None
    return [*keep(told, tracker), *adjusted(told, dispatcher, tracker, domain)]
