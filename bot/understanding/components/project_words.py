"""What a message says of the person's project: a field or a programme they want, money they have,
the country or the department they live in. Other people's and general ones do not count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from knowledge import at_hand
from knowledge.asked.words import words
from knowledge.folding import fold
from knowledge.places import place_in

_FILE = Path(__file__).with_suffix(".yml")
_AMOUNT = re.compile(
    r"(?<![\w.,])(?P<whole>\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|\d+)(?:[.,]\d{1,2})?(?P<thousands>k)?"
    r"[ \u00a0\u202f]?(?P<currency>€|\$|k?euros?\b|eur\b|k?dollars?\b|cad\b)",
    re.IGNORECASE,
)
_THOUSAND = 1000
# A programme of one word (« Droit ») is a field.
_NAME_WORDS = 2


@dataclass(frozen=True)
class Said:
    """`value` of an entity; its place is the whole message's."""

    entity: str
    value: str


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    raw: dict[str, str] = yaml.safe_load(_FILE.read_text("utf-8"))
    return {name: re.compile(rf"\b(?:{forms})\b") for name, forms in raw.items()}


def project_words(text: str) -> Iterator[Said]:
    """Every thing said, at most one of each kind."""
    folded = fold(text)
    if _patterns()["has"].search(folded):
        yield from _amount(text)
    if (lives := _patterns()["lives"].search(folded)) is not None:
        yield from _home(folded[lives.end() :].strip())
    if (wants := _patterns()["wants"].search(folded)) is not None:
        yield from _wanted(_patterns()["owned"].sub(" ", folded[wants.end() :]))


def _amount(text: str) -> Iterator[Said]:
    """« 12 000 € », « 15k$ » as an amount written in one way."""
    if (found := _AMOUNT.search(text)) is None:
        return
    whole = int(re.sub(r"\D", "", found["whole"]))
    thousands = found["thousands"] or found["currency"][0] in "kK"
    currency = "€" if "e" in found["currency"].casefold() or "€" in found["currency"] else "$"
    amount = f"{whole * (_THOUSAND if thousands else 1):,}".replace(",", "\u00a0")
    yield Said("amount", f"{amount}\u00a0{currency}")


def _home(rest: str) -> Iterator[Said]:
    """What follows « j’habite »: the country, or the department of France."""
    country = next((name for form, name in _countries() if rest.startswith(form)), None)
    if country is not None:
        yield Said("country", country)
    elif (place := place_in(f"a {rest}")) is not None and place.department:
        yield Said("department", place.department)


@cache
def _countries() -> tuple[tuple[str, str], ...]:
    """The names of countries, folded and in French, the longest first."""
    named = Locale("fr").territories.items()
    countries = [(fold(name), name) for code, name in named if code.isalpha()]
    return tuple(sorted(countries, key=lambda pair: -len(pair[0])))


def _wanted(folded: str) -> Iterator[Said]:
    tokens = folded.split()
    said = words()
    fields: dict[str, Any] = {**said.narrow, **said.broad}
    if (field := next((fields[token] for token in tokens if token in fields), None)) is not None:
        yield Said("field", field[0].value)
    spaced = f" {folded} "
    if (name := next((n for f, n in _programmes() if f" {f} " in spaced), None)) is not None:
        yield Said("programme", name)


@cache
def _programmes() -> tuple[tuple[str, str], ...]:
    """The names of programmes, folded and as written, the longest first."""
    names = {programme.name for programme in at_hand.library().programmes.values()}
    folded = [(fold(name), name) for name in names if len(name.split()) >= _NAME_WORDS]
    return tuple(sorted(folded, key=lambda pair: (-len(pair[0]), pair)))
