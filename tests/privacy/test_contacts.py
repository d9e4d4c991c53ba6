"""What somebody can be reached by is known from the rest of what they write."""

import pytest

from bot.privacy.contacts import beside_contact, is_masked, is_minor_alone, without_contact


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("mon numero c'est 06 12 34 56 78 appelez moi", "mon numero c'est [téléphone] appelez moi"),
        ("enzo.dupont@gmail.com", "[courriel]"),
        ("j'ai 13 ans, mon mail est enzo@gmail.com", "j'ai 13 ans, mon mail est [courriel]"),
        ("enzo arobase gmail point com", "[courriel]"),
        ("au +33 6 12 34 56 78 ou 418 555-0123", "au [téléphone] ou [téléphone]"),
    ],
)
def test_an_address_and_a_number_are_masked(written: str, kept: str) -> None:
    assert without_contact(written) == kept
    assert is_masked(kept)


@pytest.mark.parametrize(
    "text",
    [
        "combien coûte le CAQ en 2027-2028 ?",
        "j'ai 24 617 $ sur mon compte, 150 000 € de mes parents",
        "j'habite 75011 Paris, rue de Rivoli",
        "rentrée le 01/09/2027",
        "je suis né le 3 mars 2008, bac+3",
    ],
)
def test_what_reaches_nobody_is_left_as_it_is(text: str) -> None:
    assert without_contact(text) == text
    assert not is_masked(text)


def test_the_rest_of_a_message_is_still_to_be_answered() -> None:
    assert beside_contact("combien coûte le CAQ ? mon mail : lea@exemple.fr") == (
        "combien coûte le CAQ? mon mail"
    )
    assert beside_contact("[courriel]") == beside_contact("lea@exemple.fr") == ""
    assert beside_contact("combien coûte le CAQ ?") == "combien coûte le CAQ ?"


def test_only_a_minor_who_writes_without_a_parent_is_alone() -> None:
    assert is_minor_alone(age="minor", writer=None)
    assert not is_minor_alone(age="minor", writer="parent")
    assert not is_minor_alone(age="adult", writer=None)
    assert not is_minor_alone(age=None, writer=None)
