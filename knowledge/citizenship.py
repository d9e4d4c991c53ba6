"""What somebody says of their own citizenship, and nothing more than they say.

Saying the French citizens' rule to someone who is not one is among the worst errors there are, so
only a plain statement in the first person counts; a wish, a negation, somebody else's citizenship
or two at once do not make anybody French. When in doubt nothing is read, and it is asked.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from knowledge.folding import fold
from knowledge.schema import Citizenship

_FILE = Path(__file__).with_name("citizenships.yml")
_CLAUSE = re.compile(
    r"[.,;:!?\n]+|\bmais\b|\bcar\b"
    r"|\bet (?=(?:je|j'|ma|mon|mes|elle|il|on|la|le|les|combien|suis|est|quel|comment)\b)",
    re.IGNORECASE,
)
_SELF = (
    r"(?:je (?:ne )?suis|j ?suis|chuis?|on est|nous sommes|i am|i m"
    r"|(?:j ai|on a|avons) (?:aussi )?(?:la |une |un )?(?:double )?(?:nationalite|passeport)"
    r"|(?:de|ma) nationalite(?: est| c est)?|citoyen(?:ne)?)"
)
_NOT_SO = re.compile(
    r"\b(?:pas|ni|plus|sans|jamais|bientot|demande|demander|vais|devenir|futur|future|attends)\b"
)
_PAPER = re.compile(r"\b(?:nationalite|passeport|citoyennete)\b")
_DUAL = re.compile(r"\bfranco (?:canad|quebec)|\bresidente? permanente?\b")
_BARE_WORDS = 6


@cache
def _forms() -> dict[Citizenship, str]:
    words: dict[str, str] = yaml.safe_load(_FILE.read_text("utf-8"))
    return {Citizenship(name): rf"(?:{'|'.join(said.split())})" for name, said in words.items()}


@cache
def _stated() -> dict[Citizenship, re.Pattern[str]]:
    return {
        citizenship: re.compile(rf"\b{_SELF}(?: \w+){{0,2}} {forms}\b")
        for citizenship, forms in _forms().items()
    }


def stated(text: str) -> Citizenship | None:
    """The citizenship a message states of its writer; None when it states none, or too much."""
    said = {found for clause in _CLAUSE.split(text) for found in _in_clause(fold(clause))}
    if said == {Citizenship.france, Citizenship.canada}:
        return Citizenship.canada
    return said.pop() if len(said) == 1 else None


def _in_clause(clause: str) -> Iterator[Citizenship]:
    if _DUAL.search(clause) and re.search(rf"\b{_SELF}\b", clause):
        yield Citizenship.canada
        return
    if _NOT_SO.search(clause):
        about_france = re.search(rf"\b{_forms()[Citizenship.france]}\b", clause)
        if about_france and (_PAPER.search(clause) or re.search(rf"\b{_SELF}\b", clause)):
            yield Citizenship.other
        return
    for citizenship, pattern in _stated().items():
        if pattern.search(clause):
            yield citizenship


def replied(text: str) -> Citizenship | None:
    """The citizenship in a short reply to « quelle est votre citoyenneté? »: « belge », « elle est
    française », « autre ». None when the reply says none, or several."""
    folded = fold(text)
    if len(folded.split()) > _BARE_WORDS:
        return stated(text)
    if _DUAL.search(folded):
        return Citizenship.canada
    if re.search(r"\bunion europeenne\b", folded):
        return Citizenship.european_union
    said = {c for c, forms in _forms().items() if re.search(rf"\b{forms}\b", folded)}
    if len(said) != 1:
        return None
    [citizenship] = said
    if _NOT_SO.search(folded):
        return Citizenship.other if citizenship is Citizenship.france else None
    return citizenship
