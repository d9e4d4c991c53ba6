"""Days read in figures, delays counted back from a session; what is not sure gives no date."""

from datetime import date, timedelta

import pytest
from small_knowledge import TODAY, SmallKnowledge

from knowledge.plan_dates import Calendar, day_in, length
from knowledge.plan_schema import Due, Season
from knowledge.projects import Deadline, Start
from knowledge.schema import Figure
from knowledge.terms import Term
from knowledge.wording import Wording

MONTHS = Wording.load().months
START = Start(Term(Season.autumn, 2027), date(2027, 8, 21), "fin août 2027", None)
JANUARY = Start(Term(Season.winter, 2028), date(2028, 1, 11), "mi-janvier 2028", None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er mars 2027", (1, 3, 2027)),
        ("avant le 31 août", (31, 8, None)),
        ("22 août", (22, 8, None)),
        ("entre le 1er janvier et le 1er mars, selon l’établissement", None),
        ("fin août", None),
        ("30 février", None),
        ("dès le 3 bureaux", None),
    ],
)
def test_a_day_is_read_only_when_a_text_names_a_single_one(
    text: str, day: tuple[int, int, int | None] | None
) -> None:
    assert day_in(text, MONTHS) == day


def figure(amount: object, unit: str) -> Figure:
    value = {"amount": amount, "year": "2026", "source": "quebec", "certainty": "official",
             "from": date(2026, 1, 1)}  # fmt: skip
    return Figure.model_validate({"label": "Délai", "unit": unit, "values": [value]})


@pytest.mark.parametrize(
    ("amount", "unit", "longest", "shortest"),
    [
        ([6, 12], "weeks", 84, 42),
        (25, "working_days", 35, 35),
        (6, "months", 183, 183),
        (15, "days", 15, 15),
        (150, "cad", None, None),
        ("31 août", "text", None, None),
    ],
)
def test_a_length_is_its_longest_end_unless_told_otherwise(
    amount: object, unit: str, longest: int | None, shortest: int | None
) -> None:
    delay = figure(amount, unit)
    ends = [length(delay, delay.values[0], shortest=short) for short in (False, True)]
    assert ends == [None if days is None else timedelta(days) for days in (longest, shortest)]


def calendar(small: SmallKnowledge, on: date = TODAY, **amounts: tuple[object, str]) -> Calendar:
    """A calendar of figures written as name=(amount, unit)."""
    entry = (
        "{name}:\n  label: Délai\n  unit: {unit}\n  values:\n    - {{amount: {amount}, "
        'year: "2026", source: quebec, certainty: official, from: 2026-01-01}}\n'
    )
    figures = small.folder / "figures.yml"
    added = [entry.format(name=n, amount=a, unit=unit) for n, (a, unit) in amounts.items()]
    figures.write_text(figures.read_text() + "".join(added))
    return Calendar(small.load(), on)


def deadlines(*figures: str) -> Due:
    return Due(deadlines={Season.autumn: list(figures)})


def test_given_a_deadline_of_this_very_session_it_is_sure(small: SmallKnowledge) -> None:
    dates = calendar(small, round=("1er mars 2027", "text")).dates(deadlines("round"), START)
    assert (dates.due, dates.limit) == (date(2027, 3, 1), Deadline(date(2027, 3, 1), sure=True))


def test_given_a_deadline_of_another_year_there_is_no_date(small: SmallKnowledge) -> None:
    old = calendar(small, round=("1er mars 2026", "text"))
    assert old.dates(deadlines("round"), START).due is None
    assert old.closes(deadlines("round"), START) is None


def test_given_a_day_without_a_year_it_is_the_last_before_the_session_and_not_sure(
    small: SmallKnowledge,
) -> None:
    usual = calendar(small, round=("1er novembre", "text"))
    dates = usual.dates(deadlines("round"), START)
    assert dates.limit == Deadline(date(2026, 11, 1), sure=False)


def test_given_several_rounds_the_next_one_is_aimed_at_and_the_last_closes(
    small: SmallKnowledge,
) -> None:
    rounds = calendar(
        small,
        date(2027, 3, 2),
        first=("1er mars 2027", "text"),
        second=("20 avril 2027", "text"),
    )
    due = deadlines("first", "second")
    assert rounds.dates(due, START).due == date(2027, 4, 20)
    assert rounds.closes(due, START) == date(2027, 4, 20)


def test_given_delays_they_are_added_and_counted_back_from_the_start(
    small: SmallKnowledge,
) -> None:
    delays = calendar(small, permit=("[6, 12]", "weeks"), arrival=("[1, 2]", "weeks"))
    due = Due(opens=["permit"], before=["permit", "arrival"])
    dates = delays.dates(due, START)
    assert (START.day - dates.due).days == (12 + 2) * 7 if dates.due else False
    assert dates.figures == ("permit", "arrival")
    short = Due(before=["permit", "arrival"], shortest=True)
    assert delays.dates(short, START).due == START.day - timedelta(weeks=7)


def test_given_a_delay_without_a_value_yet_there_is_no_date(small: SmallKnowledge) -> None:
    early = calendar(small, date(2025, 1, 1), permit=(12, "weeks"))
    assert early.dates(Due(before=["permit"]), START).due is None


def test_given_another_season_a_deadline_says_nothing(small: SmallKnowledge) -> None:
    rounds = calendar(small, round=("1er mars 2027", "text"))
    assert rounds.dates(deadlines("round"), JANUARY).due is None
