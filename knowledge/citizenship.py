"""What somebody says of their own citizenship, and nothing more than they say.

Saying the French citizens' rule to someone who is not one is among the worst errors there are, so
only a plain statement in the first person counts; a wish, a negation, an origin or somebody else's
citizenship make nobody French. Who says to be French and something else is French, and follows the
Canadians' rules if the other is Canada. When in doubt nothing is read, and it is asked.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from knowledge.folding import fold
from knowledge.schema import Citizenship

_FILE = Path(__file__).with_name("citizenships.yml")
_CLAUSE = re.compile(
    r"[.,;:!?\n]+|\bmais\b|\bcar\b"
    r"|\bet (?=(?:je|j'|ma|mon|mes|elle|il|on|la|le|les|combien|suis|est|quel|comment)\b)",
    re.IGNORECASE,
)
_BUT = re.compile(r"\bmais\b", re.IGNORECASE)
_SELF = (
    r"(?:je (?:ne )?suis|j ?suis|chuis?|on est|nous sommes|i am|i m"
    r"|(?:j ai|on a|avons) (?:aussi )?(?:les |la |une |un )?(?:deux |double )?"
    r"(?:nationalite|passeport|citoyennete)s?"
    r"|double nationalite|(?:de|ma) nationalite(?: est| c est)?|citoyen(?:ne)?|binationale?)"
)
_SOMEBODY_ELSE = re.compile(
    r"\b(?:mere|pere|parents?|mari|femme|conjointe?|epou(?:x|se)|copain|copine|frere|soeur"
    r"|cousine?|amie?s?|oncle|tante)\b.* (?:est|sont) de nationalite\b"
)
_NOT_SO = re.compile(
    r"\b(?:pas|ni|plus|sans|non|jamais|bientot|demande|demander|vais|devenir|futur|future|attends)\b"
)
_PAPER = re.compile(r"\b(?:nationalite|passeport|citoyennete)\b")
_RESIDENT = re.compile(r"\bresidente? permanente?\b")
_JOINED = r"(?:et(?: (?:de|la|aussi|nationalite))*|ou)"
_PERSON = (
    r"(?:etudiante?s?|lyceen(?:ne)?s?|jeunes?|personnes?|gens|citoyen(?:ne)?s?|ressortissante?s?"
    r"|copains?|copines?|amie?s?|mari|femme|conjointe?|compagn(?:e|on)|frere|soeur|cousine?|fils"
    r"|fille|parents?|pote)"
)
_FOR = (
    r"(?:pour|pr|avec|chez|aux?|si (?:on|elle|il|je) (?:est|suis|etais?)|quand on est|et)"
    rf" (?:(?:les?|la|l|une?|des|d|mon|ma|mes|ton|notre) )?(?:{_PERSON} )?"
    r"(?:(?:qui (?:est|sont|a)|de nationalite|de|d un|un|la|passeport|nationalite) )*"
)
_BARE_WORDS = 6
_OF_COUNTRY = re.compile(r"^(?:du|de la|de l|des|d|le|la|les|l) ")
_FRENCH = "FR"


@dataclass(frozen=True)
class Nationality:
    """`citizenship` is whose rules apply; `name` is what it is called (« marocaine », « française
    et marocaine »), if a country was said."""

    citizenship: Citizenship
    name: str | None = None


@dataclass(frozen=True)
class _Country:
    nationality: Nationality
    forms: str


@cache
def _raw() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return raw


@cache
def _countries() -> dict[str, _Country]:
    """By their codes."""
    return {
        code: _Country(Nationality(citizenship, name), _forms(code, name))
        for citizenship in Citizenship
        for code, name in _raw()[citizenship.value].items()
    }


def _forms(code: str, name: str) -> str:
    """« algérienne » → « algerien », « algeriennes »…"""
    folded = fold(name)
    said = f"{folded[:-2]}(?:ne)?s?" if folded.endswith("nne") else f"{folded[:-1]}e?s?"
    return rf"(?:{'|'.join([said, *_raw()['also'].get(code, '').split()])})"


@cache
def _any() -> str:
    return rf"(?:{'|'.join(country.forms for country in _countries().values())})"


@cache
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written)


def citizenship_of(name: str) -> Citizenship | None:
    """Whose rules apply to a nationality by its name."""
    known = {c.nationality.name: c.nationality.citizenship for c in _countries().values()}
    groups = {known[one] for one in name.split(" et ") if one in known}
    return _of_both(groups)


def stated(text: str) -> Nationality | None:
    """The citizenship a message states of its writer; None when it states none, or too much."""
    clauses = [fold(clause) for clause in _CLAUSE.split(text)]
    found = [one for clause in clauses for one in _in_clause(clause)]
    if any(re.search(rf"\b{_SELF}\b", clause) for clause in clauses):
        found += _after_but(text)
    return _one(found)


def replied(text: str) -> Nationality | None:
    """The citizenship in a short reply to « quelle est votre citoyenneté? »: « belge », « elle est
    française », « autre ». None when the reply says none, or several."""
    if (plain := answered(text)) is not None or (plain := stated(text)) is not None:
        return plain
    folded = fold(text)
    if len(folded.split()) > _BARE_WORDS:
        return None
    if _RESIDENT.search(folded):
        return Nationality(Citizenship.canada)
    found = list(_named(folded))
    doubtful = "franco" in folded or _NOT_SO.search(folded)
    if doubtful or any(one.citizenship is Citizenship.france for one in found):
        return None
    return _one(found)


def asked_for(text: str) -> Nationality | None:
    """Whose rule a message asks for, without saying that it is its writer's: « et pour mon copain
    belge ? », « c'est combien pour un français ? ». None when it names none, or several."""
    folded = fold(text)
    said = _pattern(rf"\b{_FOR}(?P<said>{_several()})\b").search(folded)
    return None if said is None else _one(list(_all(said["said"])))


