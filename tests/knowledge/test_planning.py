"""A person's plan: whose rules it tells, the dates it counts back, what it does when it is late."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_knowledge import SmallKnowledge

from knowledge.at_hand import library, planner
from knowledge.plan_schema import Season
from knowledge.planning import Deadline, Obstacle, Plan, PlannedStep, Planner, Project, State, Term
from knowledge.schema import Age, Citizenship, Level

NOVEMBER = date(2026, 11, 28)
AUTUMN = Term(Season.autumn, 2027)
WINTER = Term(Season.winter, 2028)
CEGEP = Project(Citizenship.france, Level.cegep, Age.adult, start=AUTUMN, admitted=False)
LAVAL = Project(
    Citizenship.france, Level.bachelor, Age.adult, institution="laval", start=AUTUMN, admitted=False
)
FRENCH_ONLY = ("CPAM", "SE 401", "registre consulaire", "Registre des Français")
APPLICATION = {"choose", "entry", "supervisor", "papers", "apply"}
PAPERS = {"caq", "study_permit", "biometrics", "funds"}


def plan(project: Project, on: date = NOVEMBER) -> Plan:
    return planner().plan(project, on)


def ids(plan: Plan) -> set[str]:
    return {step.id for step in plan.steps}


def step(plan: Plan, name: str) -> PlannedStep:
    [found] = [step for step in plan.steps if step.id == name]
    return found


def read(plan: Plan) -> str:
    """All that the steps say."""
    said = [(one.title, one.what, one.where.label, one.cost, one.how_long) for one in plan.steps]
    return "\n".join(str(words) for words in said)


# Dates


@pytest.mark.parametrize("on", [NOVEMBER, date(2027, 1, 15), date(2027, 2, 28)])
def test_given_a_start_term_steps_are_dated_back_from_it_whatever_the_day(on: date) -> None:
    cegep = plan(CEGEP, on)
    assert step(cegep, "apply").limit == Deadline(date(2027, 3, 1), sure=False)
    assert step(cegep, "caq").due == date(2027, 8, 21) - timedelta(weeks=12 + 2, days=63)
    assert step(cegep, "study_permit").due == date(2027, 8, 21) - timedelta(weeks=12 + 2)
    assert step(cegep, "arrive").due == date(2027, 8, 14)
    assert step(cegep, "first_day").due == date(2027, 8, 21)


def test_given_an_institution_the_dates_are_those_of_its_session() -> None:
    laval = plan(LAVAL)
    assert laval.start is not None
    assert laval.start.said == "1re semaine de septembre\u00a02027"
    assert step(laval, "study_permit").due == date(2027, 9, 1) - timedelta(weeks=14)


def test_given_no_known_deadline_the_date_is_to_be_confirmed_with_the_page() -> None:
    applying = step(plan(LAVAL), "apply")
    assert (applying.due, applying.limit, applying.to_confirm) == (None, None, True)
    assert applying.when == "date à confirmer (ulaval.ca, étapes de la demande)"


def test_given_a_deadline_of_another_year_it_is_not_reused() -> None:
    later = step(plan(replace(CEGEP, start=Term(Season.autumn, 2028))), "apply")
    assert (later.due, later.to_confirm) == (None, True)


def test_given_papers_that_take_longer_than_the_deadline_leaves_one_aims_earlier() -> None:
    winter = plan(replace(CEGEP, start=WINTER))
    applying = step(winter, "apply")
    assert applying.limit is not None
    assert applying.limit.day == date(2027, 8, 31)
    assert applying.due == step(winter, "caq").opens == date(2027, 7, 12)
    assert applying.when is not None
    assert applying.when.startswith("visez vers le 12 juillet 2027")


def test_given_no_letter_yet_the_caq_waits_for_it_and_one_applies_before_it_is_time() -> None:
    asked, applying = step(plan(CEGEP), "caq"), step(plan(CEGEP), "apply")
    assert asked.when is not None
    assert asked.when.startswith("dès la lettre d’admission, de préférence entre le 19 février")
    assert applying.due == asked.opens
    admitted = step(plan(replace(CEGEP, admitted=True)), "caq").when
    assert admitted is not None
    assert admitted.startswith("de préférence entre le 19 février 2027")


def test_given_a_day_to_aim_at_that_is_over_the_deadline_is_still_to_come() -> None:
    applying = step(plan(CEGEP, date(2027, 2, 25)), "apply")
    assert (applying.state, applying.until) == (State.now, date(2027, 3, 1))
    assert applying.when is not None
    assert applying.when.startswith("le plus tôt possible")


def test_given_no_start_term_no_step_has_a_date() -> None:
    undated = plan(replace(CEGEP, start=None))
    assert undated.start is None
    for one in undated.steps:
        assert (one.due, one.opens, one.limit, one.when, one.to_confirm) == (
            None, None, None, None, False,
        )  # fmt: skip


def test_given_an_approximate_start_the_plan_says_so() -> None:
    assert step(plan(CEGEP), "first_day").when == (
        "fin août\u00a02027, la date exacte est à confirmer"
    )


# Late, or impossible


def test_given_a_date_that_is_over_the_step_is_late_and_those_before_it_are_for_now() -> None:
    april = plan(LAVAL, date(2027, 4, 10))
    assert step(april, "caq").state is State.late
    assert step(april, "funds").state is State.now
    assert step(april, "study_permit").state is State.upcoming
    assert april.obstacle is None


def test_given_a_date_within_a_month_the_step_is_for_now() -> None:
    assert step(plan(CEGEP, date(2027, 1, 19)), "apply").state is State.upcoming
    assert step(plan(CEGEP, date(2027, 1, 20)), "apply").state is State.now
    assert step(plan(CEGEP, date(2027, 3, 1)), "apply").state is State.now


def test_given_nothing_due_soon_the_first_step_is_for_now() -> None:
    assert [one.id for one in plan(LAVAL).steps if one.state is State.now] == ["choose"]


def test_given_a_first_round_that_is_over_the_second_is_aimed_at() -> None:
    after = plan(CEGEP, date(2027, 3, 2))
    assert after.obstacle is None
    limit = step(after, "apply").limit
    assert limit is not None
    assert limit.day == date(2027, 4, 20)


def test_given_every_deadline_over_the_next_possible_term_is_offered() -> None:
    assert plan(CEGEP, date(2027, 4, 20)).obstacle is None
    closed = plan(CEGEP, date(2027, 4, 21))
    assert (closed.obstacle, closed.instead) == (Obstacle.closed, WINTER)


def test_given_somebody_admitted_a_deadline_to_apply_is_nothing_to_them() -> None:
    assert plan(replace(CEGEP, admitted=True), date(2027, 4, 21)).obstacle is None


@pytest.mark.parametrize("admitted", [None, False, True])
def test_given_a_session_that_has_begun_the_next_one_is_offered(admitted: bool | None) -> None:
    begun = plan(replace(LAVAL, admitted=admitted), date(2027, 9, 1))
    assert (begun.obstacle, begun.instead) == (Obstacle.begun, WINTER)
    assert plan(LAVAL, date(2027, 8, 31)).obstacle is not Obstacle.begun


def test_given_less_time_than_the_shortest_delays_known_the_next_term_is_offered() -> None:
    """25 working days for the CAQ, then 5 weeks for the permit of a French citizen."""
    last = date(2027, 9, 1) - timedelta(days=35 + 35)
    assert plan(LAVAL, last).obstacle is None
    short = plan(LAVAL, last + timedelta(days=1))
    assert (short.obstacle, short.instead) == (Obstacle.short, WINTER)
    assert short.is_given_up


def test_given_six_weeks_before_january_who_is_not_admitted_is_told_of_the_next_autumn() -> None:
    january = plan(replace(LAVAL, start=Term(Season.winter, 2027)), date(2026, 11, 29))
    assert (january.obstacle, january.instead) == (Obstacle.short, AUTUMN)
    assert [source.said.split(",")[0] for source in january.delays] == [
        "25\u00a0jours ouvrables (vers 2025)", "5 à 10\u00a0semaines (vers 2025)",
    ]  # fmt: skip


def test_given_somebody_admitted_whose_papers_may_be_asked_already_the_steps_are_told_too() -> None:
    january = replace(LAVAL, start=Term(Season.winter, 2027), admitted=True)
    for made in (planner().plan, planner().journey):
        short = made(january, NOVEMBER)
        assert short.obstacle is Obstacle.short
        assert not short.is_given_up


@pytest.mark.parametrize(
    "project",
    [replace(LAVAL, citizenship=Citizenship.canada), replace(LAVAL, institution="teluq")],
)
def test_given_no_paper_to_ask_for_there_is_always_time_until_the_start(project: Project) -> None:
    assert plan(project, date(2027, 8, 20)).obstacle is None


def test_given_a_date_that_is_over_it_is_said_so_and_goes_to_no_calendar() -> None:
    asked = step(plan(LAVAL, date(2027, 4, 10)), "caq")
    assert (asked.state, asked.until) == (State.late, None)
    assert asked.when is not None
    assert "la date à viser était le 24 mars 2027" in asked.when


def test_given_a_session_long_past_a_term_to_come_is_offered() -> None:
    past = plan(replace(LAVAL, start=Term(Season.autumn, 2019)))
    assert past.instead == AUTUMN


def test_given_a_level_that_begins_in_summer_too_summer_is_offered_and_to_no_other() -> None:
    bachelor = replace(LAVAL, start=Term(Season.winter, 2027))
    master = replace(bachelor, level=Level.graduate)
    assert plan(master, date(2027, 2, 1)).instead == Term(Season.summer, 2027)
    assert plan(bachelor, date(2027, 2, 1)).instead == AUTUMN


# Whose rules


@pytest.mark.parametrize("citizenship", [None, *(c for c in Citizenship if c.value != "france")])
@pytest.mark.parametrize("made", ["plan", "journey"])
def test_given_somebody_not_known_to_be_french_no_french_rule_is_told(
    citizenship: Citizenship | None, made: str
) -> None:
    for level in (None, *Level):
        project = Project(citizenship, level, Age.minor, start=AUTUMN)
        text = read(getattr(planner(), made)(project, NOVEMBER))
        assert not [words for words in FRENCH_ONLY if words in text]


def test_given_a_french_person_the_form_is_asked_from_the_cpam() -> None:
    assert "CPAM" in step(plan(CEGEP), "health_cover").what
    assert "consular_register" in ids(planner().journey(CEGEP, NOVEMBER))


def test_given_a_canadian_there_is_neither_caq_nor_permit() -> None:
    canadian = plan(replace(LAVAL, citizenship=Citizenship.canada))
    assert not ids(canadian) & PAPERS
    assert "status_proof" in ids(canadian)
    assert "status_proof" not in ids(plan(LAVAL))


def test_given_studies_at_a_distance_nobody_is_sent_to_quebec() -> None:
    distant = ids(plan(replace(LAVAL, institution="teluq")))
    assert not distant & {*PAPERS, "flight", "housing", "arrive"}
    assert "distance" in distant


def test_given_a_minor_the_custodian_and_the_parents_are_added() -> None:
    extra = {"custodian", "parents_travel"}
    assert extra <= ids(plan(replace(CEGEP, age=Age.minor)))
    assert not extra & ids(plan(CEGEP))
    assert not extra & ids(plan(replace(CEGEP, age=None)))


def test_given_a_minor_the_proof_of_funds_is_the_one_of_minors() -> None:
    figures = step(plan(replace(CEGEP, age=Age.minor)), "funds").figures
    assert "caq_funds_minor" in figures
    assert "caq_funds_adult" not in figures


def test_given_somebody_admitted_the_steps_to_apply_are_left_out() -> None:
    admitted = plan(replace(CEGEP, admitted=True))
    assert not ids(admitted) & APPLICATION
    assert ids(admitted) >= PAPERS
    assert ids(plan(replace(CEGEP, admitted=None))) >= {"choose", "apply"}


def test_given_a_diploma_its_own_landmark_is_told() -> None:
    assert step(plan(replace(CEGEP, diploma="BTS")), "entry").topic == "equivalence/bts"


def test_given_an_institution_its_own_way_of_applying_is_told() -> None:
    st_lawrence = replace(CEGEP, institution="champlain_st_lawrence")
    assert "slc.qc.ca" in step(plan(st_lawrence), "apply").what
    assert "st_lawrence_application_fee" in step(plan(st_lawrence), "apply").figures


def test_given_limoilou_and_another_nationality_the_deadline_of_the_french_is_not_theirs() -> None:
    foreign = replace(CEGEP, citizenship=Citizenship.other, institution="limoilou")
    assert step(plan(foreign), "apply").to_confirm
    assert not step(plan(replace(CEGEP, institution="limoilou")), "apply").to_confirm


# The journey of the admitted


def test_given_somebody_admitted_the_journey_goes_from_the_offer_to_the_first_week() -> None:
    journey = planner().journey(LAVAL, NOVEMBER)
    assert journey.steps[0].id == "answer"
    assert journey.steps[-1].id == "first_week"
    assert ids(journey) >= {"health_cover", "flight", "housing", "bank", "sin", "welcome", "phone"}
    assert not ids(journey) & APPLICATION


def test_given_somebody_admitted_they_accept_an_offer_and_wait_for_no_answer() -> None:
    titles = [one.title for one in planner().journey(LAVAL, NOVEMBER).steps]
    assert titles[0] == "Accepter l’offre d’admission"
    assert "Recevoir la réponse et accepter l’offre" in [one.title for one in plan(LAVAL).steps]


def test_given_the_same_step_in_both_lists_it_has_the_same_id() -> None:
    whole, journey = plan(replace(LAVAL, admitted=True)), planner().journey(LAVAL, NOVEMBER)
    assert ids(whole) < ids(journey)


def test_given_somebody_who_has_arrived_nothing_of_the_journey_is_late() -> None:
    journey = planner().journey(LAVAL, date(2027, 9, 6))
    assert State.late not in {one.state for one in journey.steps}
    assert journey.obstacle is None


# What is not known


def test_given_nothing_known_all_that_would_change_the_plan_is_asked_in_order() -> None:
    assert plan(Project()).missing == (
        "citizenship", "level", "start", "admitted", "institution", "age", "diploma",
    )  # fmt: skip


def test_given_somebody_admitted_their_diploma_is_not_asked() -> None:
    admitted = replace(LAVAL, age=None, admitted=True)
    assert plan(admitted).missing == ("age",)


def test_given_a_graduate_their_age_is_not_asked() -> None:
    graduate = replace(LAVAL, level=Level.graduate, age=None, diploma="licence")
    assert plan(graduate).missing == ()


# Figures


def test_the_figures_quoted_are_those_in_force_that_day(small: SmallKnowledge) -> None:
    (small.folder / "plan/steps.yml").write_text(
        "certificate:\n  title: CAQ\n  lists: [plan]\n  says:\n"
        "    - what: Il coûte {fee}.\n      where: {label: quebec.ca, source: quebec}\n"
        "      cost: [fee]\n      how_long: '{fee}'\n      sources: [quebec]\n"
        "      topic: caq/fee\n"
    )
    planning = Planner(small.load())
    [before], [after] = (
        planning.plan(Project(), on).steps for on in (date(2026, 12, 31), date(2027, 1, 1))
    )
    assert before.what == "Il coûte 134\u00a0$ (2026)."
    assert before.cost == "134\u00a0$ (2026), frais du CAQ"
    assert before.cautions == ()
    assert [source.title for source in before.sources] == ["Demande de CAQ"]
    assert after.how_long == "140,50\u00a0$ (2027)"
    assert [source.title for source in after.sources] == ["Budget", "Demande de CAQ"]
    assert "À titre indicatif" in after.cautions[0]


def test_the_figures_a_date_comes_from_are_doubted_and_cited_like_those_quoted() -> None:
    applying = step(plan(replace(CEGEP, citizenship=None)), "apply")
    assert "cegep_deadline_autumn" in applying.figures
    assert any("date limite" in caution for caution in applying.cautions)
    third_party = library().cite("macote_colleges")
    assert third_party in applying.sources


def test_past_the_review_of_its_topic_a_step_is_said_to_be_verified() -> None:
    stale = library().wording.stale
    review = library().topics["caq/how_to_submit"].review_by
    assert stale not in step(plan(CEGEP, review), "caq").cautions
    assert stale in step(plan(CEGEP, review + timedelta(days=1)), "caq").cautions


# Whatever the project


def _known_or_not(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *values])


_DIPLOMAS = ["BTS", "licence", "bac général ou technologique", "un diplôme inconnu"]
_TERMS = [Term(season, year) for season in Season for year in range(2024, 2031)]
PROJECTS = st.builds(
    Project,
    citizenship=_known_or_not([*Citizenship]),
    level=_known_or_not([*Level]),
    age=_known_or_not([*Age]),
    diploma=_known_or_not(_DIPLOMAS),
    institution=_known_or_not([*library().institutions, "nowhere"]),
    start=_known_or_not(_TERMS),
    admitted=_known_or_not([True, False]),
)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@settings(deadline=None)
@given(PROJECTS, DAYS, st.sampled_from(["plan", "journey"]))
def test_whatever_the_project_a_plan_is_in_order_sourced_and_nobody_else_s(
    project: Project, on: date, made: str
) -> None:
    found: Plan = getattr(planner(), made)(project, on)
    dues = [one.due for one in found.steps if one.due]
    assert dues == sorted(dues)
    assert all(one.sources and one.where.url and "{" not in one.what for one in found.steps)
    assert all(one.due <= one.limit.day for one in found.steps if one.due and one.limit)
    assert all(getattr(found.project, part) is None for part in found.missing)
    if project.citizenship is not Citizenship.france:
        assert not [words for words in FRENCH_ONLY if words in read(found)]


@settings(deadline=None)
@given(PROJECTS, DAYS)
def test_whatever_the_project_the_term_offered_instead_is_possible(
    project: Project, on: date
) -> None:
    found = plan(project, on)
    assert (found.obstacle is None) == (found.instead is None)
    if found.instead:
        assert plan(replace(project, start=found.instead), on).obstacle is None
