"""A reply to a question about one part of a project, read as that part is kept."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from knowledge import at_hand, citizenship
from knowledge.folding import fold
from knowledge.told.household import replied_household
from knowledge.told.sessions import replied_term, told_term
from knowledge.told.words import first, pattern, patterns, raw

_AGE = re.compile(r"\b([1-9]\d)\b(?! ?(?:mois|jours|semaines))")
_OWN_AGE = re.compile(r"\b(?:j ai|jai|g|elle a|il a|ma fille a|mon fils a) (1\d|[2-5]\d) ans\b")
_OF_AGE = 18
_OLDEST = 80
_LEVEL = r"\b(?:maitrise|master|doctorat|dess|these|dec|aec|bac|baccalaureat|bachelor|licence)\b"
_FIELD = re.compile(rf"{_LEVEL}[\w\s]*?\s(?:en|dans|de|d['’]|sur)\s?(?P<field>[^.,;!?]+)", re.I)
_NO_FIELD = re.compile(r"^(?:l['’]?universite|quebec|universite|cegep|2027|2028|septembre)\b")
_LONGEST_FIELD = 60

Read = Callable[[str, date], str | None]


def reply(part: str, text: str, on: date) -> str | None:
    """What `text` answers when `part` was asked, as the slot of that name keeps it; None when it
    says nothing readable, or two things."""
    return _READERS[part](text, on)


def told(text: str, on: date) -> dict[str, str]:
    """What a message says by itself, whatever was asked: only what is said outright."""
    return dict(_told(text, on))


def is_asking(text: str) -> bool:
    """Whether a clause asks something; « laval ? » only hesitates, and does too."""
    return "?" in text or pattern("asking").search(fold(text)) is not None


def is_correcting(text: str) -> bool:
    """« finalement… », « non, … »."""
    return pattern("correcting").search(fold(text)) is not None


def is_rejecting(text: str) -> bool:
    """« c’est pas ma question », « non mais… »: said of the answer before."""
    return pattern("rejecting").search(fold(text)) is not None


def is_rude(text: str) -> bool:
    """Whether a message that asks nothing holds an insult."""
    return pattern("rude").search(fold(text)) is not None


def field(text: str) -> str | None:
    """« une maîtrise en informatique » → « informatique »."""
    found = _FIELD.search(_plain(text))
    if not found:
        return None
    wanted = " ".join(text[found.start("field") : found.end("field")].split())
    if not wanted or len(wanted) > _LONGEST_FIELD or _NO_FIELD.search(fold(wanted)):
        return None
    return wanted


def _plain(text: str) -> str:
    """The same places, without the accents that patterns would stumble on."""
    accents = str.maketrans("éèêëàâîïôùûç", "eeeeaaiiouuc")
    return text.casefold().translate(accents) if len(text.casefold()) == len(text) else text


def _told(text: str, on: date) -> Iterator[tuple[str, str]]:
    folded = fold(text)
    if (term := told_term(text, on)) is not None:
        yield "start_term", str(term)
    if (admitted := _admitted_told(folded)) is not None:
        yield "admitted", admitted
    if (housing := _housing_told(folded)) is not None:
        yield "housing", housing
    if own := _OWN_AGE.search(folded):
        yield "age", _age_of(int(own[1]))
    if (level := _level_aimed(folded)) is not None:
        yield "level", level
        if wanted := field(text):
            yield "field", wanted


def _level_aimed(folded: str) -> str | None:
    """The level that follows words of wanting: « finalement en maîtrise »."""
    aimed = pattern("level_aimed").search(folded)
    if aimed is None:
        return None
    said = folded[aimed.end() :]
    # « bac » alone is a French diploma as often as a baccalauréat.
    said = re.sub(r"\bbac\b(?! universitaire)", "", said)
    return _only(patterns("level"), said)


def _housing_told(folded: str) -> str | None:
    """« finalement je serai en coloc »."""
    aimed = pattern("housing_told").search(folded)
    return first(patterns("housing_plain"), folded[aimed.end() :]) if aimed else None


def _admitted_told(folded: str) -> str | None:
    for value, said in patterns("admitted_told").items():
        found = said.search(folded)
        if found and not pattern("supposing").search(folded[: found.start()]):
            return value
    return None


def _citizenship(text: str, on: date) -> str | None:
    found = citizenship.replied(text)
    return found.value if found else None


def _level(text: str, on: date) -> str | None:
    return _only(patterns("level"), fold(text))


def _diploma(text: str, on: date) -> str | None:
    return first(patterns("diploma"), fold(text))


def _institution(text: str, on: date) -> str | None:
    return at_hand.names().institution(text)


def _start_term(text: str, on: date) -> str | None:
    term = replied_term(text, on)
    return str(term) if term else None


def _admitted(text: str, on: date) -> str | None:
    return first(patterns("admitted"), fold(text))


def _age(text: str, on: date) -> str | None:
    folded = fold(text)
    for words, number in raw()["numbers"].items():
        folded = re.sub(rf"\b{words}\b", str(number), folded)
    if (said := first(patterns("age"), folded)) is not None:
        return said
    if written := _AGE.search(folded):
        return _age_of(int(written[1])) if int(written[1]) <= _OLDEST else None
    if pattern("age_no").search(folded):
        return "minor"
    return "adult" if pattern("age_yes").search(folded) else None


def _age_of(years: int) -> str:
    return "adult" if years >= _OF_AGE else "minor"


def _housing(text: str, on: date) -> str | None:
    return first(patterns("housing"), fold(text))


def _household(text: str, on: date) -> str | None:
    return replied_household(text)


def _only(found_in: Mapping[str, re.Pattern[str]], folded: str) -> str | None:
    """The one value that is said; two at once are none."""
    said = [value for value, form in found_in.items() if form.search(folded)]
    return said[0] if len(said) == 1 else None


_READERS: Mapping[str, Read] = {
    "citizenship": _citizenship,
    "diploma": _diploma,
    "level": _level,
    "institution": _institution,
    "start_term": _start_term,
    "admitted": _admitted,
    "age": _age,
    "housing": _housing,
    "household": _household,
}
