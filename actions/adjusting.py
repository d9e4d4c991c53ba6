"""What somebody says or corrects of their project, once something was shown that depends on it."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import heard
from actions.project import PARTS, UNKNOWN_PARTS, all_said, project_of, said, unknown
from actions.saying import Domain, Events, buttons_of, today, words_of
from actions.showing import BUDGET, JOURNEY, PLAN, Lines, lines_now, show_again
from knowledge import at_hand
from knowledge.told import replies
from knowledge.told.about_plans import counts_people, terms_named
from knowledge.told.statements import is_asking

# More words say something else as well.
_FEW_WORDS = 8
_FEW_WORDS_SUPPOSING = 11
_SUPPOSED = ("level", "start_term", "institution", "housing")
_OF_PLAN = {"citizenship", "diploma", "level", "institution", "start_term", "admitted", "age",
            "eighteen"}  # fmt: skip
# What each thing that is shown depends on.
_USED: dict[str | None, set[str]] = {
    PLAN: _OF_PLAN,
    JOURNEY: _OF_PLAN,
    BUDGET: {"citizenship", "level", "institution", "age", "eighteen", "housing", "household"},
}
# These are said of oneself without a word of correction.
_PLAIN = {"eighteen", "household"}
_MOST_NAMED = 5


def told_of_self(tracker: Tracker) -> dict[str, str]:
    """The parts of a project that the message says, or that its button holds."""
    found = {s: v for s, v in heard.entities(tracker).items() if s in PARTS}
    if heard.is_button(tracker):
        return found
    text, asked = heard.text(tracker), tracker.get_slot("asked_profile")
    told = {**found, **replies.told(text, today())}
    if "start_term" not in told and replies.is_correcting(text):
        told |= _moved(tracker)
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
    """What was changed and what it moves, then what was shown with it; nothing again when nothing
    moved."""
    facts = "; ".join(all_said(told, domain))
    before: Lines = tracker.get_slot("shown_lines") or {}
    now = lines_now(tracker)
    if now and now == before:
        shown = tracker.get_slot("shown")
        text = words_of("utter_adjusted_nothing", domain).format(facts=facts)
        dispatcher.utter_message(text=text, buttons=buttons_of(f"utter_own_{shown}", domain))
        return []
    moved = _moves(before, now, domain) if before and now else ""
    text = words_of("utter_adjusted", domain).format(facts=facts, moved=moved)
    dispatcher.utter_message(text=text)
    return show_again(dispatcher, tracker, domain)


def corrected(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events | None:
    """« finalement janvier 2028 », whatever else it looks like; None when it corrects nothing that
    was shown."""
    text = heard.text(tracker)
    if tracker.active_loop.get("name") or heard.is_button(tracker):
        return None
    supposes = replies.is_supposing(text)
    if len(text.split()) > (_FEW_WORDS_SUPPOSING if supposes else _FEW_WORDS):
        return None
    told = told_of_self(tracker)
    if supposes:
        told |= _supposed(text)
    if "company" in heard.entities(tracker) and tracker.get_slot("shown") == BUDGET:
        return _asks_who(dispatcher, tracker, domain)
    if not _is_correction(text, told) or not changes_what_is_shown(told, tracker):
        return None
    return [*keep(told, tracker), *adjusted(told, dispatcher, tracker, domain)]


def _asks_who(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
    """« et on est trois, vous l'avez compté ? »."""
    household = tracker.get_slot("household")
    if household is None:
        dispatcher.utter_message(response="utter_question_household")
        return []
    facts = said("household", household, domain)
    text = words_of("utter_household_counted", domain).format(facts=facts)
    dispatcher.utter_message(text=text, buttons=buttons_of("utter_question_household", domain))
    return []


def _supposed(text: str) -> dict[str, str]:
    """« et si c'est janvier 2028 ? », « et si je fais une maîtrise à la place ? »."""
    read = {part: replies.reply(part, text, today()) for part in _SUPPOSED}
    return {part: value for part, value in read.items() if value is not None}


def _is_correction(text: str, told: dict[str, str]) -> bool:
    if replies.is_supposing(text):
        return True
    if is_asking(text):
        return "household" in told and counts_people(text)
    return replies.is_correcting(text) or bool(_PLAIN & {*told})


def _moved(tracker: Tracker) -> dict[str, str]:
    """« finalement je pars en janvier »: the next January that one can still aim at."""
    terms = terms_named(heard.text(tracker), today())
    if not terms or tracker.get_slot("shown") not in (PLAN, JOURNEY):
        return {}
    project, planner = project_of(tracker, today()), at_hand.planner()
    found = next((term for term in terms if planner.is_open(project, term, today())), terms[0])
    return {"start_term": str(found)}


def _moves(before: Lines, now: Lines, domain: Domain) -> str:
    """« Ce qui change : Demander le CAQ. Ce qui n’y est plus : … »."""
    kinds = {
        "changed": [title for title in now if title in before and now[title] != before[title]],
        "added": [title for title in now if title not in before],
        "removed": [title for title in before if title not in now],
    }
    moves = [
        words_of(f"utter_{kind}", domain).format(titles=_named(titles, domain))
        for kind, titles in kinds.items()
        if titles
    ]
    return "".join(f" {move}" for move in moves)


def _named(titles: list[str], domain: Domain) -> str:
    named, more = titles[:_MOST_NAMED], len(titles) - _MOST_NAMED
    joined = "; ".join(named)
    if more <= 0:
        return joined
    return words_of("utter_and_more", domain).format(titles=joined, count=more)
