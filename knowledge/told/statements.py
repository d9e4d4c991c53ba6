"""What a message states, apart from what it asks; what it states of its writer's own project."""

import re

from knowledge import at_hand
from knowledge.folding import fold
from knowledge.told.words import pattern

_ASKS_HERE = (
    r"(?:et |mais |du coup |donc |alors )?(?:combien|cb|cmb|comment|cmt|pourquoi|pk|est[- ]ce"
    r"|c['’ ]?est (?:quoi|combien|où|ou|quand|cher|long)|quand est|quels?|quelles?"
    r"|puis[- ]je|dois[- ]je|peut[- ]on|faut[- ]il|il faut quoi|je (?:peux|dois)|y a[- ]t)\b"
)
_CLAUSES = re.compile(
    rf"(?<=[?!.;,\n])\s+|\s+(?=mais\b)|\s+(?=et (?:je|j['’ ]|on|ma|mon)\b)|\s+(?={_ASKS_HERE})",
    re.IGNORECASE,
)


def is_asking(text: str) -> bool:
    """Whether a clause asks something; « laval ? » only hesitates, and does too."""
    return "?" in text or pattern("asking").search(fold(text)) is not None


def parted(text: str) -> tuple[str, str]:
    """What a message states, and what it asks."""
    clauses = _clauses(text)
    asked = [clause for clause in clauses if is_asking(clause)]
    return " ".join(c for c in clauses if c not in asked), " ".join(asked)


def own(text: str) -> str:
    """What it states of its writer, or of the child who leaves: « ma cousine est à Laval » and
    « c'est combien à Laval? » are not."""
    return " ".join(clause for clause in _clauses(text) if _is_own(clause))


def wanted(text: str) -> str:
    """What follows the words of somebody's own project, folded: « je vise un bac à Laval »; empty
    when there are none."""
    return _after("own", text)


def institution(text: str) -> str | None:
    """The id of the one institution that somebody says to aim at, or to be in."""
    said = wanted(text) or _after("is_at", text)
    return None if pattern("only_about").search(said) else only_institution(said)


def only_institution(text: str) -> str | None:
    """The only one that is named; who denies one (« pas Laval ») does not name it."""
    named = at_hand.names().institutions(without("denied", text))
    return named[0] if len(named) == 1 else None


def own_diploma(text: str) -> str:
    """Where somebody says their own diploma, folded: in a question too, « mon BTS »; what a level
    is wanted of (« en maîtrise ») is none."""
    clauses = [clause for clause in _clauses(text) if _is_own(clause) or _is_mine(clause)]
    said = without("denied", " ".join(clauses))
    marked = pattern("own").search(said)
    aims = marked is not None and not pattern("mine").search(said[marked.end() :])
    return said[: marked.start()].strip() if marked and aims else said


def of_nobody_else(text: str) -> str:
    """The message, folded, without what it says of others."""
    return " ".join(fold(clause) for clause in _clauses(text) if not _of_somebody_else(clause))


def years(text: str) -> int | None:
    """The age that a clause says, and nothing else: « je suis française, 19 ans »."""
    only = (pattern("years").fullmatch(fold(clause)) for clause in _clauses(own(text)))
    return next((int(said["years"]) for said in only if said), None)


def without(name: str, text: str) -> str:
    """A text, folded, without what a pattern finds."""
    return " ".join(pattern(name).sub(" ", fold(text)).split())


def _after(name: str, text: str) -> str:
    folded = fold(own(text))
    after = (folded[marked.end() :].strip() for marked in pattern(name).finditer(folded))
    return next((said for said in after if not said.startswith("pas ")), "")


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSES.split(text.strip()) if clause]


def _is_own(clause: str) -> bool:
    folded = fold(clause)
    if is_asking(clause) and not pattern("request").search(folded):
        return False
    return not _of_somebody_else(clause)


def _is_mine(clause: str) -> bool:
    folded = fold(clause)
    supposed = pattern("supposed").search(folded)
    return not supposed and pattern("mine").search(folded) is not None


def _of_somebody_else(clause: str) -> bool:
    folded = fold(clause)
    others = pattern("somebody_else").search(folded)
    return others is not None and not pattern("of_self").search(folded[: others.start()])
