"""Who is on duty, who is away, and whom a case that waits calls. Pure."""

from dataclasses import replace
from datetime import date, datetime, time, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handover.case import Adviser, Case
from bot.handover.duty import Absence, Calls, Duty, Half, Rota, calls_for, duty_at, half_day
from bot.handover.hours import QUEBEC, OpeningHours
from bot.messages import Reason

HOURS = OpeningHours()
CLAIRE = Adviser(1, "claire@x.example", "Claire L.", institution="limoilou")
MARC = Adviser(2, "marc@x.example", "Marc D.", institution="laval")
NADIA = Adviser(3, "nadia@x.example", "Nadia B.", role="coordinator")
EVERYBODY = (CLAIRE, MARC, NADIA)
INSTITUTIONS = ("limoilou", "laval", "garneau")
LONG_AGO = datetime(2026, 11, 1, tzinfo=timezone.utc)
CASE = Case(1, "c", Reason.asked, LONG_AGO, LONG_AGO)
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), QUEBEC)


def duty(now: datetime, rota: Rota, *absences: Absence) -> Duty:
    return duty_at(now, rota, hours=HOURS, advisers=EVERYBODY, absences=absences)


def names(duty: Duty) -> list[str]:
    return [each.display_name for each in duty.on_duty]


MORNING_CLAIRE = Rota({(1, Half.morning): (1,), (1, Half.afternoon): (2,)})


@pytest.mark.parametrize(
    ("moment", "half"),
    [
        (at(TUESDAY, 8), (TUESDAY, Half.morning)),
        (at(TUESDAY, 11, 59), (TUESDAY, Half.morning)),
        (at(TUESDAY, 12), (TUESDAY, Half.afternoon)),
        (at(TUESDAY, 16, 59), (TUESDAY, Half.afternoon)),
        (at(TUESDAY, 17), (WEDNESDAY, Half.morning)),
        (at(date(2026, 11, 28), 10), (date(2026, 11, 30), Half.morning)),  # a Saturday
        (at(date(2026, 6, 24), 10), (date(2026, 6, 25), Half.morning)),  # la Saint-Jean
    ],
)
def test_out_of_hours_the_half_day_is_the_next_one_the_desk_opens_on(
    moment: datetime, half: tuple[date, Half]
) -> None:
    assert half_day(moment, HOURS) == half


def test_the_weekly_pattern_says_who_is_on_duty() -> None:
    assert names(duty(at(TUESDAY, 10), MORNING_CLAIRE)) == ["Claire L."]
    assert names(duty(at(TUESDAY, 14), MORNING_CLAIRE)) == ["Marc D."]
    assert names(duty(at(WEDNESDAY, 14), MORNING_CLAIRE)) == []


def test_an_exception_stands_in_place_of_the_pattern_even_to_say_nobody() -> None:
    instead = replace(MORNING_CLAIRE, exceptions={(TUESDAY, Half.morning): (3, 2)})
    assert names(duty(at(TUESDAY, 10), instead)) == ["Nadia B.", "Marc D."]
    nobody = replace(MORNING_CLAIRE, exceptions={(TUESDAY, Half.morning): ()})
    assert names(duty(at(TUESDAY, 10), nobody)) == []


def away(adviser: Adviser, until: date, cover: Adviser | None = None) -> Absence:
    return Absence(adviser.id, LONG_AGO, until, cover.id if cover else None)


def test_who_is_away_is_stood_in_for_by_whom_they_named_and_by_nobody_else() -> None:
    covered = duty(at(TUESDAY, 10), MORNING_CLAIRE, away(CLAIRE, WEDNESDAY, NADIA))
    assert names(covered) == ["Nadia B."]
    assert names(duty(at(TUESDAY, 10), MORNING_CLAIRE, away(CLAIRE, WEDNESDAY))) == []
    each_other = (away(CLAIRE, WEDNESDAY, MARC), away(MARC, WEDNESDAY, CLAIRE))
    assert names(duty(at(TUESDAY, 10), MORNING_CLAIRE, *each_other)) == []


