"""What a year costs for those who ask, with the figures we have; never with a rule of others."""

from dataclasses import replace
from datetime import date

import pytest
from budgets import LAVAL, add_budget, budget, situations
from hypothesis import given, settings
from hypothesis import strategies as st
from small_knowledge import TODAY, SmallKnowledge

from knowledge import at_hand
from knowledge.budget import Budget, Line, Situation, Unknown
from knowledge.budget_schema import Household, Housing
from knowledge.budgeting import Budgeting
from knowledge.schema import Age, Certainty, Citizenship, Level

FRENCH_RULES = {
    "tuition_bachelor_french",
    "tuition_graduate_french",
    "cegep_tuition_french",
    "cegep_fees_french",
    "health_cost_with_agreement",
}


def worth(figure: str) -> float:
    value = at_hand.library().value(figure, TODAY)
    assert value is not None
    assert isinstance(value.amount, float)
    return value.amount


def line(made: Budget, name: str) -> Line:
    [found] = [line for line in made.lines if line.id == name]
    return found


def unknown(made: Budget) -> list[str]:
    return [entry.id for entry in made.unknown]


def named(made: Budget) -> set[str]:
    return {line.id for line in made.lines}


def test_a_french_bachelor_student_at_laval_pays_the_agreement_and_the_bus_but_no_insurance() -> (
    None
):
    made = budget(LAVAL)
    assert line(made, "tuition").low == worth("tuition_bachelor_french")
    assert line(made, "bus_pass").low == 2 * worth("lpu")
    assert line(made, "health").high == 0
    assert made.institution == "Université Laval"
    assert made.missing == ()


def test_a_room_in_residence_is_paid_for_the_lease_at_least_and_for_the_year_at_most() -> None:
    rent, lease = line(budget(LAVAL), "rent"), worth("ulaval_residence_lease")
    monthly = worth("ulaval_residence_rent")
    assert (rent.low, rent.high) == (lease * monthly, 12 * monthly)


def test_a_french_student_at_a_public_cegep_pays_registration_and_twelve_months_of_flatshare() -> (
    None
):
    made = budget(Situation(Citizenship.france, None, Age.adult, "limoilou", Housing.flatshare))
    assert line(made, "tuition").high == 0
    assert line(made, "compulsory_fees").low == worth("cegep_fees_french")
    assert (line(made, "rent").low, line(made, "rent").high) == (12 * 400, 12 * 700)
    assert made.unknown == ()
    assert made.missing == ()


def test_a_belgian_bachelor_student_pays_a_floor_and_is_told_of_the_other_agreement() -> None:
    made = budget(replace(LAVAL, citizenship=Citizenship.european_union))
    tuition = line(made, "tuition")
    assert tuition.low == worth("tuition_bachelor_international_floor")
    assert tuition.at_least
    assert made.total.at_least
    assert "Belges" in (tuition.note or "")
    assert line(made, "health").low == 0 < line(made, "health").high


def test_the_tuition_of_an_ivorian_graduate_is_to_confirm_and_left_out_of_the_total() -> None:
    made = budget(
        Situation(Citizenship.other, Level.graduate, Age.adult, "inrs", Housing.flatshare)
    )
    assert "tuition" in unknown(made)
    assert "tuition" not in named(made)
    assert made.unknown[0].page.url == "https://inrs.ca/"
    assert line(made, "health").low == worth("health_cost_without_agreement")


@pytest.mark.parametrize("citizenship", Citizenship)
def test_a_private_college_is_to_confirm_on_its_own_site_whatever_the_citizenship(
    citizenship: Citizenship,
) -> None:
    made = budget(Situation(citizenship, Level.cegep, Age.adult, "merici", Housing.flatshare))
    [tuition] = [entry for entry in made.unknown if entry.id == "tuition"]
    assert tuition.page.url == "https://www.merici.ca/"


def test_a_minor_has_papers_to_pay_and_the_amount_of_minors_to_prove() -> None:
    made = budget(replace(LAVAL, age=Age.minor))
    assert "minor_papers" in unknown(made)
    assert isinstance(made.to_prove, Line)
    assert made.to_prove.low == worth("caq_funds_minor")
    assert "moins de 18 ans" in made.to_prove.label


def test_a_canadian_pays_no_permit_and_has_nothing_to_prove_for_a_caq() -> None:
    made = budget(replace(LAVAL, citizenship=Citizenship.canada))
    assert not {"caq", "study_permit", "biometrics"} & named(made)
    assert made.to_prove is None
    assert {"tuition", "health"} <= set(unknown(made))


@pytest.mark.parametrize("level", Level)
def test_with_an_unknown_citizenship_tuition_is_asked_not_given(level: Level) -> None:
    made = budget(Situation(level=level))
    assert "tuition" in unknown(made)
    assert made.missing[0] == "citizenship"
    assert line(made, "health").low == 0 < line(made, "health").high


def test_what_is_missing_is_in_the_order_to_ask_it() -> None:
    assert budget(Situation()).missing == ("citizenship", "level", "housing", "institution", "age")


def test_undecided_is_a_reply_that_is_not_asked_again() -> None:
    made = budget(Situation(housing=Housing.undecided))
    assert "housing" not in made.missing
    assert line(made, "living_all") == line(budget(Situation()), "living_all")


def test_the_level_is_not_asked_when_the_institution_teaches_one_only() -> None:
    assert "level" not in budget(Situation(Citizenship.france, institution="enap")).missing


def test_an_institution_that_does_not_teach_the_level_is_set_aside_and_asked() -> None:
    made = budget(replace(LAVAL, level=Level.cegep))
    assert made.institution is None
    assert "institution" in made.missing
    assert line(made, "tuition").high == worth("cegep_tuition_french")