def asks_only_for(text: str) -> bool:
    """Whether that is all that a message says: « et un suisse ? »."""
    around = r"(?:ok|et|mais|alors|pareil|idem|sinon|du coup|svp|stp|merci)"
    form = rf"(?:{around} )*{_FOR}(?:{_several()})(?: {around})*"
    return _pattern(form).fullmatch(fold(text)) is not None


def answered(text: str) -> Nationality | None:
    """The same, if the reply says that and nothing else: then it is one, whatever it looks like."""
    clauses = [folded for clause in _CLAUSE.split(text) if (folded := fold(clause))]
    found = [_bare(clause) for clause in clauses if not _is_only_around(clause)]
    return _one([one for one in found if one]) if all(found) else None


def _in_clause(clause: str) -> Iterator[Nationality]:
    if _SOMEBODY_ELSE.search(clause):
        return
    about_self = _pattern(rf"\b{_SELF}\b").search(clause)
    if _NOT_SO.search(clause):
        about_france = _pattern(rf"\b{_countries()[_FRENCH].forms}\b").search(clause)
        if about_france and (_PAPER.search(clause) or about_self):
            yield Nationality(Citizenship.other)
        return
    if about_self and _RESIDENT.search(clause):
        yield Nationality(Citizenship.canada)
    after_self = rf"\b{_SELF}(?: {_raw()['between']}){{0,3}} "
    said = _pattern(rf"{after_self}(?P<said>{_several()})\b").search(clause)
    if said:
        yield from _all(said["said"])
    for group, forms in _raw()["unnamed"].items():
        if _pattern(rf"{after_self}(?:{forms})\b").search(clause):
            yield Nationality(Citizenship(group))


def _several() -> str:
    """« franco-marocain », « français et marocain », « belge »."""
    franco = rf"franco (?:{_any()}|quebec)"
    return rf"{franco}|{_any()}(?: {_JOINED} {_any()})?"


def _all(said: str) -> Iterator[Nationality]:
    """« franco-marocain » is French, and Moroccan as well: French law decides, not the other."""
    if " ou " in said:
        return
    names = list(_named(said))
    if said.startswith("franco "):
        names.insert(0, _countries()[_FRENCH].nationality)
    groups = _of_both({one.citizenship for one in names})
    if groups is not None:
        yield Nationality(groups, " et ".join(dict.fromkeys(one.name for one in names if one.name)))


def _of_both(groups: set[Citizenship]) -> Citizenship | None:
    """Whose rules apply to who has all of these citizenships; None when it is not clear."""
    for first in (Citizenship.canada, Citizenship.france):
        if first in groups:
            return first
    return next(iter(groups)) if len(groups) == 1 else None


def _after_but(text: str) -> Iterator[Nationality]:
    """« je suis né en France mais algérien »."""
    for rest in _BUT.split(text)[1:]:
        found = _bare(fold(_CLAUSE.split(rest)[0]))
        if found is not None and found.citizenship is not Citizenship.france:
            yield found


def _bare(clause: str) -> Nationality | None:
    """What a clause says that says nothing else: « fr », « pas française », « du Maroc »."""
    around = _raw()["around"]
    for group, forms in _raw()["unnamed"].items():
        if _pattern(rf"(?:{around} )*(?:{forms})").fullmatch(clause):
            return Nationality(Citizenship(group))
    denied = _pattern(rf"(?:{around} )*(?:ne |n )?(?:{around} )*(?:pas|non)(?: {around})* {_any()}")
    if denied.fullmatch(clause):
        denies_french = _pattern(rf"\b{_countries()[_FRENCH].forms}\b").search(clause)
        return Nationality(Citizenship.other) if denies_french else None
    said = _pattern(rf"(?:{around} )*(?P<said>{_several()})(?: {around})*").fullmatch(clause)
    if said:
        return _one(list(_all(said["said"])))
    return _country(clause)


def _is_only_around(clause: str) -> bool:
    return _pattern(rf"(?:(?:{_raw()['around']}|non) ?)+").fullmatch(clause) is not None


def _country(clause: str) -> Nationality | None:
    """« Maroc »; only the word alone for France, where many live who are not French."""
    found = _by_country().get(_OF_COUNTRY.sub("", clause))
    is_french = found is not None and found.citizenship is Citizenship.france
    return None if is_french and len(clause.split()) > 1 else found


@cache
def _by_country() -> dict[str, Nationality]:
    """By the names of their countries, folded."""
    names = Locale("fr").territories
    return {fold(names[code]): country.nationality for code, country in _countries().items()}


def _named(folded: str) -> Iterator[Nationality]:
    for group, forms in _raw()["unnamed"].items():
        if _pattern(rf"\b(?:{forms})\b").search(folded):
            yield Nationality(Citizenship(group))
            return
    places = [
        (found.start(), country.nationality)
        for country in _countries().values()
        if (found := _pattern(rf"\b{country.forms}\b").search(folded))
    ]
    yield from (nationality for _, nationality in sorted(places, key=lambda place: place[0]))


def _one(found: Iterable[Nationality]) -> Nationality | None:
    """What is said several times, or of one group; two groups are none, save both of Canada and of
    France."""
    found = list(dict.fromkeys(found))
    groups = {one.citizenship for one in found}
    if groups == {Citizenship.france, Citizenship.canada}:
        return Nationality(Citizenship.canada)
    if len(groups) != 1:
        return None
    names = dict.fromkeys(one.name for one in found if one.name)
    return Nationality(groups.pop(), " et ".join(names) or None)
