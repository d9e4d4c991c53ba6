"""Programmes that are asked for by award, words, level, institution, language."""

from collections.abc import Iterable, Sequence

from knowledge.asked.found import Asked, Kind
from knowledge.asked.wanted import Wanted
from knowledge.asked.words import any_of, words
from knowledge.library import Library
from knowledge.name_index import FORGIVEN_FROM, NameIndex, nearest
from knowledge.search import content_words, stem


class ProgrammeNames:
    """`cards` finds the institutions a message names."""

    def __init__(self, library: Library, cards: NameIndex) -> None:
        self._cards = cards
        self._stems = frozenset(
            stem(word)
            for programme in library.programmes.values()
            for word in content_words(programme.name)
        )

    def asked(self, folded: str) -> Asked | None:
        if not any_of(words().programme, folded):
            return None
        named, rest = self._cards.take(folded.split())
        institutions = [name for found in named for name in found]
        if any(not name.startswith("institutions/") for name in institutions):
            return None
        wanted = self.wanted(rest, institutions)
        said = words().english | words().distance
        if wanted is None or (not wanted.words and not institutions and not said & {*rest}):
            return None
        return Asked(Kind.programmes, wanted=wanted)

    def wanted(self, rest: Sequence[str], institutions: Iterable[str]) -> Wanted | None:
        """What the words beside the institutions say, if they are all of programmes."""
        left = [token for token in rest if not _asks(token)]
        if any(not self._is_of_a_programme(token) for token in left):
            return None
        return _wanted(left, rest, (name.partition("/")[2] for name in institutions))

    def _is_of_a_programme(self, token: str) -> bool:
        if token in words().broad or token in words().narrow:
            return True
        stemmed = stem(token)
        if len(token) < FORGIVEN_FROM:
            return stemmed in self._stems
        return nearest(stemmed, self._stems) is not None


def _asks(token: str) -> bool:
    said = words()
    known = said.fillers | said.programme_words | said.english | said.distance
    return token in known or token in said.awards or token in said.levels


def _wanted(left: list[str], rest: Sequence[str], institutions: Iterable[str]) -> Wanted:
    said = words()
    broad = [one for token in left for one in said.broad.get(token, ())]
    narrow = [one for token in left for one in said.narrow.get(token, ())]
    awards = [one for token in rest for one in said.awards.get(token, ())]
    levels = [one for token in rest for one in said.levels.get(token, ())]
    return Wanted(
        words=tuple(dict.fromkeys(left)),
        disciplines=tuple(dict.fromkeys(broad + narrow)),
        whole_discipline=len(broad) == len(left),
        awards=tuple(dict.fromkeys(awards)),
        levels=tuple(dict.fromkeys(levels)),
        institutions=tuple(dict.fromkeys(institutions)),
        english=any(token in said.english for token in rest),
        distance=any(token in said.distance for token in rest),
    )
