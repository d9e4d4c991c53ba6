"""The relay of the place somebody lives in, or honestly none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.finder_wording import FinderWording
from knowledge.library import Library
from knowledge.places import Place, Places
from knowledge.schema import Relay

NEAR_ME = "relay_partner/near_me"


@dataclass(frozen=True)
class RelayFound:
    """`relays` are `relays/id` names of the library; `topic` says what to do besides, always.

    `places` is empty when no place of France was recognised.
    """

    text: str
    places: tuple[Place, ...] = ()
    relays: tuple[str, ...] = ()
    topic: str = NEAR_ME


class Relays:
    """Finds relays by place; built once from the library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._wording = FinderWording.load().relays
        self.places = Places.load()

    def nearest(self, text: str) -> RelayFound:
        """For a message that tells where somebody is, or the answer to « où habitez-vous? »."""
        places = self.places.places_in(text)
        if not places:
            return RelayFound(self._wording["no_place"])
        relays = [name for place in places for name in self._of(place.region)]
        lines = [line for place in _by_region(places) for line in self._say(place)]
        return RelayFound("\n".join(lines), places, tuple(dict.fromkeys(relays)))

    def _of(self, region: str) -> dict[str, Relay]:
        relays = self._library.relays.items()
        return {f"relays/{name}": relay for name, relay in relays if relay.region == region}

    def _say(self, place: Place) -> Iterator[str]:
        where = self._where(place)
        relays = self._of(place.region)
        if not relays:
            yield self._wording["none"].format(place=where)
        for relay in relays.values():
            yield self._wording[relay.certainty.value].format(place=where, name=relay.name)

    def _where(self, place: Place) -> str:
        if place.department is None:
            return place.region
        wording = self._wording["overseas" if place.department == place.region else "department"]
        return wording.format(department=place.department, number=place.number, region=place.region)


def _by_region(places: Iterable[Place]) -> list[Place]:
    """One place a region, the first: two of one region have the same relay."""
    firsts: dict[str, Place] = {}
    for place in places:
        firsts.setdefault(place.region, place)
    return list(firsts.values())
