"""Two institutions that are asked for side by side: « Limoilou ou Garneau ? »."""

from collections.abc import Sequence

from knowledge.asked.words import unexplained, words
from knowledge.name_index import Mention

_INSTITUTIONS = "institutions/"


def two_institutions(mentions: Sequence[Mention], tokens: list[str]) -> tuple[str, str] | None:
    """Their `kind/id` names, when the message is nothing but them and comparing words."""
    named = [next((n for n in one.ids if n.startswith(_INSTITUTIONS)), "") for one in mentions]
    if len(named) != 2 or "" in named or named[0] == named[1]:
        return None
    first, second = mentions
    between = tokens[first.end : second.start]
    around = [*tokens[: first.start], *between, *tokens[second.end :]]
    if unexplained(around, words().compare | words().compare_words | words().fillers):
        return None
    # « Limoilou et Garneau, c’est où » has the same « ou », elsewhere.
    compares = any(token in words().compare for token in around)
    return (named[0], named[1]) if compares or words().compare_between & {*between} else None
