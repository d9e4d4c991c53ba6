"""The session somebody says they want to begin in: « septembre prochain », « rentrée 2027 »."""

import re
from datetime import date

from knowledge.folding import fold
from knowledge.plan_schema import Season
from knowledge.terms import Term
from knowledge.told.words import pattern, raw

_YEAR = re.compile(r"\b20([2-4]\d)\b")
_SHORT = re.compile(
    r"\b(?:automne|hiver|ete|rentree|septembre|sept|janvier|janv|aout|mai) (\d\d)\b"
)
_CODE = re.compile(r"\b([ahe])(2\d|3\d)\b")
_CODES = {"a": Season.autumn, "h": Season.winter, "e": Season.summer}
_NUMBERED = re.compile(r"\b(0?[1-9]|1[0-2]) (20[2-4]\d)\b")
_MONTHS = {1: Season.winter, 2: Season.winter, 5: Season.summer, 8: Season.autumn,
           9: Season.autumn, 10: Season.autumn}  # fmt: skip
_FARTHEST = 6
_AUTUMN = 9


def replied_term(text: str, on: date) -> Term | None:
    """What a reply to « quand commencer? » says; None if it says no session to come."""
    return _to_come(_read(fold(text), on), on)


def told_term(text: str, on: date) -> Term | None:
    """The same, in any message: only with a season and a year, or « prochain »."""
    folded = fold(text)
    dated = _YEAR.search(folded) or _SHORT.search(folded) or pattern("next").search(folded)
    named = _season(folded) is not None or _CODE.search(folded)
    if _CODE.search(folded) or (dated and named) or pattern("next_year").search(folded):
        return replied_term(text, on)
    return None


def terms_out_of(folded: str) -> str:
    """What is left of a text without the words of a session."""
    forms = [word for said in raw()["terms"].values() for word in said]
    for said in (_CODE, _NUMBERED, _SHORT, _YEAR, re.compile(rf"\b(?:{'|'.join(forms)})\b")):
        folded = said.sub(" ", folded)
    for name in ("back_to_school", "next_year", "in_two_years", "next"):
        folded = pattern(name).sub(" ", folded)
    return " ".join(folded.split())


def _read(folded: str, on: date) -> Term | None:
    if code := _CODE.search(folded):
        return Term(_CODES[code[1]], 2000 + int(code[2]))
    if (numbered := _NUMBERED.search(folded)) and int(numbered[1]) in _MONTHS:
        return Term(_MONTHS[int(numbered[1])], int(numbered[2]))
    found = _season(folded)
    season, month = found or (Season.autumn, _AUTUMN)
    if (year := _year(folded, on)) is not None:
        return Term(season, year)
    if found is None:
        return None
    return Term(season, on.year if month > on.month else on.year + 1)


def _season(folded: str) -> tuple[Season, int] | None:
    """The season that is named, and the month it was named by."""
    for season, said in raw()["terms"].items():
        for word, month in said.items():
            if re.search(rf"\b{word}\b", folded):
                return Season(season), month
    return (Season.autumn, _AUTUMN) if pattern("back_to_school").search(folded) else None


def _year(folded: str, on: date) -> int | None:
    if (written := _YEAR.search(folded)) or (written := _SHORT.search(folded)):
        return 2000 + int(written[1])
    if pattern("in_two_years").search(folded):
        return on.year + 2
    return on.year + 1 if pattern("next_year").search(folded) else None


def _to_come(term: Term | None, on: date) -> Term | None:
    if term is None or not on.year <= term.year <= on.year + _FARTHEST:
        return None
    return term
