"""What an emoji says when it is all there is: « 👍 », to a question yes, to an answer thanks."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_suffix(".yml")
# How an emoji is drawn: in colour, joined to another, in a shade of skin.
_DRAWING = dict.fromkeys([0xFE0F, 0x200D, *range(0x1F3FB, 0x1F400)])


@dataclass(frozen=True)
class _Gesture:
    signs: frozenset[str]
    asked: str
    otherwise: str


@cache
def _gestures() -> tuple[_Gesture, ...]:
    raw = yaml.safe_load(_FILE.read_text("utf-8"))
    return tuple(
        _Gesture(frozenset(one["signs"]), one["asked"], one["otherwise"]) for one in raw.values()
    )


def in_words(text: str, *, asked: bool) -> str:
    """The words for a message of emoji that all say the same; any other text as it is. `asked`:
    the person was offered something, or asked a question."""
    signs = set("".join(text.split()).translate(_DRAWING))
    for gesture in _gestures():
        if signs and signs <= gesture.signs:
            return gesture.asked if asked else gesture.otherwise
    return text
