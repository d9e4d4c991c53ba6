"""Reads a first name or an e-mail address out of what somebody writes when asked for one.

Names of every origin must pass, so nothing is guessed from which names are common: what is written
like a name is one, unless it holds the words of a question.
"""

import re

_SHORTEST, _LONGEST = 2, 40
_MOST_WORDS = 4
_GREETED = re.compile(
    r"^(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|allo)[ ,.!]+(?=\w)", re.IGNORECASE
)
_INTRODUCED = re.compile(
    r"^(?:je m ?['’ ]? ?appelle|j?m['’]?appelle|moi,? c ?['’ ]? ?est"
    r"|mon (?:pr[ée])?nom (?:est|c['’]est)|(?:pr[ée])?nom ?:|appelez[- ]moi|moi"
    r"|my name(?: is|['’]s)|i(?: a|['’])?m|it['’]?s|this is|(?:just )?call me)(?:\b|(?<=:))\s*",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"[,;.!?(]|\bet (?:toi|vous)\b|\s\d", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[^\w\s'’.-]|\d|_")
_NAME = re.compile(r"[^\W\d_]+(?:[ '’.-]+[^\W\d_]+)*\.?")
_QUESTION = re.compile(
    r"\b(?:combien|quand|comment|pourquoi|quoi|quels?|quelles?|c ?['’]? ?est|est[- ]ce"
    r"|o[ùu] |qui|que|je|j['’]|tu|vous|il|elle|on|un|une|des|pour|pas|faut|peut|peux|veux"
    r"|voudrais|avec|mon|ma|mes"
    r"|caq|permis|visa|merci|bonjour|bonsoir|salut|coucou|hello|hi|hey|allo|ciao|bye|cool|super"
    r"|ok|oui|non|annuler|stop|mdr|lol)\b",
    re.IGNORECASE,
)
_VOWEL = re.compile(r"[aeiouyœæ]|[^a-z\W\d_]", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s,;:<>()\[\]]+@[^\s,;:<>()\[\]]+")
_NO_EMAIL = re.compile(
    r"\b(?:non|pas|sans|aucune?|no|nope|plus tard|passer|passe|inutile|t[ée]l[ée]phone|tel)\b"
    r"|\bj['’ ]?en ai pas\b",
    re.IGNORECASE,
)


def first_name(text: str) -> str | None:
    """« salut moi c'est léa-marie 🙂 » → « Léa-marie »; None when it is not written like a name."""
    words = _GREETED.sub("", text.strip())
    introduced = _INTRODUCED.match(words)
    words = words[introduced.end() :] if introduced else words
    if "@" in words or (not introduced and "?" in words):
        return None
    words = _NOT_LETTERS.sub(" ", _AFTER_NAME.split(words.strip(), maxsplit=1)[0])
    words = " ".join(words.split()).strip(" .-'’")
    if len(words) < _SHORTEST or len(words) > _LONGEST or not _NAME.fullmatch(words):
        return None
    too_long = len(words.split()) > _MOST_WORDS
    if too_long or (_QUESTION.search(words) and not introduced):
        return None
    return words[0].upper() + words[1:]


def is_only_a_name(text: str) -> bool:
    """« Awa »: one word with its capital, and no greeting that one might take it for."""
    word = text.strip()
    return word.istitle() and " " not in word and first_name(word) is not None


def is_pronounceable(name: str) -> bool:
    """« qsdqsd » is rather keys than a name; another alphabet is not judged."""
    return _VOWEL.search(name) is not None


def email(text: str) -> str | None:
    """What looks like an address in a message, its final dot left out."""
    found = _EMAIL.search(text)
    return found[0].rstrip(".!?") if found else None


def wants_no_email(text: str) -> bool:
    return bool(_NO_EMAIL.search(text))
