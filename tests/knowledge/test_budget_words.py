"""A budget as a person reads it: marked where it is unsure, rounded, and said to whom it is for."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from budgets import LAVAL, budget, situations
from hypothesis import given
from hypothesis import strategies as st

from knowledge import budget_words
from knowledge.budget import Budget, Situation, Total
from knowledge.budget_schema import Household, Housing
from knowledge.budget_words import say_budget
from knowledge.schema import Citizenship, Level

NOT_FOR_OTHERS = ("SE 401-Q", "passeport français", "Entente France-Québec", "citoyen français")


def said(made: Budget, start: str) -> str:
    text = say_budget(made).replace("\u00a0", " ")
    [found] = [line for line in text.splitlines() if line.startswith(start)]
    return found


def test_it_says_whom_it_is_for() -> None:
    assert said(budget(LAVAL), "Pour :") == (
        "Pour : une personne seule, citoyenneté française, baccalauréat (1er cycle), "
        "Université Laval, en résidence, 18 ans ou plus."
    )
    assert "citoyenneté non précisée" in said(budget(Situation()), "Pour :")


def test_a_line_says_how_sure_it_is_and_of_which_year() -> None:
    made = budget(LAVAL)
    assert said(made, "- Permis") == "- Permis d’études : 150 $ (2025-2026)"
    assert said(made, "- CAQ").endswith(": environ 134 $ (2025-2026, à confirmer)")
    assert said(made, "- Droits").endswith(": environ 9 000 $ (2024, indicatif)")
    assert said(made, "- Chambre").endswith(
        ": de 2 944 à 4 416 $ (vers 2020, à confirmer, sans doute plus aujourd’hui)"
    )


def test_a_floor_is_said_to_be_one_in_its_line_and_in_the_totals() -> None:
    made = budget(replace(LAVAL, citizenship=Citizenship.other))
    assert "au moins 20 000 $" in said(made, "- Droits")
    assert said(made, "Total de la première année").count("ou plus") == 2


def test_what_is_to_confirm_has_its_page_and_is_said_to_be_left_out_of_the_totals() -> None:
    made = budget(replace(LAVAL, institution="merici", level=None))
    assert said(made, "- Droits et frais").endswith(
        ": à confirmer (Collège Mérici, https://www.merici.ca/)"
    )
    assert "droits et frais d’un collège privé" in said(made, "Ces totaux ne comprennent pas")


def test_a_total_says_in_its_own_line_what_weighs_most_and_is_not_in_it() -> None:
    assert said(budget(replace(LAVAL, level=None)), "Total").startswith(
        "Total de la première année (hors droits de scolarité) : "
    )
    family = budget(
        replace(LAVAL, institution="limoilou", level=Level.cegep, household=Household.two_adults)
    )
    assert said(family, "Les années suivantes").startswith(
        "Les années suivantes (hors logement; dépenses de votre famille) : "
    )
    assert said(budget(LAVAL), "Total").startswith("Total de la première année : ")


def test_the_tickets_of_a_family_are_said_to_be_for_all_of_it() -> None:
    made = budget(replace(LAVAL, household=Household.two_adults_one_child))
    assert said(made, "Pour :").startswith("Pour : deux adultes et un enfant, ")
    assert said(made, "- Billet").startswith(
        "- Billet d’avion depuis la France, au même prix pour deux adultes et un enfant : "
    )


def test_totals_are_rounded_outwards_in_both_currencies_with_the_rate() -> None:
    made = budget(LAVAL)
    rate = made.total.rate
    assert rate is not None
    made = replace(made, total=Total(23_259.62, 24_981.62, at_least=False, rate=rate))
    assert said(made, "Total de la première année") == (
        "Total de la première année : de 23 000 à 25 000 $, soit de 14 500 à 16 000 €."
    )
    assert said(made, "Taux") == (
        "Taux : 1 € pour 1,60 $ (juillet 2025, à confirmer); il change chaque jour."
    )


def test_without_a_rate_there_are_no_euros() -> None:
    made = budget(LAVAL)
    no_rate = {name: replace(getattr(made, name), rate=None) for name in ("total", "each_year")}
    assert "€" not in say_budget(replace(made, **no_rate))


def test_what_must_be_proved_is_said_apart_and_to_the_dollar() -> None:
    text = say_budget(budget(LAVAL)).replace("\u00a0", " ")
    needed, _, proved = text.partition("À prouver pour le CAQ")
    assert "24 617" not in needed
    assert "Une personne seule : 24 617 $ par an (2026, indicatif)." in proved
    assert "ne s’ajoute pas au budget" in proved
    assert "À prouver" not in say_budget(budget(replace(LAVAL, citizenship=Citizenship.canada)))


def test_an_amount_to_prove_that_nobody_published_has_its_page() -> None:
    made = budget(replace(LAVAL, household=Household.other))
    assert "à confirmer (" in said(made, "Votre famille")


def test_what_would_change_it_is_said_until_all_is_known() -> None:
    assert said(budget(Situation(citizenship=Citizenship.france)), "Ce qui changerait") == (
        "Ce qui changerait ce budget : votre niveau d’études; votre logement; "
        "votre établissement; votre âge."
    )
    assert "Ce qui changerait" not in say_budget(budget(LAVAL))


def test_a_stale_budget_says_so() -> None:
    made = budget(LAVAL)
    assert "en cours de vérification" not in say_budget(made)
    assert "en cours de vérification" in say_budget(replace(made, stale=True))


def test_at_a_relatives_no_rent_is_counted_and_it_is_said() -> None:
    made = budget(replace(LAVAL, housing=Housing.family))
    assert "rent" not in {line.id for line in made.lines}
    assert "aucun loyer compté" in said(made, "Pour :")


@given(situations)
def test_whoever_asks_it_is_said_with_the_typography_of_quebec(situation: Situation) -> None:
    text = say_budget(budget(situation))
    assert not re.findall(r" [:;!?»]|« ", text)
    assert "None" not in text
    assert "{" not in text


@given(situations, st.sampled_from([Citizenship.european_union, Citizenship.other]))
def test_who_is_not_french_reads_no_rule_of_the_french(
    situation: Situation, citizenship: Citizenship
) -> None:
    text = say_budget(budget(replace(situation, citizenship=citizenship)))
    assert not [words for words in NOT_FOR_OTHERS if words in text]


@given(st.integers(1, 20_000_000), st.integers(1, 20_000_000))
def test_what_a_total_says_holds_what_was_added_up(one: int, other: int) -> None:
    low, high = (cents / 100 for cents in sorted((one, other)))
    total = Total(low, high, at_least=False, rate=None)
    text = said(replace(budget(LAVAL), total=total), "Total de la première année")
    numbers = [int(found.replace(" ", "")) for found in re.findall(r"\d[\d ]*", text)]
    assert min(numbers) <= low
    assert max(numbers) >= high


def test_the_words_hold_no_plain_space_before_a_colon() -> None:
    file = Path(budget_words.__file__).with_name("budget_wording.yml")
    values = [line.split(": ", 1)[-1] for line in file.read_text("utf-8").splitlines()[1:]]
    assert not [value for value in values if " :" in value]


@pytest.mark.parametrize("citizenship", Citizenship)
def test_a_budget_fits_in_one_telegram_message(citizenship: Citizenship) -> None:
    text = say_budget(
        budget(
            replace(LAVAL, citizenship=citizenship, age=None, household=Household.two_adults),
        )
    )
    assert len(text) < 4096
