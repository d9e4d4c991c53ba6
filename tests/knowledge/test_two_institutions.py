"""Two institutions and comparing words ask for them side by side; anything more is a question."""

import pytest

from knowledge.asked import Kind, Names
from knowledge.library import Library

NAMES = Names(Library.load())


@pytest.mark.parametrize(
    "text",
    [
        "Limoilou ou Garneau ?",
        "limoilou vs garneau",
        "différence entre le cégep Limoilou et Garneau",
        "comparer limoilou et garneau svp",
        "entre limoilou et garneau",
        "c'est quoi la différence entre limoilou et le cégep garneau",
    ],
)
def test_two_institutions_are_asked_for_side_by_side(text: str) -> None:
    asked = NAMES.asked(text)
    assert asked is not None
    assert asked.kind is Kind.comparison
    assert asked.ids == ("institutions/limoilou", "institutions/garneau")


@pytest.mark.parametrize(
    "text",
    [
        "cégep ou université ?",
        "limoilou ou garneau pour le logement",
        "différence d'inscription entre limoilou et garneau",
        "limoilou ou un autre cégep",
        "limoilou ou limoilou",
        "limoilou, garneau, mérici ou laval",
        "limoilou ou desjardins",
        "comparer limoilou",
    ],
)
def test_what_has_more_or_less_to_it_is_no_comparison(text: str) -> None:
    asked = NAMES.asked(text)
    assert asked is None or asked.kind is not Kind.comparison


def test_where_two_institutions_are_is_asked_of_each() -> None:
    asked = NAMES.asked("limoilou et garneau, c'est où ?")
    assert asked is not None
    assert asked.kind is Kind.card


def test_three_institutions_are_asked_for_side_by_side_too() -> None:
    asked = NAMES.asked("limoilou vs garneau vs sainte-foy")
    assert asked is not None
    assert asked.kind is Kind.comparison
    assert len(asked.ids) == 3


@pytest.mark.parametrize(
    "text",
    [
        "compare le génie civil à limoilou et laval",
        "limoilou ou laval pour le génie civil ?",
        "différence entre le programme de génie civil de limoilou et de laval",
    ],
)
def test_a_field_at_two_institutions_is_their_programmes_side_by_side(text: str) -> None:
    asked = NAMES.asked(text)
    assert asked is not None
    assert asked.kind is Kind.comparison
    assert asked.wanted.institutions == ("limoilou", "laval")
    assert {"genie", "civil"} <= {*asked.wanted.words}


def test_who_asks_for_the_best_asks_for_facts_and_no_ranking() -> None:
    of_two = NAMES.asked("lequel est le mieux entre limoilou et garneau ?")
    in_a_field = NAMES.asked("quelle est la meilleure fac en droit ?")
    of_all = NAMES.asked("quel est le meilleur cégep ?")
    assert of_two is not None
    assert in_a_field is not None
    assert of_all is not None
    assert all(asked.ranks for asked in (of_two, in_a_field, of_all))
    assert of_two.kind is Kind.comparison
    assert in_a_field.kind is Kind.programmes
    assert of_all.ids == ("institutions/which_ones",)


@pytest.mark.parametrize("text", ["c'est quoi le meilleur quartier", "le meilleur mois pour venir"])
def test_the_best_of_something_else_is_a_question(text: str) -> None:
    assert NAMES.asked(text) is None
