"""The relay of a region is given for what it is; where none is known, that is said."""

import pytest

from knowledge.asked import Kind, Names
from knowledge.library import Library
from knowledge.nearest_relay import NEAR_ME, Relays

LIBRARY = Library.load()
RELAYS = Relays(LIBRARY)
NAMES = Names(LIBRARY)


@pytest.mark.parametrize("text", ["33000", "je suis à Bayonne", "dans le 33", "Gironde"])
def test_a_named_relay_is_said_to_be_one(text: str) -> None:
    found = RELAYS.nearest(text)
    assert found.relays == ("relays/crij_nouvelle_aquitaine",)
    assert "le relais de Québec ville études est Info Jeunes Nouvelle-Aquitaine" in found.text


@pytest.mark.parametrize("text", ["Lyon", "31000"])
def test_a_link_that_is_to_be_confirmed_is_said_to_be_so(text: str) -> None:
    """The annual report names « l’Occitanie à Lyon »: neither reading is taken."""
    found = RELAYS.nearest(text)
    assert len(found.relays) == 1
    assert "à confirmer" in found.text
    assert "le relais de Québec ville études est" not in found.text


def test_where_none_is_known_it_is_said_with_the_general_pages() -> None:
    found = RELAYS.nearest("59000")
    assert found.relays == ()
    assert "Nord (59), Hauts-de-France" in found.text
    assert "je n’y connais pas de relais" in found.text
    assert found.topic in LIBRARY.topics


def test_a_place_that_is_not_recognised_is_asked_again() -> None:
    found = RELAYS.nearest("chez ma tante")
    assert found.places == ()
    assert "code postal" in found.text


def test_two_regions_are_both_answered() -> None:
    found = RELAYS.nearest("entre Lyon et Bordeaux")
    assert len(found.relays) == len(found.text.splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("un crij à bordeaux ?", ("relays/crij_nouvelle_aquitaine",)),
        ("relais info jeunes en gironde", ("relays/crij_nouvelle_aquitaine",)),
        ("info jeunes dans le 31", ("relays/info_jeunes_occitanie",)),
        ("crij 33000", ("relays/crij_nouvelle_aquitaine",)),
        ("un relais à Lille ?", (NEAR_ME,)),
    ],
)
def test_a_relay_is_asked_by_the_place_beside_its_name(text: str, ids: tuple[str, ...]) -> None:
    asked = NAMES.asked(text)
    assert asked is not None
    assert (asked.kind, asked.ids) == (Kind.relay, ids)


@pytest.mark.parametrize(
    "text", ["33000", "je vis à lyon", "dans le 31", "le crij de bordeaux est-il payant"]
)
def test_a_place_alone_or_a_question_more_asks_for_no_relay(text: str) -> None:
    asked = NAMES.asked(text)
    assert asked is None or asked.kind is not Kind.relay
