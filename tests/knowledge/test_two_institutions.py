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
