"""What an adviser is told of the person before reading: profile and plan, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.desk.words import word, word_or_name
from bot.messages import Card, CardKind, Message
from knowledge import at_hand

_PARTS = (
    "nationality",
    "citizenship",
    "age",
    "writer",
    "level",
    "diploma",
    "programme",
    "field",
    "institution",
    "start_term",
    "admitted",
    "household",
    "housing",
    "city",
)
# What says the same, less well.
_SAID_BY = {"citizenship": "nationality"}


@dataclass(frozen=True)
class Step:
    """A step of the person's plan, and whether they say it is done."""

    card: Card
    done: bool


def profile_lines(known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and value of each part that is known, in a fixed order."""
    shown = [part for part in _PARTS if part in known and _SAID_BY.get(part) not in known]
    return [(word(f"profile.{part}"), _value(part, known[part])) for part in shown]


def _value(part: str, value: str) -> str:
    if part == "institution":
        found = at_hand.library().institutions.get(value)
        return value if found is None else found.name
    return word_or_name(f"{part}s", value.removesuffix(".0"))


def plan_of(messages: Sequence[Message], ticked: Sequence[str]) -> list[Step]:
    """The plan as it was shown last."""
    for message in reversed(messages):
        steps = [card for card in message.cards if card.kind is CardKind.step]
        if steps:
            return [Step(card, card.tick in ticked) for card in steps]
    return []
