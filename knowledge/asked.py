"""What a message asks for by name: a card, a term, an equivalence, programmes, events, a relay.

Only a message that is nothing but names and the words one asks with counts; a word more
(« résidence limoilou », « prix du bac en génie ») makes it a question, for the topics to answer.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from knowledge.folding import fold
from knowledge.library import Library
from knowledge.schema import Award, Discipline, Level
from knowledge.search import content_words, stem

_FILE = Path(__file__).with_name("asking_words.yml")
# Below, a name one letter away is another name: « dec », « des », « dep ».
_FORGIVEN_FROM = 6
_Named = TypeVar("_Named")
_CARDS = ("institutions", "events", "partners", "relays")


class Kind(str, Enum):
    card = "card"
    term = "term"
    equivalence = "equivalence"
    programmes = "programmes"
    events = "events"


@dataclass(frozen=True)
class Wanted:
    """The programmes somebody looks for; what is empty does not matter to them."""

    words: tuple[str, ...] = ()
    disciplines: tuple[Discipline, ...] = ()
    whole_discipline: bool = False
    awards: tuple[Award, ...] = ()
    levels: tuple[Level, ...] = ()
    institutions: tuple[str, ...] = ()
    english: bool = False
    distance: bool = False


@dataclass(frozen=True)
class Asked:
    """`ids` are `kind/id` names of the library."""

    kind: Kind
    ids: tuple[str, ...] = ()
    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True)
class _Words:
    fillers: frozenset[str]
    about: frozenset[str]
    define: tuple[re.Pattern[str], ...]
    define_words: frozenset[str]
    equivalent: tuple[re.Pattern[str], ...]
    equivalent_words: frozenset[str]
    programme: tuple[re.Pattern[str], ...]
    programme_words: frozenset[str]
    awards: Mapping[str, tuple[Award, ...]]
    levels: Mapping[str, tuple[Level, ...]]
    english: frozenset[str]
    distance: frozenset[str]
    broad: Mapping[str, tuple[Discipline, ...]]
    narrow: Mapping[str, tuple[Discipline, ...]]
    events: frozenset[str]
    relays: frozenset[str]


@cache
def _words() -> _Words:
    raw: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    disciplines = raw["disciplines"].items()
    return _Words(
        fillers=frozenset(raw["fillers"].split()),
        about=frozenset(raw["about"].split()),
        define=_patterns(raw["define"]),
        define_words=frozenset(raw["define_words"].split()),
        equivalent=_patterns(raw["equivalent"]),
        equivalent_words=frozenset(raw["equivalent_words"].split()),
        programme=_patterns(raw["programme"]),
        programme_words=frozenset(raw["programme_words"].split()),
        awards=_turned((Award(name), words) for name, words in raw["awards"].items()),
        levels=_turned((Level(name), words) for name, words in raw["levels"].items()),
        english=frozenset(raw["english"].split()),
        distance=frozenset(raw["distance"].split()),
        broad=_turned((Discipline(name), words["broad"]) for name, words in disciplines),
        narrow=_turned((Discipline(name), words["narrow"]) for name, words in disciplines),
        events=frozenset(raw["events"].split()),
        relays=frozenset(raw["relays"].split()),
    )


def _patterns(written: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in written)


def _turned(said: Iterable[tuple[_Named, str]]) -> dict[str, tuple[_Named, ...]]:
    """From « what: its words » to « word: what it may be »."""
    turned: dict[str, tuple[_Named, ...]] = {}
    for what, words in said:
        for word in words.split():
            turned[word] = (*turned.get(word, ()), what)
    return turned


class Names:
    """Every name of the library, to be found in what people write."""

    def __init__(self, library: Library) -> None:
        self._library = library
        _words()  # read now, not at the first message
        self._cards = _Index(
            (f"{kind}/{card_id}", name)
            for kind in _CARDS
            for card_id, card in getattr(library, kind).items()
            for name in (card.name, *card.aliases)
        )
        self._terms = _Index(
            (f"terms/{term_id}", name)
            for term_id, term in library.terms.items()
            for name in (term.term, *term.aliases, *term.france)
        )
        self._diplomas = _Index(
            (f"equivalences/{row_id}", name)
            for row_id, row in library.equivalences.items()
            for name in (row.france, *row.france_aliases, *row.quebec_terms)
        )
        self._places = _Index(
            (f"relays/{card_id}", place)
            for card_id, relay in library.relays.items()
            for place in (*relay.cities, *relay.departments, relay.region)
        )
        self._event_places = frozenset(
            fold(city) for event in library.events.values() for city in event.place.cities
        )
        self._programme_stems = frozenset(
            stem(word)
            for programme in library.programmes.values()
            for word in content_words(programme.name)
        )

    def institution(self, text: str) -> str | None:
        """The id of the first institution a message names."""
        named, _ = self._cards.take(fold(text).split())
        ids = [name.partition("/") for found in named for name in found]
        return next((card_id for kind, _, card_id in ids if kind == "institutions"), None)

    def asked(self, text: str) -> Asked | None:
        """What the message asks for by name, or None when it is another kind of question."""
        folded = fold(text)
        tokens = folded.split()
        if not tokens:
            return None
        words = _words()
        if _any(words.equivalent, folded):
            return self._only(self._diplomas, tokens, words.equivalent_words, Kind.equivalence)
        if _any(words.define, folded) and (
            term := self._only(self._terms, tokens, words.define_words, Kind.term)
        ):
            return term
        card = self._only(self._cards, tokens, words.about, Kind.card)
        if card is not None or _any(words.define, folded):
            return card
        return (
            self._programmes(folded, tokens)
            or self._events(tokens)
            or self._relay(tokens)
            or self._bare_term(tokens)
        )

    def _only(
        self, index: "_Index", tokens: list[str], asking: frozenset[str], kind: Kind
    ) -> Asked | None:
        named, rest = index.take(tokens)
        if not named or _unexplained(rest, asking | _words().fillers):
            return None
        # Two cards of one name (an event and who holds it) would say the same thing twice.
        named = [found[:1] for found in named] if kind is Kind.card else named
        return Asked(kind, tuple(dict.fromkeys(name for found in named for name in found)))

    def _bare_term(self, tokens: list[str]) -> Asked | None:
        named, rest = self._terms.take(tokens)
        if len(named) != 1 or _unexplained(rest, _words().fillers):
            return None
        return Asked(Kind.term, named[0])

    def _programmes(self, folded: str, tokens: list[str]) -> Asked | None:
        words = _words()
        if not _any(words.programme, folded):
            return None
        named, rest = self._cards.take(tokens)
        institutions = [name for found in named for name in found]
        if any(not name.startswith("institutions/") for name in institutions):
            return None
        known = words.fillers | words.programme_words | words.english | words.distance
        left = [
            token
            for token in rest
            if token not in known and token not in words.awards and token not in words.levels
        ]
        if any(not self._is_of_a_programme(token) for token in left):
            return None
        english = any(token in words.english for token in rest)
        distance = any(token in words.distance for token in rest)
        if not left and not english and not distance and not institutions:
            return None
        broad = [one for token in left for one in words.broad.get(token, ())]
        narrow = [one for token in left for one in words.narrow.get(token, ())]
        return Asked(
            Kind.programmes,
            wanted=Wanted(
                words=tuple(left),
                disciplines=tuple(dict.fromkeys(broad + narrow)),
                whole_discipline=len(broad) == len(left),
                awards=tuple(one for token in rest for one in words.awards.get(token, ())),
                levels=tuple(one for token in rest for one in words.levels.get(token, ())),
                institutions=tuple(name.partition("/")[2] for name in institutions),
                english=english,
                distance=distance,
            ),
        )

    def _is_of_a_programme(self, token: str) -> bool:
        if token in _words().broad or token in _words().narrow:
            return True
        stemmed = stem(token)
        if len(token) < _FORGIVEN_FROM:
            return stemmed in self._programme_stems
        return _nearest(stemmed, self._programme_stems) is not None

    def _events(self, tokens: list[str]) -> Asked | None:
        words = _words()
        if not any(token in words.events for token in tokens):
            return None
        places = [token for token in tokens if token in self._event_places]
        if _unexplained(
            [token for token in tokens if token not in places],
            words.events | words.fillers | {"ligne", "france"},
        ):
            return None
        found = tuple(
            f"events/{event_id}"
            for event_id, event in self._library.events.items()
            if not places or {fold(city) for city in event.place.cities} & {*places}
        )
        return Asked(Kind.events, found) if places else None

    def _relay(self, tokens: list[str]) -> Asked | None:
        words = _words()
        if not any(token in words.relays for token in tokens):
            return None
        named, rest = self._places.take(tokens)
        if not named or _unexplained(rest, words.relays | words.about | words.fillers):
            return None
        return Asked(Kind.card, tuple(dict.fromkeys(name for found in named for name in found)))


class _Index:
    """Names, folded, to what they name; the longest name wins, small typos are forgiven."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._ids: dict[str, list[str]] = defaultdict(list)
        for name_id, name in named:
            if (folded := fold(name)) and name_id not in self._ids[folded]:
                self._ids[folded].append(name_id)
        self._longest = max((len(name.split()) for name in self._ids), default=0)
        self._long: dict[tuple[int, str], list[str]] = defaultdict(list)
        for name in self._ids:
            if len(name) >= _FORGIVEN_FROM:
                self._long[len(name.split()), name[0]].append(name)

    def take(self, tokens: list[str]) -> tuple[list[tuple[str, ...]], list[str]]:
        """What is named, in order, and the tokens that name nothing."""
        named: list[tuple[str, ...]] = []
        rest: list[str] = []
        place = 0
        while place < len(tokens):
            length, found = self._at(tokens, place)
            if found:
                named.append(tuple(self._ids[found]))
                place += length
            else:
                rest.append(tokens[place])
                place += 1
        return named, rest

    def _at(self, tokens: list[str], place: int) -> tuple[int, str | None]:
        for length in range(min(self._longest, len(tokens) - place), 0, -1):
            said = " ".join(tokens[place : place + length])
            if said in self._ids:
                return length, said
            if len(said) >= _FORGIVEN_FROM:
                alike = _nearest(said, self._long.get((length, said[0]), ()))
                if alike is not None:
                    return length, alike
        return 0, None


def _nearest(word: str, known: Iterable[str]) -> str | None:
    found = extractOne(word, known, scorer=DamerauLevenshtein.distance, score_cutoff=1)
    return str(found[0]) if found else None


def _unexplained(tokens: Iterable[str], known: frozenset[str]) -> bool:
    return any(token not in known for token in tokens)


def _any(patterns: Iterable[re.Pattern[str]], folded: str) -> bool:
    return any(pattern.search(folded) for pattern in patterns)
