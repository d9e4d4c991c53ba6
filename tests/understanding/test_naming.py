"""Names of every origin are read; questions are not taken for names."""

import pytest

from actions.naming import (
    email,
    first_name,
    is_only_a_name,
    is_pronounceable,
    wants_no_email,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Léa", "Léa"),
        ("Madame Lefèvre", "Madame Lefèvre"),
        ("Fatou Diop", "Fatou Diop"),
        ("Ahmed Ben Ali", "Ahmed Ben Ali"),
        ("Alma", "Alma"),
        ("Nina Rossi-Martin", "Nina Rossi-Martin"),
        ("salut moi c'est tom", "Tom"),
        ("Bonjour je m'appelle Tom", "Tom"),
        ("jmappelle nina", "Nina"),
        ("je m appelle nina", "Nina"),
        ("prénom : Nina", "Nina"),
        ("moi c'est Bruno, et toi ?", "Bruno"),
        ("Léa 🙂", "Léa"),
        ("Jean-Baptiste de La Salle", "Jean-Baptiste de La Salle"),
        ("Océane 0612345678", "Océane"),
        ("Tom Durand 17 ans", "Tom Durand"),
        ("Charlotte Québec", "Charlotte Québec"),
        ("my name is James", "James"),
        ("Hi, I'm Kate", "Kate"),
        ("call me Al", "Al"),
        ("Imane", "Imane"),
        ("Moira", "Moira"),
    ],
)
def test_what_is_written_like_a_name_is_one(text: str, name: str) -> None:
    assert first_name(text) == name


def test_a_name_alone_is_told_from_a_greeting() -> None:
    assert is_only_a_name("Awa")
    assert not is_only_a_name("Bonsoir")
    assert not is_only_a_name("awa merci")


@pytest.mark.parametrize(
    "text",
    [
        "c'est combien le caq",
        "combien coute le caq",
        "vous répondez quand ?",
        "oui",
        "ok",
        "lea@gmail.com ?",
        "x9 #4",
        "!!!",
        "je voudrais savoir le prix",
    ],
)
def test_what_is_a_question_or_nothing_is_no_name(text: str) -> None:
    assert first_name(text) is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("mail:lea@gmail.com", "lea@gmail.com"),
        ("c'est lea@exemple.fr.", "lea@exemple.fr"),
        ("(lea@exemple.fr)", "lea@exemple.fr"),
        ("lea arobase gmail", None),
    ],
)
def test_an_address_is_found_in_its_sentence(text: str, address: str | None) -> None:
    assert email(text) == address


@pytest.mark.parametrize(
    "text", ["j'en ai pas", "j'ai pas d'adresse mail", "sans courriel", "plus tard", "non merci"]
)
def test_not_wanting_to_leave_one_is_understood(text: str) -> None:
    assert wants_no_email(text)


@pytest.mark.parametrize("name", ["Léa", "Lynn", "Åse", "Мария", "Œdipe", "李娜"])
def test_a_name_can_be_said(name: str) -> None:
    assert is_pronounceable(name)


@pytest.mark.parametrize("keys", ["Qsdqsd", "Xcvb", "Hjkl"])
def test_keys_hit_at_random_cannot(keys: str) -> None:
    assert not is_pronounceable(keys)
