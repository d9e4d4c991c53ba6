"""A reply to a question about one part of a project, read as that part is kept."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from knowledge import at_hand, citizenship
from knowledge.folding import fold
from knowledge.told.household import replied_household
from knowledge.told.sessions import replied_term, terms_out_of, told_term
from knowledge.told.statements import is_asking, only_institution, wanted, without, years
from knowledge.told.words import first, only, pattern, patterns, raw

_AGE = re.compile(r"\b([1-9]\d)\b(?! ?(?:mois|jours|semaines))")
_OWN_AGE = re.compile(r"\b(?:j ai|jai|g|elle a|il a|ma fille a|mon fils a) (1\d|[2-5]\d) ans\b")
# A bare « 28 » may be a year.
_ONLY_AGE = re.compile(r"\b(?:(?:1\d|[2-5]\d) ans|1[3-9]|2[0-5])\b")
_OF_AGE = 18
_OLDEST = 80
_LEVEL = r"\b(?:maitrise|master|doctorat|dess|these|dec|aec|bac|baccalaureat|bachelor|licence)\b"
_FIELD = re.compile(
    rf"{_LEVEL}[\w\s]*?\s(?:en|dans|de|d['’]|sur)\s?(?P<field>(?:(?!\s(?:à|a|au|chez|pour)\s)[^.,;!?])+)",
    re.I,
)
_NO_FIELD = re.compile(r"^(?:l['’]?universite|quebec|universite|cegep|2027|2028|septembre)\b")
_LONGEST_FIELD = 60

OUT_OF_TURN = ("citizenship", "institution", "start_term", "age", "housing", "level", "diploma")
"""What a message may say that was not asked, if it says only that; a level before a diploma."""

Read = Callable[[str, date], str | None]


def reply(part: str, text: str, on: date) -> str | None:
    """What `text` answers when `part` was asked, as the slot of that name keeps it; None when it
    says nothing readable, or two things."""
    return _READERS[part](text, on)


def told(text: str, on: date) -> dict[str, str]:
    """What a message says by itself, whatever was asked: only what is said outright."""
    return dict(_told(text, on))


def alone(parts: Iterable[str], text: str, on: date) -> dict[str, str]:
    """The first of some parts that a message answers if it says nothing else: « 19 ans », « en
    maîtrise », whatever was asked, and whatever it looks like."""
    for part in parts:
        if (value := _alone(part, text, on)) is not None:
            return {part: value, **nationality(part, text)}
    return {}


def told_when_asked(part: str | None, text: str, on: date) -> dict[str, str]:
    """What a message says that says nothing outright: the answer to `part`, or only one thing."""
    if part is not None and (value := reply(part, text, on)) is not None:
        return {part: value, **nationality(part, text)}
    return alone(OUT_OF_TURN, text, on)


def nationality(part: str, text: str) -> dict[str, str]:
    """With a citizenship, the country that was said: « marocaine »."""
    if part != "citizenship":
        return {}
    found = citizenship.replied(text)
    return {"nationality": found.name} if found and found.name else {}


def is_at_university(text: str) -> bool:
    """« la fac »: one of its two levels, but which?"""
    return pattern("university").search(fold(text)) is not None


def outright(text: str, on: date) -> dict[str, str]:
    """What is said so plainly that nothing else is meant: an admission, an age, the level of one's
    project."""
    if is_asking(text):
        return {}
    found = told(text, on)
    kept = ("admitted", "start_term", "age") if "admitted" in found else ("age",)
    said = {part: value for part, value in found.items() if part in kept}
    aimed = level(text)
    return {**said, "level": aimed} if aimed else said


def only_age(text: str) -> dict[str, str]:
    """« 19 ans », « moi j'ai 18 ans »: nothing but an age."""
    said = pattern("years").fullmatch(fold(text))
    return {"age": _age_of(int(said["years"]))} if said else {}


def age(text: str) -> str | None:
    """The age somebody says: « je suis française, 19 ans »."""
    said = years(text)
    return None if said is None else _age_of(said)


def level(text: str) -> str | None:
    """The level of somebody's own project."""
    return _level_in(wanted(text))


def is_correcting(text: str) -> bool:
    """« finalement… », « non, … »."""
    return pattern("correcting").search(fold(text)) is not None


def is_supposing(text: str) -> bool:
    """« et si je pars en janvier ? », and no other question."""
    folded = fold(text)
    asks = pattern("asking").search(folded) is not None
    return not asks and pattern("what_if").search(folded) is not None


