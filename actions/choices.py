"""The ready-made answers to a question that depend on the project or on the day."""

from datetime import date

from rasa_sdk import Tracker

from actions import heard
from actions.project import project_of
from actions.saying import Button
from knowledge import at_hand
from knowledge.at_hand import library
from knowledge.plan_schema import Season
from knowledge.planning import Term

_TERMS_OFFERED = 3
# The seasons most programmes begin in; another one is understood when it is said.
_ENTRIES = (Season.winter, Season.autumn)


def choices(part: str, tracker: Tracker, on: date) -> list[Button]:
    """The buttons of a question; none for what the domain knows the answers of."""
    match part:
        case "start_term":
            return [term_button(term) for term in _coming(tracker, on)]
        case "institution":
            return [
                _button(card.name, "institution", name)
                for name, card in library().institutions.items()
                if _teaches(name, tracker)
            ]
        case _:
            return []


def term_button(term: Term) -> Button:
    return _button(str(term).capitalize(), "start_term", str(term))


def _coming(tracker: Tracker, on: date) -> list[Term]:
    """The next sessions that can still be aimed at."""
    project, term = project_of(tracker, on), Term(Season.winter, on.year)
    found: list[Term] = []
    while len(found) < _TERMS_OFFERED:
        if term.season in _ENTRIES and at_hand.planner().is_open(project, term, on):
            found.append(term)
        term = term.next_term
    return found


def _teaches(institution: str, tracker: Tracker) -> bool:
    level = heard.profile(tracker).level
    offer = library().offers.get(institution)
    if level is None or offer is None:
        return True
    return any(programme.level is level for programme in offer.programmes)


def _button(title: str, slot: str, value: str) -> Button:
    return {"title": title, "payload": f'/inform_profile{{"{slot}": "{value}"}}'}
