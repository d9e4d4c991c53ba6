"""When advisers answer, and what may therefore be promised, in whose time."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handover.desk_work import promise_in_words
from bot.handover.hours import QUEBEC, OpeningHours, promise_for, speak

HOURS = OpeningHours()
WITHIN = timedelta(hours=4)
PARIS = "Europe/Paris"


def quebec(day: str, hour: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), QUEBEC)


@pytest.mark.parametrize(
    ("asked", "promised"),
    [
        pytest.param(("2026-11-24", "09:00"), ("2026-11-24", "13:00"), id="in the morning"),
        pytest.param(("2026-11-24", "09:00:01"), ("2026-11-24", "13:30"), id="rounded up"),
        pytest.param(("2026-11-24", "13:00"), ("2026-11-24", "17:00"), id="until closing"),
        pytest.param(("2026-11-24", "15:00"), ("2026-11-25", "11:00"), id="over the night"),
        pytest.param(("2026-11-24", "20:00"), ("2026-11-25", "13:00"), id="in the evening"),
        pytest.param(("2026-11-24", "03:00"), ("2026-11-24", "13:00"), id="before dawn"),
        pytest.param(("2026-11-27", "16:00"), ("2026-11-30", "12:00"), id="over the week-end"),
        pytest.param(("2026-11-28", "10:00"), ("2026-11-30", "13:00"), id="on a Saturday"),
        pytest.param(("2026-06-24", "10:00"), ("2026-06-25", "13:00"), id="la Saint-Jean"),
        pytest.param(("2026-06-23", "16:00"), ("2026-06-25", "12:00"), id="over la Saint-Jean"),
        pytest.param(("2026-06-30", "16:00"), ("2026-07-02", "12:00"), id="over Canada Day"),
        pytest.param(("2026-12-31", "16:00"), ("2027-01-04", "12:00"), id="over the New Year"),
    ],
)
def test_a_promise_counts_opening_hours_only(
    asked: tuple[str, str], promised: tuple[str, str]
) -> None:
    assert promise_for(quebec(*asked), HOURS, WITHIN) == quebec(*promised)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (quebec("2026-11-24", "09:00"), True),
        (quebec("2026-11-24", "08:59"), False),
        (quebec("2026-11-24", "16:59"), True),
        (quebec("2026-11-24", "17:00"), False),
        (quebec("2026-11-28", "10:00"), False),
        (quebec("2026-06-24", "10:00"), False),
        (quebec("2026-07-01", "10:00"), False),
        (quebec("2026-07-14", "10:00"), True),  # a holiday in France only
        (datetime(2026, 11, 24, 14, 0, tzinfo=timezone.utc), True),
        (datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc), False),
    ],
)
def test_the_desk_is_open_on_quebecs_working_days(at: datetime, is_open: bool) -> None:
    assert HOURS.is_open(at) is is_open


def test_hours_that_never_come_are_refused() -> None:
    with pytest.raises(ValueError, match="never opens"):
        OpeningHours(days=()).after(quebec("2026-11-24", "09:00"), WITHIN)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(timezone.utc)),  # noqa: DTZ001
    st.integers(1, 24 * 60),
)
def test_a_promise_is_always_in_opening_hours_and_never_too_soon(
    asked: datetime, minutes: int
) -> None:
    promised = promise_for(asked, HOURS, timedelta(minutes=minutes))
    assert promised - asked >= timedelta(minutes=minutes)
    assert HOURS.is_open(promised - timedelta(microseconds=1))
    assert promised.minute in (0, 30)


DAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
MINUTES = st.integers(0, 24 * 60 - 2)
CLOSED = st.sets(st.dates(date(2026, 1, 1), date(2027, 3, 1)), max_size=40).map(frozenset)


@st.composite
def any_hours(draw: st.DrawFn) -> OpeningHours:
    """Any week an institution may write, nights of a change of clocks included."""
    opens = draw(MINUTES)
    closes = draw(st.integers(opens + 1, 24 * 60 - 1))
    opening, closing = (time(each // 60, each % 60) for each in (opens, closes))
    return OpeningHours(opening, closing, draw(DAYS), draw(CLOSED))


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(timezone.utc)),  # noqa: DTZ001
    any_hours(),
    st.integers(0, 8 * 60),
)
def test_whatever_the_hours_and_closures_a_promise_lies_in_opening_time(
    asked: datetime, hours: OpeningHours, minutes: int
) -> None:
    within = timedelta(minutes=minutes)
    try:
        promised = promise_for(asked, hours, within)
    except ValueError:
        return  # a year of minutes is not enough: refused where hours are written
    assert promised - asked >= within
    local = promised.astimezone(QUEBEC)
    assert hours.works_on(local.date())
    assert hours.opens <= local.time() <= hours.closes
    assert minutes == 0 or hours.keeps(promised)


@pytest.mark.parametrize(
    ("night", "hours"),
    [("2026-03-08", 5), ("2026-11-01", 7), ("2026-11-08", 6)],  # clocks forward, back, still
)
def test_opening_hours_in_the_night_the_clocks_change_last_what_they_last(
    night: str, hours: int
) -> None:
    nights = OpeningHours(time(0), time(6), days=(6,))
    whole = timedelta(hours=hours)
    assert nights.after(quebec(night, "00:00"), whole) == quebec(night, "06:00")
    assert nights.after(quebec(night, "00:00"), whole + WITHIN / 4) > quebec(night, "23:59")


def test_an_institution_that_is_closed_promises_after_it_opens_again() -> None:
    closed = frozenset({date(2026, 11, 25), date(2026, 11, 26)})
    hours = OpeningHours(time(8, 30), time(16, 15), closed=closed)
    asked = quebec("2026-11-24", "15:15")
    assert promise_for(asked, hours, WITHIN) == quebec("2026-11-27", "11:30")
    assert not hours.is_open(quebec("2026-11-25", "10:00"))


def test_a_promise_is_not_rounded_beyond_closing() -> None:
    hours = OpeningHours(closes=time(16, 45))
    assert promise_for(quebec("2026-11-24", "12:40"), hours, WITHIN) == quebec(
        "2026-11-24", "16:45"
    )


@pytest.mark.parametrize(
    ("promised", "kept"),
    [("17:00", True), ("13:00", True), ("17:30", False), ("09:00", False), ("09:30", True)],
)
def test_a_promise_is_kept_by_hours_in_which_somebody_answers_until_then(
    promised: str, kept: bool
) -> None:
    assert HOURS.keeps(quebec("2026-11-24", promised)) is kept


def test_a_promise_is_said_in_quebecs_time_and_in_the_persons() -> None:
    words = promise_in_words(quebec("2026-11-30", "13:00"), PARIS)
    assert words == "d’ici lundi 30 novembre à 13\u00a0h, heure de Québec (19\u00a0h à Paris)"


def test_the_same_hour_is_said_once() -> None:
    words = promise_in_words(quebec("2026-11-30", "13:00"), "America/Montreal")
    assert words == "d’ici lundi 30 novembre à 13\u00a0h, heure de Québec"


def test_another_day_where_the_person_is_is_named() -> None:
    words = promise_in_words(quebec("2026-11-30", "13:30"), "Asia/Tokyo")
    assert words.endswith(
        "13\u00a0h\u00a030, heure de Québec (3\u00a0h\u00a030, mardi 1er décembre à Tokyo)"
    )


@pytest.mark.parametrize(
    ("day", "in_paris"),
    [
        ("2026-03-06", "19\u00a0h"),  # both in winter
        ("2026-03-09", "18\u00a0h"),  # Québec changes on 8 March…
        ("2026-03-27", "18\u00a0h"),
        ("2026-03-30", "19\u00a0h"),  # …and France on the 29th
        ("2026-10-23", "19\u00a0h"),
        ("2026-10-26", "18\u00a0h"),  # France changes on 25 October…
        ("2026-11-02", "19\u00a0h"),  # …and Québec on 1 November
    ],
)
def test_clocks_change_on_different_days_on_each_side(day: str, in_paris: str) -> None:
    spoken = speak(quebec(day, "13:00"), PARIS)
    assert (spoken.hour, spoken.person_hour, spoken.person_city) == ("13\u00a0h", in_paris, "Paris")


@pytest.mark.parametrize(
    ("friday", "monday"), [("2026-03-06", "2026-03-09"), ("2026-10-30", "2026-11-02")]
)
def test_a_week_end_when_quebecs_clock_changes_costs_no_opening_hour(
    friday: str, monday: str
) -> None:
    assert promise_for(quebec(friday, "16:00"), HOURS, WITHIN) == quebec(monday, "12:00")


def test_a_long_name_of_a_city_is_readable() -> None:
    moment = quebec("2026-11-30", "13:00")
    assert speak(moment, "America/Argentina/Buenos_Aires").person_city == "Buenos Aires"
    assert speak(moment.astimezone(ZoneInfo("UTC")), PARIS).hour == "13\u00a0h"
