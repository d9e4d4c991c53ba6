"""No message makes a regular expression work for ever: the effort grows with its length, not more.

Every pattern of the modules that read a message is found by walking them. What is compared is
processor time at two lengths, so that a busy machine changes nothing.
"""

import pkgutil
import re
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

ROOMS = ("bot.privacy", "bot.conversation", "bot.understanding", "bot.files", "bot.channels",
         "knowledge", "actions", "bot.addresses", "bot.cards", "bot.storage.sealing")  # fmt: skip
LONGEST = 2000  # characters in one message
# Quadratic at most: 4 times longer, 16 times the effort; more than that is an attack.
_WORST_RATIO = 28.0
_TOO_LONG, _NOTHING = 0.3, 0.001
PIECES = (
    *("a", "0", " ", "-", ".", "@", "'", "à ", "a ", "1 ", "1.", "a@", "a.", "a-a.", "a1", "()"),
    *("(at)", "point ", "je m'appelle ", "aller de la ", "12 rue ", "http://", "www.", "\n", "<"),
    *("1 000 ", "06 ", "+33 ", "bac+", "le caq et ", "{", "%PDF-", "/JS", "%", "&#", "a\u0301"),
)


def patterns() -> Iterator[tuple[str, "re.Pattern[Any]"]]:
    known = set()
    for name in _modules():
        for attribute, value in vars(import_module(name)).items():
            for pattern in _within(value, depth=3):
                if pattern not in known:
                    known.add(pattern)
                    yield f"{name}.{attribute}", pattern


def _modules() -> Iterator[str]:
    for room in ROOMS:
        module = import_module(room)
        yield room
        for found in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{room}."):
            if not any(part in found.name for part in ("training", "components", "tracker")):
                yield found.name


def _within(value: object, depth: int) -> Iterator["re.Pattern[Any]"]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _within(each, depth - 1)
    elif depth and isinstance(value, dict):
        for each in (*value, *value.values()):
            yield from _within(each, depth - 1)


def effort(pattern: "re.Pattern[Any]", text: str) -> float:
    """Seconds of the processor to look through the whole text."""
    given: Any = text.encode("utf-8", "ignore") if isinstance(pattern.pattern, bytes) else text
    began = time.thread_time()
    for _ in pattern.finditer(given):
        pass
    return time.thread_time() - began


def worst(pattern: "re.Pattern[Any]") -> tuple[float, str]:
    """How much more effort four times the length costs, at worst, and for what."""
    found = (0.0, "")
    for piece in PIECES:
        for length in (
            16,
            22,
            24,
            26,
            28,
            125,
            LONGEST // 4,
        ):  # what is wild is so long before the end
            short = effort(pattern, (piece * length)[:length] + "!")
            if short > _TOO_LONG:
                return float("inf"), piece
        if short > _NOTHING:
            text = (piece * LONGEST)[:LONGEST] + "!"
            long = min(effort(pattern, text), effort(pattern, text))
            found = max(found, (long / short, piece))
    return found


def test_every_pattern_on_the_path_of_a_message_grows_gently() -> None:
    seen = [*patterns()]
    assert len(seen) > 60  # the walk saw them
    wild = {}
    for name, pattern in seen:
        ratio, piece = worst(pattern)
        if ratio > _WORST_RATIO:
            wild[f"{name}: {pattern.pattern!r:.80}"] = (round(ratio, 1), piece)
    assert wild == {}


@pytest.mark.parametrize("wild", [r"(a+)+$", r"(?:a|a)*b", r"\s*\s*\s*\s*x"])
def test_a_wild_pattern_would_be_seen(wild: str) -> None:
    assert worst(re.compile(wild))[0] > _WORST_RATIO
