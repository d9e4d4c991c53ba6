"""Events that are asked for by city, kind or period: « salons à Lyon en janvier »."""

import re
from collections.abc import Mapping

from knowledge.asked.found import Asked, EventsWanted, Kind
from knowledge.asked.words import unexplained, words
from knowledge.folding import fold
from knowledge.library import Library
from knowledge.name_index import NameIndex
from knowledge.schema import Event

_YEAR = re.compile(r"20\d\d")
# « au Québec » is what the fairs are about; only « à Québec » is a place to go to.
_HERE = "quebec"
_BEFORE_HERE = frozenset({"a", "ville"})


class EventNames:
    """Reads which events a message is about; built once from the library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._cities = NameIndex(
            (fold(city), city) for event in library.events.values() for city in event.place.cities
        )

    def wanted(self, text: str) -> EventsWanted | None:
        """What a message says of the events it is about; None if it is about none."""
        folded = fold(text)
        tokens = folded.split()
        said = words().events
        if not any(_is_event(token) for token in tokens):
            return None
        away = next((n for n, way in said.months_away.items() if way.search(folded)), None)
        return EventsWanted(
            cities=self._cities_of(tokens),
            countries=_meant(tokens, said.countries),
            kinds=_meant(tokens, said.kinds),
            audience=next(iter(_meant(tokens, said.audiences)), None),
            months=tuple(dict.fromkeys(m for t in tokens for m in said.months.get(t, ()))),
            months_away=away,
            year=next((int(token) for token in tokens if _YEAR.fullmatch(token)), None),
        )

    def asked(self, text: str) -> Asked | None:
        """Events at a place or a time; only what kind they are, or what is nowhere, is a question
        for the topics."""
        wanted = self.wanted(text)
        if wanted is None or not (wanted.cities or wanted.at_a_time):
            return None
        _, rest = self._cities.take(fold(text).split())
        known = words().fillers | words().events.period | {*words().events.countries}
        if unexplained([token for token in rest if not _explains(token)], known):
            return None
        ids = tuple(
            f"events/{event_id}"
            for event_id, event in self._library.events.items()
            if is_there(event, wanted) and (not wanted.kinds or event.kind in wanted.kinds)
        )
        return Asked(Kind.events, ids, events=wanted) if ids else None

    def _cities_of(self, tokens: list[str]) -> tuple[str, ...]:
        cities = [
            city
            for mention in self._cities.mentions(tokens)
            for city in mention.ids
            if city != _HERE or tokens[mention.start - 1] in _BEFORE_HERE
        ]
        return tuple(dict.fromkeys(cities))


def is_there(event: Event, wanted: EventsWanted) -> bool:
    """Whether it is in one of the cities and countries that are wanted, if any are."""
    cities = {fold(city) for city in event.place.cities}
    in_country = not wanted.countries or event.place.country in wanted.countries
    return in_country and (not wanted.cities or bool(cities & {*wanted.cities}))


def _is_event(token: str) -> bool:
    said = words().events
    return token in said.any or token in said.kinds or token in said.audiences


def _explains(token: str) -> bool:
    return _is_event(token) or token in words().events.months or bool(_YEAR.fullmatch(token))


def _meant(tokens: list[str], said: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for token in tokens for one in said.get(token, ())))
