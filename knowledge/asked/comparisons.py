"""Institutions that are asked for side by side: « Limoilou ou Garneau ? », or which is the best."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.asked.words import any_of, words
from knowledge.folding import fold
from knowledge.name_index import Mention

_INSTITUTIONS = "institutions/"
MOST_COMPARED = 3
_JOINER = "et"


@dataclass(frozen=True)
class SideBySide:
    """`ids` are their `institutions/id` names; `rest`, what is said beside them but to compare."""

    ids: tuple[str, ...]
    rest: tuple[str, ...]


def side_by_side(mentions: Sequence[Mention], tokens: list[str]) -> SideBySide | None:
    """Two or three institutions and a word that compares them."""
    named = [next((n for n in one.ids if n.startswith(_INSTITUTIONS)), "") for one in mentions]
    if not 2 <= len(named) <= MOST_COMPARED or "" in named or len({*named}) < len(named):
        return None
    between = {*tokens[mentions[0].end : mentions[-1].start]}
    around = _outside(mentions, tokens)
    # « Limoilou et Garneau, c’est où » has the same « ou », elsewhere.
    compares = words().compare & {*around} or words().compare_between & between
    if not compares and not ranks(around):
        return None
    known = comparing_words() | words().fillers
    return SideBySide(tuple(named), tuple(token for token in around if token not in known))


def is_joined(text: str) -> bool:
    """« et Sainte-Foy ? »: one more beside those."""
    return fold(text).split(" ")[0] == _JOINER


def comparing_words() -> frozenset[str]:
    said = words()
    return said.compare | said.compare_words | said.ranking_words | said.institution_words


def ranks(tokens: Sequence[str]) -> bool:
    """Whether the best of several is asked for: there is no ranking to give."""
    return any_of(words().ranking, " ".join(tokens))


def _outside(mentions: Sequence[Mention], tokens: list[str]) -> list[str]:
    named = {place for mention in mentions for place in range(mention.start, mention.end)}
    return [token for place, token in enumerate(tokens) if place not in named]
