"""Programmes as cards, and two of them side by side."""

import pytest
from small_knowledge import SmallKnowledge
from test_programmes import catalogue_of

from knowledge.asked import Wanted
from knowledge.library import Library
from knowledge.schema import Certainty

NURSES = "garneau/soins-infirmiers"
IT = "garneau/techniques-de-l-informatique"


def test_a_card_tells_what_is_known_and_what_is_to_be_confirmed(small: SmallKnowledge) -> None:
    [card] = catalogue_of(small.load()).shown(Wanted(words=("infirmiers",)))
    assert card.id == NURSES
    assert (card.name, card.award) == ("Soins infirmiers", "DEC technique")
    assert (card.institution, card.language) == ("Cégep Garneau", "français")
    assert card.duration == "3 ans, à confirmer"
    assert card.campus is None
    assert card.certainty is Certainty.indicative
    assert card.source.title == "Budget"


def test_only_the_first_ones_are_shown(small: SmallKnowledge) -> None:
    assert len(catalogue_of(small.load()).shown(Wanted(), most=2)) == 2


def test_two_programmes_are_compared_fact_by_fact(small: SmallKnowledge) -> None:
    compared = catalogue_of(small.load()).compare(NURSES, IT)
    rows = {row.label: row.cells for row in compared.rows}
    assert compared.names == ("Soins infirmiers", "Techniques de l’informatique")
    assert rows["Diplôme"] == ("DEC technique", "DEC technique")
    assert rows["Durée"] == ("3 ans, à confirmer", "à confirmer")
    assert rows["Domaine"] == ("Santé", "TI et numérique")
    assert "Mode" not in rows
    assert "Diplôme, pour les deux\u00a0: DEC technique" in compared.text
    assert "sans classement" in compared.note


def test_one_name_in_two_institutions_is_told_apart_by_them() -> None:
    library = Library.load()
    compared = catalogue_of(library).compare(
        "garneau/techniques-de-l-informatique", "sainte_foy/techniques-de-l-informatique"
    )
    assert compared.names == ("Cégep Garneau", "Cégep de Sainte-Foy")
    assert "Établissement" not in {row.label for row in compared.rows}


def test_an_unknown_programme_is_an_error(small: SmallKnowledge) -> None:
    with pytest.raises(KeyError):
        catalogue_of(small.load()).compare(NURSES, "garneau/alchimie")


def test_every_shipped_programme_is_a_card() -> None:
    library = Library.load()
    for card in catalogue_of(library).shown(Wanted(), most=1000):
        assert card.url.startswith("http"), card.id
        assert card.award, card.id
