"""The words one asks with, from `asking_words.yml`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from knowledge.schema import Award, Discipline, Level

_FILE = Path(__file__).parent.with_name("asking_words.yml")
_Named = TypeVar("_Named")


@dataclass(frozen=True)
class EventWords:
    """`kinds` and `audiences` turn a word into what it may be; `seasons` into months."""

    any: frozenset[str]
    kinds: Mapping[str, tuple[str, ...]]
    audiences: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, tuple[str, ...]]
    months: Mapping[str, tuple[int, ...]]
    months_away: Mapping[int, re.Pattern[str]]
    period: frozenset[str]


@dataclass(frozen=True)
class Words:
    fillers: frozenset[str]
    about: frozenset[str]
    define: tuple[re.Pattern[str], ...]
    called: tuple[re.Pattern[str], ...]
    define_words: frozenset[str]
    equivalent: tuple[re.Pattern[str], ...]
    equivalent_words: frozenset[str]
    alike: tuple[re.Pattern[str], ...]
    alike_words: frozenset[str]
    compare: frozenset[str]
    compare_words: frozenset[str]
    institution_words: frozenset[str]
    compare_between: frozenset[str]
    ranking: tuple[re.Pattern[str], ...]
    ranking_words: frozenset[str]
    programme: tuple[re.Pattern[str], ...]
    programme_words: frozenset[str]
    awards: Mapping[str, tuple[Award, ...]]
    levels: Mapping[str, tuple[Level, ...]]
    university: frozenset[str]
    english: frozenset[str]
    distance: frozenset[str]
    broad: Mapping[str, tuple[Discipline, ...]]
    narrow: Mapping[str, tuple[Discipline, ...]]
    events: EventWords
    relays: frozenset[str]
    relay_about: frozenset[str]


@cache
def words() -> Words:
    raw: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    disciplines = raw["disciplines"].items()
    return Words(
        fillers=_set(raw["fillers"]),
        about=_set(raw["about"]),
        define=_patterns(raw["define"]),
        called=_patterns(raw["called"]),
        define_words=_set(raw["define_words"]),
        equivalent=_patterns(raw["equivalent"]),
        equivalent_words=_set(raw["equivalent_words"]),
        alike=_patterns(raw["alike"]),
        alike_words=_set(raw["alike_words"]),
        compare=_set(raw["compare"]),
        compare_words=_set(raw["compare_words"]),
        institution_words=_set(raw["institution_words"]),
        compare_between=_set(raw["compare_between"]),
        ranking=_patterns(raw["ranking"]),
        ranking_words=_set(raw["ranking_words"]),
        programme=_patterns(raw["programme"]),
        programme_words=_set(raw["programme_words"]),
        university=_set(raw["university"]),
        english=_set(raw["english"]),
        distance=_set(raw["distance"]),
        relays=_set(raw["relays"]),
        relay_about=_set(raw["relay_about"]),
        awards=_turned((Award(name), said) for name, said in raw["awards"].items()),
        levels=_turned((Level(name), said) for name, said in raw["levels"].items()),
        broad=_turned((Discipline(name), said["broad"]) for name, said in disciplines),
        narrow=_turned((Discipline(name), said["narrow"]) for name, said in disciplines),
        events=_events(raw["events"]),
    )


def _set(written: str) -> frozenset[str]:
    return frozenset(written.split())


def _patterns(written: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in written)


def _events(raw: Mapping[str, Any]) -> EventWords:
    return EventWords(
        any=_set(raw["any"]),
        kinds=_turned(raw["kinds"].items()),
        audiences=_turned(raw["audiences"].items()),
        countries=_turned(raw["countries"].items()),
        months=_turned((month, said) for month, said in raw["months"].items()),
        months_away={away: re.compile(said) for away, said in raw["months_away"].items()},
        period=_set(raw["period"]),
    )


def _turned(said: Iterable[tuple[_Named, str]]) -> dict[str, tuple[_Named, ...]]:
    """From « what: its words » to « word: what it may be »."""
    turned: dict[str, tuple[_Named, ...]] = {}
    for what, its_words in said:
        for word in its_words.split():
            turned[word] = (*turned.get(word, ()), what)
    return turned


def unexplained(tokens: Iterable[str], known: frozenset[str]) -> bool:
    """Whether some token is not one of the known words."""
    return any(token not in known for token in tokens)


def without(patterns: Iterable[re.Pattern[str]], folded: str) -> str:
    for pattern in patterns:
        folded = pattern.sub(" ", folded)
    return folded


def any_of(patterns: Iterable[re.Pattern[str]], folded: str) -> bool:
    return any(pattern.search(folded) for pattern in patterns)
