"""Who comes along, as people say it of themselves; other people's families do not count."""

import pytest

from knowledge.told.household import SOME, replied_household, told_household


@pytest.mark.parametrize(
    ("text", "household"),
    [
        ("nous sommes un couple avec un enfant de 4 ans. Quel budget pour nous trois ?",
         "two_adults_one_child"),
        ("je suis seule avec mes deux enfants", "one_adult_two_children"),
        ("je pars avec mes enfants mais sans mon mari, ma fille et mon fils",
         SOME),
        ("j'ai deux enfants, ils viennent avec moi", "one_adult_two_children"),
        ("on est deux adultes et un enfant, mon mari et mon fils", "two_adults_one_child"),
        ("mon mari vient avec moi", "two_adults"),
        ("on part à deux", "two_adults"),
        ("avec mon mari et nos trois enfants", "other"),
        ("je pars seule", "alone"),
        ("et on est trois, vous l'avez compté ?", SOME),
        ("je viens avec ma famille", SOME),
    ],
)  # fmt: skip
def test_who_comes_along_is_read_from_plain_words(text: str, household: str) -> None:
    assert told_household(text) == household


@pytest.mark.parametrize(
    "text",
    [
        "Combien faut-il prouver pour un couple avec un enfant ?",
        "si ma femme m'accompagne, c'est combien ?",
        "ma fille a 16 ans",
        "ma fille part avec son mari",
        "je viens pour deux ans",
        "mon conjoint peut travailler ?",
        "on est deux amis à partir",
    ],
)
def test_a_family_in_general_or_somebody_else_s_is_nobody_s_household(text: str) -> None:
    assert told_household(text) is None


@pytest.mark.parametrize(
    ("text", "household"),
    [
        ("à deux", "two_adults"),
        ("un couple et un enfant", "two_adults_one_child"),
        ("mes deux enfants", "one_adult_two_children"),
        ("personne", "alone"),
        ("quatre", "other"),
        ("bof", None),
    ],
)
def test_a_few_words_are_enough_when_it_was_asked(text: str, household: str | None) -> None:
    assert replied_household(text) == household
