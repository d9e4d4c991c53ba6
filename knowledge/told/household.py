"""Who comes along, as people say it: « avec ma femme et notre fils », « nous sommes trois »."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.budget_schema import Household
from knowledge.folding import fold

_FILE = Path(__file__).with_suffix(".yml")
SOME = "some"
"""Somebody comes along, and it is not said who: to be asked."""
_CLAUSES = re.compile(r"[.!?;\n]+")
_BY_SIZE = {
    (1, 0): Household.alone,
    (2, 0): Household.two_adults,
    (1, 1): Household.one_adult_one_child,
    (1, 2): Household.one_adult_two_children,
    (2, 1): Household.two_adults_one_child,
    (2, 2): Household.two_adults_two_children,
}


def told_household(text: str) -> str | None:
    """The household that a message says is the person's own: a value of `Household`, or `SOME`."""
    found = [read for clause in _CLAUSES.split(text) if (read := _told(fold(clause)))]
    return next((one for one in found if one != SOME), found[0] if found else None)


def replied_household(text: str) -> str | None:
    """The same to « qui part avec vous? », where « à deux » or « deux enfants » is enough; who
    says no more of their family than a number is one of the others."""
    folded = fold(text)
    read = _read(folded, is_reply=True)
    if (bare := _pattern("bare").fullmatch(folded)) is not None:
        read = _of_people(_number(bare["people"]))
    if read is not None:
        return Household.other.value if read == SOME else read
    return Household.alone.value if _pattern("alone").search(folded) else None


def _told(folded: str) -> str | None:
    """Only what is said of oneself, of who leaves with the person, and without an « if »."""
    along = _pattern("with").search(folded)
    if along is None or not _pattern("own").search(folded):
        return None
    if _pattern("supposing").search(folded[: along.start()]):
        return None
    return _read(folded)


def _read(folded: str, *, is_reply: bool = False) -> str | None:
    folded = _pattern("without").sub("", folded)
    partner = _pattern("partner").search(folded) or _pattern("couple").search(folded)
    is_joined = is_reply or partner is not None or bool(_pattern("coming").search(folded))
    children, people = _children(folded, is_joined=is_joined), _pattern("people").search(folded)
    if partner is None and children == 0:
        return _of_company(folded, people)
    if children is None:
        return SOME
    adults = 2 if partner else 1
    if people is not None and _number(people["people"]) > children + 1:
        adults = 2  # « on est trois avec le petit »
    return _BY_SIZE.get((adults, children), Household.other).value


def _of_company(folded: str, people: re.Match[str] | None) -> str | None:
    if people is not None:
        return _of_people(_number(people["people"]))
    if _pattern("family").search(folded):
        return SOME
    return Household.alone.value if _pattern("alone_told").search(folded) else None


def _of_people(number: int) -> str:
    """Two are two adults; more may be anybody."""
    return Household.two_adults.value if number == 2 else SOME


def _children(folded: str, *, is_joined: bool) -> int | None:
    """How many come along; None when they are said without their number."""
    named = anyone = 0
    for found in _pattern("children").finditer(folded):
        if not is_joined and not _joined().search(folded[: found.start()]):
            continue
        numbers = [_number(word) for word in (found["more"], found["number"]) if word]
        known = next((number for number in numbers if number), 0)
        if not known and found["child"].endswith("s") and found["child"] != "fils":
            return None
        if _pattern("anyone").match(found["child"].removesuffix("s")):
            anyone += known or 1
        else:
            named += known or 1
    return max(named, anyone)


def _number(word: str) -> int:
    numbers: dict[str, int] = _words()["numbers"]
    return numbers.get(word, 0)


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return words


@cache
def _joined() -> re.Pattern[str]:
    """What stands just before the children."""
    return re.compile(rf"\b{_words()['joined']} $")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_words()[name]}\b")
