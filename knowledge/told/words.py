"""The words of `words.yml`, as patterns on folded text."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("words.yml")
Patterns = Mapping[str, re.Pattern[str]]


@cache
def raw() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return words


@cache
def patterns(name: str) -> Patterns:
    """One pattern for each value that a list of forms stands for, in the order of the file."""
    return {str(value): _any(forms) for value, forms in raw()[name].items()}


@cache
def pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{raw()[name]})\b")


@cache
def commands() -> Patterns:
    around = raw()["around"]
    return {
        name: re.compile(rf"(?:{around} )*(?:{'|'.join(forms)})(?: {around})*")
        for name, forms in raw()["commands"].items()
    }


def first(found_in: Patterns, folded: str) -> str | None:
    return next((value for value, said in found_in.items() if said.search(folded)), None)


def only(found_in: Patterns, folded: str) -> str | None:
    """The one value that is said; two at once are none."""
    said = [value for value, form in found_in.items() if form.search(folded)]
    return said[0] if len(said) == 1 else None


def _any(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(forms)})\b")
