"""Where somebody lives is read from what they write; a number or a word alone is not guessed."""

import pytest

from knowledge.library import Library
from knowledge.places import Place, Places, place_in

PLACES = Places.load()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("31000", "31"),
        ("64 100 Bayonne", "64"),
        ("je suis à Bayonne", "64"),
        ("j'habite un village près de Toulouze", "31"),
        ("St-Étienne", "42"),
        ("dans le 33", "33"),
        ("je suis du 64", "64"),
        ("département 59", "59"),
        ("2A", "2A"),
        ("20200", "2B"),
        ("20000 Ajaccio", "2A"),
        ("97400", "974"),
        ("Seine-Saint-Denis", "93"),
        ("dans le Cher", "18"),
        ("je vis à Tours", "37"),
        ("dans la Vienne", "86"),
    ],
)
def test_a_department_is_known_by_its_number_its_name_and_its_cities(
    text: str, number: str
) -> None:
    place = place_in(text)
    assert place is not None
    assert place.number == number


@pytest.mark.parametrize(
    "text",
    [
        "c'est trop cher",
        "j'ai 18 ans",
        "le 12 janvier",
        "dans 15 jours",
        "10000 euros",
        "à Vienne",
        "le sens du mot",
        "Dakar",
        "98800",
        "",
    ],
)
def test_what_is_no_place_of_france_for_sure_is_none(text: str) -> None:
    assert place_in(text) is None


def test_a_region_alone_is_a_place() -> None:
    assert place_in("en Bretagne") == Place("Bretagne")
    assert place_in("paca") == Place("Provence-Alpes-Côte d’Azur")


def test_several_places_are_all_found() -> None:
    assert [place.number for place in PLACES.places_in("entre Pau et Toulouse")] == ["64", "31"]


def test_the_departments_of_the_relays_are_those_of_their_region() -> None:
    for name, relay in Library.load().relays.items():
        assert PLACES.departments(relay.region), name
        if relay.departments:
            assert {*relay.departments} == {*PLACES.departments(relay.region)}, name


def test_france_has_a_hundred_and_one_departments() -> None:
    regions = {place.region for place in map(place_in, ("75001", "13001", "2B")) if place}
    assert len(regions) == 3
    numbers = [f"{n:02}" for n in range(1, 96) if n != 20] + ["2A", "2B"]
    numbers += ["971", "972", "973", "974", "976"]
    assert all(PLACES.place_in(number) for number in numbers)
    assert len(numbers) == 101
