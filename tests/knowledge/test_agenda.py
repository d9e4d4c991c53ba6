"""Events are found by city, kind, period and audience; dated when a date is known, never past."""

from datetime import date

import pytest
from small_knowledge import EVENT, TODAY, SmallKnowledge

from knowledge.agenda import Agenda
from knowledge.asked import EventsWanted, Kind, Names
from knowledge.asked.events import EventNames
from knowledge.library import Library

SHIPPED = Library.load()
AGENDA = Agenda(SHIPPED)
NAMES = Names(SHIPPED)
WELCOME = (
    EVENT.replace("Salon de Lyon", "Accueil")
    .replace("kind: fair", "kind: welcome")
    .replace("country: france, cities: [Lyon]", "country: quebec, cities: [Québec]")
    .replace("usual_months: [1]", "usual_months: [12]")
    .replace("audience: [france]", "audience: [arrived]")
)


@pytest.fixture
def agenda(small: SmallKnowledge) -> Agenda:
    (small.folder / "events" / "welcome.yml").write_text(WELCOME)
    return Agenda(small.load())


def ids(agenda: Agenda, asked: str | EventsWanted, on: date = TODAY) -> list[str]:
    return [event.id for event in agenda.events_for(asked, on)]


def test_the_soonest_is_first(agenda: Agenda) -> None:
    assert ids(agenda, "vos rencontres") == ["events/welcome", "events/lyon"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("un salon à Lyon", ["events/lyon"]),
        ("salons à Lyon en janvier", ["events/lyon"]),
        ("salons à Lyon en mai", []),
        ("rencontres en janvier 2027", ["events/lyon"]),
        ("rencontres en janvier 2026", []),
        ("rencontres le mois prochain", ["events/welcome"]),
        ("événements à Québec", ["events/welcome"]),
        ("événements en France", ["events/lyon"]),
        ("activités pour moi", ["events/welcome"]),
        ("webinaires", []),
        ("combien coûte le caq", []),
    ],
)
def test_a_message_says_which_are_wanted(agenda: Agenda, text: str, found: list[str]) -> None:
    assert ids(agenda, text) == found


def test_who_has_arrived_is_told_what_is_made_for_them(agenda: Agenda) -> None:
    assert ids(agenda, EventsWanted(audience="arrived")) == ["events/welcome"]


def test_a_date_to_come_is_ready_for_a_calendar(agenda: Agenda) -> None:
    [event] = agenda.events_for("salon à Lyon", date(2026, 1, 2))
    [dated] = event.dates
    assert (dated.start, dated.last_day) == (date(2026, 1, 9), date(2026, 1, 11))
    assert "du 9 janvier 2026" in event.when


def test_a_past_date_is_never_given_and_what_is_usual_is_said_to_be(agenda: Agenda) -> None:
    [event] = agenda.events_for("salon à Lyon", TODAY)
    assert event.dates == ()
    assert "d’habitude en janvier" in event.when


def test_a_known_date_wins_over_the_usual_month(small: SmallKnowledge) -> None:
    small.change("events/lyon.yml", "2026-01-09, end: 2026-01-11", "2026-12-04, end: 2026-12-05")
    agenda = Agenda(small.load())
    assert ids(agenda, "salons en janvier") == []
    assert ids(agenda, "salons en décembre") == ["events/lyon"]


def test_what_is_over_and_not_usual_does_not_come_back(small: SmallKnowledge) -> None:
    small.change("events/lyon.yml", "usual_months: [1]", "usual_months: []")
    assert ids(Agenda(small.load()), "salons") == []


def test_what_has_no_known_time_is_last_and_in_no_period() -> None:
    found = ids(AGENDA, "webinaires")
    assert "events/webinaires_et_presences" in found
    assert ids(AGENDA, "webinaires en mars") == []


def test_nothing_to_attend_and_nothing_for_others_is_offered() -> None:
    found = ids(AGENDA, EventsWanted())
    for name in ("campagne_quebec_ville_etudes", "congres_fipf", "salon_carriere_formation"):
        assert f"events/{name}" not in found
    assert "events/salon_carriere_formation" in ids(AGENDA, "salon à Québec")


def test_a_list_is_said_or_the_calendar_is_given(agenda: Agenda) -> None:
    said = agenda.say(agenda.events_for("salon à Lyon", TODAY))
    assert "- Salon de Lyon\u00a0: d’habitude en janvier" in said
    assert "quebecvilleetudes.ca" in agenda.say(())


@pytest.mark.parametrize(
    "text", ["salons à Lyon en janvier", "activités ce mois-ci", "salon étudiant paris québec 2027"]
)
def test_a_place_or_a_time_is_asked_by_name(text: str) -> None:
    asked = NAMES.asked(text)
    assert asked is not None
    assert asked.kind is Kind.events
    assert asked.events == EventNames(SHIPPED).wanted(text)


@pytest.mark.parametrize(
    "text", ["webinaires", "prix du salon à Lyon", "a bientôt peut être au québec", "salon à Brest"]
)
def test_other_questions_are_left_to_the_topics(text: str) -> None:
    asked = NAMES.asked(text)
    assert asked is None or asked.kind is not Kind.events
