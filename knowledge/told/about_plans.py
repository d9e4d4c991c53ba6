"""What people say of a plan they look at: is it too late, and if it were another session, a PDF."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from knowledge.folding import fold
from knowledge.terms import Term
from knowledge.told.sessions import replied_term, told_term

_FILE = Path(__file__).with_suffix(".yml")


def asks_if_late(text: str) -> bool:
    """« c'est pas trop tard ? », « janvier c'est jouable ? »."""
    return _pattern("late").search(fold(text)) is not None


def is_supposing(text: str) -> bool:
    """« et si je commence en hiver 2028 ? »."""
    return _pattern("supposing").search(fold(text)) is not None


def wants_a_file(text: str) -> bool:
    """« je peux avoir le plan en pdf ? »."""
    return _pattern("file").search(fold(text)) is not None


def counts_people(text: str) -> bool:
    """« on est trois, vous l'avez compté ? »."""
    return _pattern("counted").search(fold(text)) is not None


def terms_named(text: str, on: date) -> list[Term]:
    """The sessions a message may mean, the nearest first: one when its year is said, the next two
    of a bare « janvier »; none when it names no session."""
    plain = _pattern("been").sub(" ", fold(text))
    if not _pattern("starting").search(plain):
        return []
    named = replied_term(plain, on)
    if named is None or told_term(plain, on) is not None:
        return [named] if named else []
    return [named, Term(named.season, named.year + 1)]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words: dict[str, str] = yaml.safe_load(_FILE.read_text("utf-8"))
    return re.compile(rf"\b{words[name]}\b")
