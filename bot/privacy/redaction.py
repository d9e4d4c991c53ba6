"""What says who somebody is, taken out of what they wrote, before it is kept for another purpose.

The patterns stand here; finding people's names, which needs a language model, is in `people`. When
in doubt something is removed: a question that lost a word too many can still be understood.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Protocol

from bot.texts import say


class Removed(str, Enum):
    """What was there; the value names the words that stand in its place."""

    link = "redaction.link"
    email = "redaction.email"
    phone = "redaction.phone"
    address = "redaction.address"
    date = "redaction.date"
    number = "redaction.number"
    name = "redaction.name"

    @property
    def words(self) -> str:
        return say(self.value)


@dataclass(frozen=True)
class Span:
    """A piece of a text, from `start` up to `end`, and what it is."""

    start: int
    end: int
    kind: Removed


@dataclass(frozen=True)
class Personal:
    """Something a person wrote, and how that person is known to be called, if at all."""

    text: str
    names: tuple[str, ...] = ()


class FindPeople(Protocol):
    """Implemented in `people`."""

    def find(self, written: Sequence[Personal]) -> list[list[Span]]:
        """Where people are named, text by text."""


def redact(written: Sequence[Personal], people: FindPeople) -> list[str]:
    """The texts, without anything that says who wrote them or of whom."""
    named = people.find(written)
    return [
        _replace(each.text, [*_patterns(each.text), *names])
        for each, names in zip(written, named, strict=True)
    ]


def without(kinds: tuple[Removed, ...], text: str) -> str:
    """The text without these kinds of things, as far as patterns alone can tell."""
    return _replace(text, _patterns(text, kinds))


def found(kinds: tuple[Removed, ...], text: str) -> list[Span]:
    """Where these kinds of things stand, in order, none over another."""
    return _merged(text, _patterns(text, kinds))


def without_placeholders(text: str) -> str:
    """A redacted text as a question: what introduces a thing removed goes with it.

    « bonjour, je m'appelle [nom], le caq coûte combien? » → « bonjour, le caq coûte combien? »
    """
    for kind in Removed:
        text = re.sub(rf"{_INTRODUCES}?{re.escape(kind.words)}", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+([,.;!?])", r"\1", " ".join(text.split()))
    text = re.sub(r"([,;.])(?:[,;.])+(?!\.)", r"\1", text)
    return text.lstrip(" ,;:.!?-").rstrip(" ,;:-")


def says_nothing(text: str) -> bool:
    """Whether nothing is left of a redacted text but what stands for things removed."""
    return not re.search(r"[^\W\d_]{2}", without_placeholders(text))


_APOSTROPHES = {0x2019, 0x02BC, 0x0060, 0x00B4}


def flat(text: str) -> str:
    """Small letters without accents, straight apostrophes, letter for letter: what is found at a
    place in it is at the same place in the text."""
    return "".join(map(_plain, text))


# Some hundreds of calls a message, for a few dozen characters.
@lru_cache(maxsize=2048)
def _plain(character: str) -> str:
    if ord(character) in _APOSTROPHES:
        return "'"
    if character.isspace() and character != "\n":
        return " "
    lowered = unicodedata.normalize("NFKD", character)[0].lower()
    return lowered if len(lowered) == 1 else character


_INTRODUCES = (
    r"(?:\b(?:je m\W?appelle|moi,? c\W?est|mon (?:pr\w?e?nom|nom|courriel|mail|num\w*)"
    r"(?: \w+)? est|je suis|n\w+e? le|m\.|mme|monsieur|madame)\s+)"
)
_MONTHS = "janv|fevr|mars|avril|mai|juin|juil|aout|sept|octo|nove|dece"
_DATE = rf"\d{{1,2}}(?:er)?[ ./-](?:\d{{1,2}}|(?:{_MONTHS})[a-z]*\.?)[ ./-]\d{{2,4}}"
_STREETS = (
    r"rue|avenue|av\.?|ave\.?|boulevard|boul\.?|bd\.?|blvd\.?|chemin|ch\.|route|rte|allees?"
    r"|impasse|quai|sentier|hameau|lotissement|esplanade|faubourg|chaussee|montee"
)
_OTHER_STREETS = r"place|cours|residence|cite|villa|passage|square|rang|cote|lieu[- ]dit"
_STREET_NAME = (
    r"(?:[ -](?:de|du|des|la|le|les|st|ste|saint|sainte|l'|d'))*"
    r"[ '-](?!(?:et|je|j|mais|pour|combien|est|ou|on|a|en|il|elle|qui|que|mon|ma)\b)[^\W\d_]+"
)
_CANADIAN_CODE = r"[abceghj-nprstvxy]\d[a-z] ?\d[a-z]\d"
_CODE = rf"(?:(?:f-?)?\d{{5}}|{_CANADIAN_CODE})"
_FLAT_OR_CODE = rf"(?:,? *(?:app?t?\.?|appartement|porte|#) ?\w+)?(?:,? *\b{_CODE}\b)?"
_NAMED_NUMBER = (
    r"(?:dossier|passeport|passport|demande|reference|ref|client|confirmation|iuc|uci|caq|mifi|ircc"
    r"|permis|visa|etudiant|ine|nas|identite|identification|permanent|sociale|carte|compte|recu)"
)
_CURRENCY = r"(?:\$|€|%|eur|dollar|cad|can\b|usd|k\b|f ?cfa|cfa|dh\b|dirham|dinar|da\b|franc|livre)"

Kept = Callable[[str, int, int], bool]
_Patterns = tuple[tuple[Removed, re.Pattern[str], Kept | None], ...]


def _digits(words: str) -> int:
    return sum(character.isdigit() for character in words)


def _is_amount(text: str, start: int, end: int) -> bool:
    """« 150 000 $ », « € 24 617 », « 100 000 »."""
    if re.match(rf" ?{_CURRENCY}", text[end:]) or re.search(r"[$€] ?$", text[:start]):
        return True
    return bool(re.fullmatch(r"\d{1,3}(?:[ .]\d{3})*[ .]000", text[start:end]))


def _is_dates(text: str, start: int, end: int) -> bool:
    """« 2026-2027 », « 01/09/2027 »: days and years everybody shares."""
    year = r"(?:19|20)\d\d"
    month = rf"\d{{1,2}}[./-]{year}"
    day = rf"\d{{1,2}}[ ./-]\d{{1,2}}[ ./-](?:{year}|\d\d)|{year}[./-]\d{{1,2}}[./-]\d{{1,2}}"
    return bool(re.fullmatch(rf"{year}(?:[ ./-]{year})*|{month}|{day}", text[start:end]))


def _is_no_reference(text: str, start: int, end: int) -> bool:
    words = text[start:end]
    short = _digits(words) < 6 or not (re.search(r"\d{4}", words) or _digits(words) >= 8)
    return short or _is_amount(text, start, end) or _is_dates(text, start, end)


def _is_no_code(text: str, start: int, end: int) -> bool:
    words = text[start:end]
    worth = re.fullmatch(r"\d+(?:eur|euros?|e|cad|dollars?|ke?|f|da|dh|km|fcfa)", words)
    return _digits(words) < 5 or worth is not None


def _is_no_labelled_number(text: str, start: int, end: int) -> bool:
    few = _digits(text[start:end]) < 4
    return few or _is_amount(text, start, end) or _is_dates(text, start, end)


def _is_no_iban(text: str, start: int, end: int) -> bool:
    return _digits(text[start:end]) < 10


# In this order: of two that overlap, the first gives its name to the whole. On flat text; what is
# removed is the group `it`, or all that matched.
_PATTERNS: _Patterns = tuple(
    (kind, re.compile(pattern), kept)
    for kind, pattern, kept in (
        (Removed.email, r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*", None),
        (
            Removed.email,
            r"\b(?:[\w+-]+ (?:point|dot) )*[\w.+-]+ ?(?:\(at\)|\[at\]|\barobase\b|\bat\b) ?"
            r"[\w-]+ ?(?:\.|\bpoint\b|\bdot\b) ?(?:com|fr|ca|net|org|be|ch|ma|dz|tn|sn|ci)\b",
            None,
        ),
        (
            Removed.link,
            r"\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*",
            None,
        ),
        (Removed.name, r"(?<!\w)@\w[\w.]+", None),
        (
            Removed.number,
            r"\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?\b",
            _is_no_iban,
        ),
        (Removed.phone, r"(?<!\w)(?:\+|00)\d[\d .()/-]{6,}\d", _is_dates),
        (Removed.phone, r"(?<![\w+])0[1-9](?:[ ./-]?\d\d){4}\b", _is_dates),
        (Removed.phone, r"(?<![\w+])0\d{2,3}[ ./-]\d\d[ .]?\d\d[ .]?\d\d\b", _is_dates),
        (Removed.phone, r"(?<!\w)\(?[2-9]\d\d\)?[ .-]?\d{3}[ .-]?\d{4}\b", _is_amount),
        (
            Removed.address,
            rf"\b\d{{1,5}} ?(?:bis|ter|quater|[a-d])?,? (?:{_STREETS})(?:{_STREET_NAME}){{1,3}}"
            rf"{_FLAT_OR_CODE}",
            None,
        ),
        (
            Removed.address,
            rf"\b(?:habite|loge|vis|adresse(?: est)?) ?:? ?(?:au |a |la )?"
            rf"(?P<it>(?:{_STREETS})(?:{_STREET_NAME}){{1,3}}{_FLAT_OR_CODE})",
            None,
        ),
        (
            Removed.address,
            rf"\b\d{{1,5}},? (?:{_OTHER_STREETS})\b[^\n]{{3,40}}?\b{_CODE}\b",
            _is_amount,
        ),
        (Removed.address, rf"\b{_CANADIAN_CODE}\b", None),
        (Removed.address, rf"\b(?:cp|code postal)(?: est)? ?:? ?(?P<it>{_CODE})\b", _is_amount),
        (Removed.date, rf"\b(?:nee?s?|naissance)(?: est)? ?(?:le |:)? ?(?P<it>{_DATE})", None),
        (
            Removed.number,
            rf"\b{_NAMED_NUMBER}\b[ .]*(?:n(?:umero|o|°)?[ .]*)?(?:est|:|=|#)?[ #]*"
            r"(?P<it>(?:[a-z]{1,4}-?)?\d[a-z0-9]*(?:[ .-]?\d[a-z0-9]*)*)\b",
            _is_no_labelled_number,
        ),
        (Removed.number, r"\b[a-z]{4} ?\d{4} ?\d{4}\b", _is_dates),
        (
            Removed.number,
            r"\b(?=[a-z]*\d)(?=[\d-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*\b",
            _is_no_code,
        ),
        (Removed.number, r"(?<![\w$€,])\d(?:[ ./-]?\d){5,}(?!\w)", _is_no_reference),
    )
)


@cache
def _patterns_of(kinds: tuple[Removed, ...]) -> _Patterns:
    return tuple(each for each in _PATTERNS if each[0] in kinds)


def _patterns(text: str, kinds: tuple[Removed, ...] = tuple(Removed)) -> Iterator[Span]:
    plain = flat(text)
    for kind, pattern, kept in _patterns_of(kinds):
        for match in pattern.finditer(plain):
            start, end = match.span("it" if "it" in pattern.groupindex else 0)
            if kept is None or not kept(plain, start, end):
                yield Span(start, end, kind)
    if Removed.address not in kinds:
        return
    for match in re.finditer(r"\b(\d{5}) +(\w)\w", text):  # « 75011 Paris »
        if match[2].isupper() and not _is_amount(plain, *match.span(1)):
            yield Span(*match.span(1), Removed.address)


def _replace(text: str, spans: Iterable[Span]) -> str:
    redacted, done = [], 0
    for span in _merged(text, spans):
        redacted += [text[done : span.start], span.kind.words]
        done = span.end
    return "".join([*redacted, text[done:]])


# Between two words of one name: « Anne de la Tour ».
_JOINS = re.compile(r"[ '-]*(?:(?:de|du|des|d|la|le|el|al|ben|bin|ibn|van|von|di|da)[ '-]+)*")


def _merged(text: str, spans: Iterable[Span]) -> list[Span]:
    """In order, none over another; two of a kind with hardly anything between them are one."""
    ranked = list(enumerate(spans))
    merged: list[tuple[int, Span]] = []
    for rank, span in sorted(ranked, key=lambda each: each[1].start):
        first_rank, last = merged[-1] if merged else (rank, Span(0, 0, span.kind))
        joined = _JOINS.fullmatch(flat(text[last.end : span.start])) is not None
        if merged and (span.start < last.end or (joined and span.kind is last.kind)):
            kind = last.kind if first_rank <= rank else span.kind
            whole = Span(last.start, max(last.end, span.end), kind)
            merged[-1] = (min(first_rank, rank), whole)
        else:
            merged.append((rank, span))
    return [span for _, span in merged]