def test_nobody_is_on_duty_twice() -> None:
    both = Rota({(1, Half.morning): (1, 2)})
    assert names(duty(at(TUESDAY, 10), both, away(CLAIRE, WEDNESDAY, MARC))) == ["Marc D."]


def test_somebody_who_can_no_longer_sign_in_is_not_on_duty() -> None:
    gone = Rota({(1, Half.morning): (99,)})
    assert names(duty(at(TUESDAY, 10), gone)) == []


@pytest.mark.parametrize(
    ("now", "lasts"),
    [
        (datetime(2026, 11, 25, 4, 59, tzinfo=timezone.utc), True),  # 23 h 59 the day before
        (datetime(2026, 11, 25, 5, 0, tzinfo=timezone.utc), False),  # midnight in Québec
        (datetime(2026, 11, 24, 23, 30, tzinfo=timezone.utc), True),  # already the 25th in Paris
    ],
)
def test_an_absence_ends_by_itself_when_the_day_of_return_begins_in_quebec(
    now: datetime, lasts: bool
) -> None:
    assert away(CLAIRE, WEDNESDAY).lasts(now) is lasts


def test_a_case_of_the_common_queue_calls_who_is_on_duty_first_then_everyone() -> None:
    there = duty(at(TUESDAY, 10), MORNING_CLAIRE)
    first = {each: calls_for(each, there, INSTITUTIONS).by(CASE) for each in EVERYBODY}
    assert first == {CLAIRE: True, MARC: False, NADIA: False}
    again = replace(CASE, announced=1)
    assert all(calls_for(each, there, INSTITUTIONS).by(again) for each in EVERYBODY)


def test_when_nobody_is_on_duty_a_case_of_the_common_queue_calls_everyone() -> None:
    there = duty(at(WEDNESDAY, 10), MORNING_CLAIRE)
    assert all(calls_for(each, there, INSTITUTIONS).by(CASE) for each in EVERYBODY)


def test_a_case_of_an_institution_calls_its_advisers_until_everybody_is_shown_it() -> None:
    there = duty(at(TUESDAY, 10), MORNING_CLAIRE)
    of_laval = replace(CASE, institution="laval")
    called = {each for each in EVERYBODY if calls_for(each, there, INSTITUTIONS).by(of_laval)}
    assert called == {MARC}
    shown = replace(of_laval, announced=2)
    assert all(calls_for(each, there, INSTITUTIONS).by(shown) for each in EVERYBODY)


def test_when_no_adviser_of_an_institution_is_here_who_coordinates_is_called() -> None:
    there = duty(at(TUESDAY, 10), MORNING_CLAIRE, away(MARC, WEDNESDAY))
    for institution in ("laval", "garneau"):  # away; has no adviser at all
        case = replace(CASE, institution=institution)
        called = {each for each in EVERYBODY if calls_for(each, there, INSTITUTIONS).by(case)}
        assert called == {NADIA}


def test_who_is_away_is_called_by_nothing() -> None:
    there = duty(at(TUESDAY, 10), MORNING_CLAIRE, away(CLAIRE, WEDNESDAY))
    calls = calls_for(CLAIRE, there, INSTITUTIONS)
    assert calls == Calls(anyone=False)
    assert not calls.by(replace(CASE, announced=9))


@given(
    away_ids=st.sets(st.sampled_from([1, 2, 3])),
    on=st.lists(st.sampled_from([1, 2, 3, 99]), max_size=3),
    institution=st.sampled_from([None, *INSTITUTIONS]),
    announced=st.integers(0, 3),
)
def test_a_case_that_waits_always_calls_somebody_sooner_or_later(
    away_ids: set[int], on: list[int], institution: str | None, announced: int
) -> None:
    rota = Rota({(1, Half.morning): tuple(on)})
    absences = [Absence(each, LONG_AGO, WEDNESDAY) for each in away_ids]
    there = duty(at(TUESDAY, 10), rota, *absences)
    case = replace(CASE, institution=institution, announced=announced)
    called = {each.id for each in EVERYBODY if calls_for(each, there, INSTITUTIONS).by(case)}
    here = {1, 2, 3} - away_ids
    assert called <= here
    if announced >= 2 or institution is None or 3 in here:
        assert bool(called) == bool(here)
