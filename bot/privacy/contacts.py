"""What somebody can be reached by: kept for an adviser who was asked for, masked everywhere else.

The law wants a parent's word before a child leaves any: under 14 in Québec (Loi 25), under 15 in
France (loi Informatique et Libertés, art. 45). The age is often known as « moins de 18 ans » only,
so the line is drawn there, which keeps to both.
"""

import re

from bot.privacy.redaction import Removed, Span, found, without, without_placeholders

_REACHED_BY = (Removed.email, Removed.phone)
# What any contact has: most texts are let go after one quick look.
_MAY_HOLD_ONE = re.compile(r"@|\bat\b|arobase|[(\[]at[)\]]|\d[\d .()/-]{6,}\d", re.IGNORECASE)


def contacts_in(text: str) -> list[Span]:
    """Where e-mail addresses and telephone numbers stand in a text, in order."""
    return found(_REACHED_BY, text) if _MAY_HOLD_ONE.search(text) else []


def without_contact(text: str) -> str:
    """« mon mail est lea@exemple.fr » → « mon mail est [courriel] »."""
    return without(_REACHED_BY, text) if _MAY_HOLD_ONE.search(text) else text


def is_masked(text: str) -> bool:
    """Whether a contact was taken out of a text before it was kept."""
    return any(kind.words in text for kind in _REACHED_BY)


def beside_contact(text: str) -> str:
    """What a message says beside a contact, masked or not; empty when it says nothing else."""
    masked = without_contact(text)
    return without_placeholders(masked) if is_masked(masked) else text


def is_minor_alone(*, age: str | None, writer: str | None) -> bool:
    """Somebody under 18 who writes without a parent: nothing to reach them by is asked or kept.
    The values are those of the conversation's slots."""
    return age == "minor" and writer != "parent"