@pytest.mark.parametrize("household", Household)
def test_a_family_proves_its_own_amount_and_only_its_tickets_are_counted_in_the_lines(
    household: Household,
) -> None:
    alone, made = budget(LAVAL), budget(replace(LAVAL, household=household))
    assert ("family" in unknown(made)) == (household is not Household.alone)
    tickets = line(alone, "flight").high * (household.travellers - 1)
    assert made.total.high == pytest.approx(alone.total.high + tickets)
    if household in (
        Household.other, Household.one_adult_one_child, Household.one_adult_two_children
    ):  # fmt: skip
        assert isinstance(made.to_prove, Unknown)
    else:
        figure = "adult" if household is Household.alone else household.value
        assert isinstance(made.to_prove, Line)
        assert made.to_prove.low == worth(f"caq_funds_{figure}")


def test_with_children_a_flat_of_one_s_own_has_two_bedrooms() -> None:
    mother = replace(LAVAL, housing=Housing.own_flat, household=Household.one_adult_two_children)
    assert line(budget(mother), "rent").figures == ("rent_two_bedrooms",)


def test_each_line_has_a_source_and_the_budget_lists_each_once() -> None:
    made = budget(LAVAL)
    assert all(line.sources for line in made.lines)
    assert len(set(made.sources)) == len(made.sources)
    assert set(line(made, "tuition").sources) < set(made.sources)
    assert at_hand.library().cite("tuition_agreement_2024") in line(made, "tuition").sources


def test_what_must_be_proved_is_no_part_of_what_is_needed(small: SmallKnowledge) -> None:
    made = Budgeting(add_budget(small).load()).budget(Situation(), TODAY)
    assert (made.total.low, made.total.high) == (134, 134)
    assert isinstance(made.to_prove, Line)
    assert (made.to_prove.low, made.to_prove.note) == (20000, "La vie courante.")


def test_the_first_year_is_what_each_year_costs_and_what_is_paid_once(
    small: SmallKnowledge,
) -> None:
    made = Budgeting(add_budget(small).load()).budget(
        Situation(housing=Housing.flatshare, level=Level.bachelor), TODAY
    )
    assert (made.each_year.low, made.each_year.high) == (8 * 400 + 20000, 12 * 600 + 20000)
    assert (made.once.low, made.once.high) == (134, 134)
    assert (made.total.low, made.total.high) == (23334, 27334)
    assert (made.total.at_least, made.once.at_least) == (True, False)


def test_euros_use_the_rate_in_force_that_day_and_say_its_year(small: SmallKnowledge) -> None:
    budgeting = Budgeting(add_budget(small).load())
    now = budgeting.budget(Situation(), TODAY).total
    later = budgeting.budget(Situation(), date(2027, 2, 1)).total
    before = budgeting.budget(Situation(), date(2025, 2, 1)).total
    assert now.rate is not None
    assert (now.low, now.low_eur, now.rate.year) == (134, 89.33, "2026")
    assert (later.low, later.low_eur) == (140.5, 70.25)
    assert (before.rate, before.low_eur) == (None, None)


def test_a_figure_not_in_force_yet_is_to_confirm_on_the_page_it_comes_from(
    small: SmallKnowledge,
) -> None:
    made = Budgeting(add_budget(small).load()).budget(Situation(), date(2025, 2, 1))
    assert unknown(made) == ["caq", "rent"]
    assert made.unknown[0].page.title == "Demande de CAQ"
    assert made.total.high == 0


def test_a_line_is_as_certain_as_its_least_certain_figure(small: SmallKnowledge) -> None:
    add_budget(small).change("budget.yml", "{figure: fee}", "{figure: fee}, {figure: euro}")
    made = Budgeting(small.load()).budget(Situation(), TODAY)
    assert line(made, "caq").certainty is Certainty.to_confirm


def test_the_page_of_the_institution_is_the_one_to_ask(small: SmallKnowledge) -> None:
    made = Budgeting(add_budget(small).load()).budget(Situation(institution="garneau"), TODAY)
    assert made.unknown[0].page.url == "https://www.garneau.example/"


def test_past_its_review_a_budget_says_it_is_stale() -> None:
    plan = at_hand.library().budget
    assert plan is not None
    review_by = plan.review_by
    assert not budget(LAVAL, review_by).stale
    assert budget(LAVAL, review_by.replace(year=review_by.year + 1)).stale


def test_a_library_without_a_budget_is_refused(small: SmallKnowledge) -> None:
    with pytest.raises(ValueError, match="no budget"):
        Budgeting(small.load())


@settings(deadline=None)
@given(situations, st.dates())
def test_whoever_asks_whenever_the_sums_are_those_of_the_lines(
    situation: Situation, on: date
) -> None:
    made = budget(situation, on)
    assert all(0 <= line.low <= line.high for line in made.lines)
    assert made.total.low == pytest.approx(sum(line.low for line in made.lines))
    assert made.total.high == pytest.approx(sum(line.high for line in made.lines))
    assert made.total.low == pytest.approx(made.each_year.low + made.once.low)
    assert made.total.high == pytest.approx(made.each_year.high + made.once.high)
    if made.total.low_eur is not None and made.total.high_eur is not None:
        assert made.total.low_eur <= made.total.high_eur


@settings(deadline=None)
@given(situations.filter(lambda situation: situation.citizenship is not Citizenship.france))
def test_who_is_not_known_to_be_french_has_no_french_rule_in_any_line(situation: Situation) -> None:
    made = budget(situation)
    assert not FRENCH_RULES & {figure for line in made.lines for figure in line.figures}


@settings(deadline=None)
@given(situations)
def test_what_is_missing_is_unknown(situation: Situation) -> None:
    made = budget(situation)
    asked = set(made.missing) - {"institution"}
    assert all(getattr(situation, part) is None for part in asked)
