"""Where somebody lives in France, from what they write: a city, a department, a postcode, a
region. Public geography of `places.yml`; nothing is kept of it here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.folding import fold
from knowledge.name_index import Mention, NameIndex

_FILE = Path(__file__).with_name("places.yml")
_POSTCODE = re.compile(r"(?<!\d)(\d{2}) ?(\d{3})(?!\d)")
_SAINT = re.compile(r"\bst(e?)\b")
_POSTCODE_DIGITS = 5
_OVERSEAS = ("97", "98")
_NUMBER = re.compile(r"\d{2,3}|2[ab]")


@dataclass(frozen=True)
class Place:
    """`number` and `department` are None when only the region is told."""

    region: str
    number: str | None = None
    department: str | None = None


class Places:
    """Finds places in what people write; built once."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._departments = dict(_departments(raw["regions"]))
        self._regions = {name: Place(name) for name in raw["regions"]}
        self._words = frozenset(fold(word) for word in raw["words"])
        self._never_after_a = frozenset(raw["never_after_a"])
        self._before = tuple(raw["before"])
        self._before_number = tuple(raw["before_number"])
        self._units = frozenset(raw["units"].split())
        self._about = frozenset(raw["about"].split())
        self._index = NameIndex(_names(raw["regions"]))

    @classmethod
    @cache
    def load(cls) -> "Places":
        return cls(yaml.safe_load(_FILE.read_text("utf-8")))

    def place_in(self, text: str) -> Place | None:
        """The place a message names; the first and most certain one of several."""
        return next(iter(self.places_in(text)), None)

    def places_in(self, text: str) -> tuple[Place, ...]:
        """The places a message names, wherever they are in it: « je suis à Bayonne », « 31000 ».

        A word that is more than a place (« le Cher », « Tours ») needs « à » or « dans » before
        it, or nothing else around.
        """
        return tuple(dict.fromkeys(place for _, place in self._found(_tokens(text))))

    def departments(self, region: str) -> tuple[str, ...]:
        """The names of the departments of a region; none for an unknown one."""
        places = self._departments.values()
        return tuple(p.department or "" for p in places if p.region == region)

    def rest(self, text: str) -> list[str]:
        """The tokens of a message, folded, that name no place."""
        tokens = _tokens(text)
        named = {n for mention, _ in self._found(tokens) for n in range(mention.start, mention.end)}
        return [token for place, token in enumerate(tokens) if place not in named]

    def _found(self, tokens: list[str]) -> list[tuple[Mention, Place]]:
        named = [
            (mention, self._place(mention.ids[0]))
            for mention in self._index.mentions(tokens)
            if self._is_meant(mention, tokens)
        ]
        numbered = [
            (Mention(at, at + 1, (number,)), self._departments[number])
            for at, token in enumerate(tokens)
            if (number := self._number(token, at, tokens)) in self._departments
        ]
        # « 64100 Bayonne »: the most certain first, whatever comes first.
        return [*numbered, *named]

    def _place(self, place_id: str) -> Place:
        return self._departments.get(place_id) or self._regions[place_id]

    def _is_meant(self, mention: Mention, tokens: list[str]) -> bool:
        said = " ".join(tokens[mention.start : mention.end])
        if said in self._never_after_a and tokens[mention.start - 1] == "a":
            return False
        return said not in self._words or self._is_told(mention, tokens, self._before)

    def _number(self, token: str, at: int, tokens: list[str]) -> str:
        """The department of a postcode, or of a number that is said to be one; else nothing."""
        if self._units & {*tokens[at + 1 : at + 2]}:
            return ""
        if token.isdigit() and len(token) == _POSTCODE_DIGITS:
            return _department_of(token)
        mention = Mention(at, at + 1, (token,))
        told = _NUMBER.fullmatch(token) and self._is_told(mention, tokens, self._before_number)
        return token.upper() if told else ""

    def _is_told(self, mention: Mention, tokens: list[str], before: tuple[str, ...]) -> bool:
        """Whether « dans le », « à »… comes before, or nothing but words of living somewhere."""
        said = f" {' '.join(tokens[: mention.start])}"
        around = [*tokens[: mention.start], *tokens[mention.end :]]
        return said.endswith(tuple(f" {one}" for one in before)) or all(
            token in self._about for token in around
        )


def place_in(text: str) -> Place | None:
    """The place a message names, by the shipped geography."""
    return Places.load().place_in(text)


def _departments(regions: Mapping[str, Any]) -> Iterator[tuple[str, Place]]:
    for region, known in regions.items():
        for number, department in known["departments"].items():
            yield number, Place(region, number, department["name"])


def _names(regions: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What each place is called; a city names its department."""
    for region, known in regions.items():
        for name in (region, *known.get("aliases", ())):
            yield region, name
        for number, department in known["departments"].items():
            for name in (department["name"], *department["cities"]):
                yield number, name


def _tokens(text: str) -> list[str]:
    """Folded, a postcode in one piece, « st » and « ste » in full."""
    joined = _POSTCODE.sub(r"\1\2", fold(text))
    return _SAINT.sub(r"saint\1", joined).split()


def _department_of(postcode: str) -> str:
    """Corsica has two, told apart by the third digit; overseas ones have three digits."""
    if postcode.startswith("20"):
        return "2A" if postcode[2] in "01" else "2B"
    return postcode[: 3 if postcode.startswith(_OVERSEAS) else 2]
