"""Programmes like a French diploma: « quelque chose comme mon BTS SIO ».

The equivalence of the diploma is the landmark, its speciality a field to look in: never more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.asked.found import Asked, Kind
from knowledge.asked.wanted import Wanted
from knowledge.asked.words import any_of, unexplained, words
from knowledge.folding import fold
from knowledge.library import Library
from knowledge.name_index import Mention, NameIndex
from knowledge.schema import Award, Discipline, Level

_FILE = Path(__file__).parent.with_name("specialities.yml")


@dataclass(frozen=True)
class LikeDiploma:
    """`landmark` is the `equivalences/id` to say before the programmes."""

    landmark: str
    wanted: Wanted


def suiting(level: str | None, diploma: str | None) -> tuple[Award, ...]:
    """The awards that suit who aims at a level or, if they do not say, has a diploma: first in a
    list. Both as the profile keeps them."""
    known: Mapping[str, list[str]] = _raw()["first"]
    names = known.get(level or "") or known.get(diploma or "") or ()
    return tuple(Award(name) for name in names)


@cache
def _raw() -> Mapping[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return raw


class Diplomas:
    """Reads French diplomas and their specialities; built once from the library."""

    def __init__(self, library: Library) -> None:
        raw = _raw()
        self._diplomas: Mapping[str, Any] = raw["diplomas"]
        self._names = NameIndex(
            (row_id, name)
            for row_id in self._diplomas
            if (row := library.equivalences.get(row_id)) is not None
            for name in (row.france, *row.france_aliases)
        )
        self._specialities = {
            family: NameIndex(_named(known)) for family, known in raw["specialities"].items()
        }
        self._subjects = NameIndex(
            (one.value, word) for word, of in words().broad.items() for one in of if len(of) == 1
        )

    def like(self, text: str) -> LikeDiploma | None:
        """What resembles the diploma and the speciality that a text names, wherever they are in
        it; None if either is not recognised."""
        found, _ = self._read(fold(text).split())
        return found

    def asked(self, folded: str) -> Asked | None:
        """The same, for a message that is nothing but them and the words one asks with; the
        equivalence itself when that is all it asks."""
        alike = any_of(words().alike, folded)
        if not alike and not any_of(words().equivalent, folded):
            return None
        found, rest = self._read(folded.split())
        if found is None or unexplained(rest, words().alike_words | words().fillers):
            return None
        kind = Kind.programmes if alike else Kind.equivalence
        wanted = replace(found.wanted, levels=_levels(rest))
        return Asked(kind, (found.landmark,), wanted=wanted)

    def _read(self, tokens: list[str]) -> tuple[LikeDiploma | None, list[str]]:
        """What is found, and the tokens that are neither diploma nor speciality."""
        diplomas, _ = self._names.take(tokens)
        if len({ids[0] for ids in diplomas}) != 1:
            return None, tokens
        diploma = diplomas[0][0]
        found = self._speciality(diploma, tokens)
        if not found:
            return None, tokens
        named = {place for mention in found for place in range(mention.start, mention.end)}
        rest = [token for place, token in enumerate(tokens) if place not in named]
        fields = dict.fromkeys(Discipline(one) for mention in found for one in mention.ids)
        wanted = Wanted(
            words=tuple(dict.fromkeys(tokens[place] for place in sorted(named))),
            fields=tuple(fields),
            whole_field=True,
            awards=tuple(Award(name) for name in self._diplomas[diploma]["awards"]),
        )
        # « bac sti2d » names a diploma and its speciality in one.
        return LikeDiploma(f"equivalences/{diploma}", wanted), self._names.take(rest)[1]

    def _speciality(self, diploma: str, tokens: list[str]) -> tuple[Mention, ...]:
        known = self._diplomas[diploma]
        found = self._specialities[known["family"]].mentions(tokens)
        return found or (self._subjects.mentions(tokens) if known.get("subjects") else ())


def _levels(tokens: list[str]) -> tuple[Level, ...]:
    """Of the cégep or of the university, when only one of them is said."""
    cegep = any(token in words().levels for token in tokens)
    university = any(token in words().university for token in tokens)
    if cegep == university:
        return ()
    return (Level.cegep,) if cegep else (Level.bachelor, Level.graduate)


def _named(known: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for field, names in known.items():
        for name in names:
            yield field, name
