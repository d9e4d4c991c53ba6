"""Reading what was typed in a hurry."""

import pytest

from bot.understanding.components.spelling import Speller, expand, undrawn


@pytest.fixture
def speller() -> Speller:
    french = {"meteo", "combien", "avoir"}
    return Speller({"combien", "caq", "permis", "logement", "assurance"}, french.__contains__)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Cmbien", "combien"),
        ("le caqq", "le caq"),
        ("ASSURENCE", "assurance"),
        ("permi d'étude", "permis d etude"),
    ],
)
def test_a_typo_becomes_the_word_it_is_like(speller: Speller, typed: str, read: str) -> None:
    assert speller.read(typed) == read


def test_a_word_french_knows_is_left_alone(speller: Speller) -> None:
    assert speller.read("météo") == "meteo"


def test_a_short_word_is_left_alone(speller: Speller) -> None:
    assert speller.read("cas") == "cas"


def test_abbreviations_are_written_out() -> None:
    assert expand("jvoudrai savoir cb de tps") == "je voudrais savoir combien de temps"
    assert expand("jvoudré venir à kebek 1 ané") == "je voudrais venir a quebec 1 annee"


def test_letters_drawn_out_are_said_once() -> None:
    assert expand("Bonsoiiiir, un logementtttt") == "bonsoir un logement"


def test_only_words_are_drawn_out() -> None:
    assert undrawn("SALUUUT, le chapitre III de www.qve.ca à 1000 $") == (
        "SALUT, le chapitre III de www.qve.ca à 1000 $"
    )
