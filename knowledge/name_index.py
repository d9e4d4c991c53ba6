"""Finds names in what people write: the longest name wins, small typos are forgiven."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from knowledge.folding import fold

# Below, a name one letter away is another name: « dec », « des », « dep ».
FORGIVEN_FROM = 6


@dataclass(frozen=True)
class Mention:
    """What is named by the tokens from `start` up to `end`, excluded; a name may be shared."""

    start: int
    end: int
    ids: tuple[str, ...]


class NameIndex:
    """Names, folded, to the ids of what they name."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._ids: dict[str, list[str]] = defaultdict(list)
        for name_id, name in named:
            if (folded := fold(name)) and name_id not in self._ids[folded]:
                self._ids[folded].append(name_id)
        self._longest = max((len(name.split()) for name in self._ids), default=0)
        self._long: dict[tuple[int, str], list[str]] = defaultdict(list)
        for name in self._ids:
            if len(name) >= FORGIVEN_FROM:
                self._long[len(name.split()), name[0]].append(name)
        # A message is looked through by one reader after the other.
        self._remembered = lru_cache(maxsize=32)(self._mentions)

    def mentions(self, tokens: Sequence[str]) -> tuple[Mention, ...]:
        """What is named, in order."""
        return self._remembered(tuple(tokens))

    def _mentions(self, tokens: tuple[str, ...]) -> tuple[Mention, ...]:
        found: list[Mention] = []
        place = 0
        while place < len(tokens):
            length, name = self._at(tokens, place)
            if name:
                found.append(Mention(place, place + length, tuple(self._ids[name])))
            place += max(length, 1)
        return tuple(found)

    def take(self, tokens: Sequence[str]) -> tuple[list[tuple[str, ...]], list[str]]:
        """What is named, in order, and the tokens that name nothing."""
        found = self.mentions(tokens)
        named = {place for mention in found for place in range(mention.start, mention.end)}
        rest = [token for place, token in enumerate(tokens) if place not in named]
        return [mention.ids for mention in found], rest

    def _at(self, tokens: Sequence[str], place: int) -> tuple[int, str | None]:
        for length in range(min(self._longest, len(tokens) - place), 0, -1):
            said = " ".join(tokens[place : place + length])
            if said in self._ids:
                return length, said
            near = self._long.get((length, said[0])) if len(said) >= FORGIVEN_FROM else None
            if near and (alike := nearest(said, near)) is not None:
                return length, alike
        return 0, None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word at most one letter away."""
    found = extractOne(word, known, scorer=DamerauLevenshtein.distance, score_cutoff=1)
    return str(found[0]) if found else None