def may_be_several_diplomas(text: str) -> bool:
    """« bac +2 » is a number of years, not a diploma."""
    return pattern("years_after_bac").search(fold(text)) is not None


def is_of_immigration(text: str) -> bool:
    """Whether a message speaks of a permit, a visa, a CAQ or what is decided of them."""
    return pattern("immigration").search(fold(text)) is not None


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
    admitted = _admitted_told(folded)
    term = told_term(text, on) or (replied_term(wanted(text), on) if admitted == "yes" else None)
    if term is not None:
        yield "start_term", str(term)
    if admitted is not None:
        yield "admitted", admitted
    if (housing := _housing_told(folded)) is not None:
        yield "housing", housing
    if own := _OWN_AGE.search(folded):
        yield "age", _age_of(int(own[1]))
    elif (said := age(text)) is not None:
        yield "age", said
    if (level := _level_aimed(folded)) is not None:
        yield "level", level
        if (subject := field(text)) is not None:
            yield "field", subject


def _level_aimed(folded: str) -> str | None:
    """The level that follows words of wanting: « finalement en maîtrise »."""
    aimed = pattern("level_aimed").search(folded)
    if aimed is None:
        return None
    return _level_in(folded[aimed.end() :])


def _level_in(said: str) -> str | None:
    """« bac » alone is a French diploma as often as a baccalauréat."""
    for name in ("denied", "behind", "bare_bac"):
        said = without(name, said)
    return only(patterns("level"), said)


def _alone(part: str, text: str, on: date) -> str | None:
    folded = fold(text)
    match part:
        case "citizenship":
            found = citizenship.answered(text)
            return found.citizenship.value if found else None
        case "institution":
            rest = " ".join(at_hand.names().besides_institutions(text))
        case "start_term":
            rest = terms_out_of(folded)
        case "age":
            rest = _out_of(folded, [_ONLY_AGE, *patterns("age").values()])
        case "housing":
            rest = _out_of(folded, patterns("housing_plain").values())
        case "level" | "diploma":
            rest = _out_of(folded, patterns(part).values())
        case _:
            return None
    if rest == folded or any(not pattern("small").fullmatch(token) for token in rest.split()):
        return None
    return reply(part, text, on)


def _out_of(folded: str, said: Iterable[re.Pattern[str]]) -> str:
    for form in said:
        folded = form.sub(" ", folded)
    return " ".join(folded.split())


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
    return found.citizenship.value if found else None


def _level(text: str, on: date) -> str | None:
    said = without("behind", without("denied", text))
    found = only(patterns("level"), said)
    return None if found == "cegep" and is_at_university(said) else found


def _diploma(text: str, on: date) -> str | None:
    """The highest, unless somebody hesitates."""
    said = without("denied", text)
    hesitates = re.search(r"\bou\b", said) and only(patterns("diploma"), said) is None
    return None if hesitates else first(patterns("diploma"), said)


def _institution(text: str, on: date) -> str | None:
    return only_institution(text)


def _start_term(text: str, on: date) -> str | None:
    term = replied_term(text, on)
    return str(term) if term else None


def _admitted(text: str, on: date) -> str | None:
    folded = fold(text)
    return first(patterns("admitted"), folded) or _yes_or_no(text, yes="yes", no="no")


def _age(text: str, on: date) -> str | None:
    folded = fold(text)
    for words, number in raw()["numbers"].items():
        folded = re.sub(rf"\b{words}\b", str(number), folded)
    if (said := first(patterns("age"), folded)) is not None:
        return said
    if written := _AGE.search(folded):
        return _age_of(int(written[1])) if int(written[1]) <= _OLDEST else None
    return _yes_or_no(text, yes="adult", no="minor")


def _yes_or_no(text: str, *, yes: str, no: str) -> str | None:
    """« oui », « non, pas encore », and nothing else: « non je me suis trompé » answers nothing."""
    around = raw()["around"]
    words = re.compile(rf"(?:{around} )*(?P<said>.+?)(?: {around})*").fullmatch(fold(text))
    said = words["said"] if words else ""
    for value, name in ((yes, "says_yes"), (no, "says_no")):
        if re.fullmatch(rf"(?:{raw()[name]} ?)+", said):
            return value
    return None


def _age_of(years: int) -> str:
    return "adult" if years >= _OF_AGE else "minor"


def _housing(text: str, on: date) -> str | None:
    return first(patterns("housing"), fold(text))


def _household(text: str, on: date) -> str | None:
    return replied_household(text)


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
