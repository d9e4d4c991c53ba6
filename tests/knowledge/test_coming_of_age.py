"""When somebody turns 18, and whether they are of age the day they arrive."""

from datetime import date

import pytest

from knowledge.schema import Age
from knowledge.told.coming_of_age import Eighteen, replied_eighteen, told_eighteen

ON = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("elle aura 18 ans en mars 2028", "mars 2028"),
        ("j'aurai 18 ans en mars", "mars 2027"),
        ("elle fête ses 18 ans le 3 septembre 2027", "septembre 2027"),
        ("18 ans en 2028", "entre janvier 2028 et décembre 2028"),
        ("ma fille a 16 ans", "entre novembre 2027 et novembre 2028"),
        ("j'ai 18 ans", None),
        ("je commence en mars 2028", None),
        ("il a 25 ans", None),
    ],
)
def test_the_day_of_one_s_eighteen_years_is_read_as_people_say_it(
    text: str, said: str | None
) -> None:
    found = told_eighteen(text, ON)
    assert (str(found) if found else None) == said
    assert found is None or Eighteen.read(str(found)) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [("16", "entre novembre 2027 et novembre 2028"), ("en mars 2028", "mars 2028"), ("oui", None)],
)
def test_a_number_or_a_month_is_enough_when_the_age_was_asked(text: str, said: str | None) -> None:
    found = replied_eighteen(text, ON)
    assert (str(found) if found else None) == said


def test_who_is_a_minor_when_they_write_may_be_of_age_when_they_arrive() -> None:
    sixteen = Eighteen.of(16, ON)
    assert sixteen.on(date(2027, 8, 1)) is Age.minor
    assert sixteen.on(date(2028, 8, 1)) is None
    assert sixteen.on(date(2029, 8, 1)) is Age.adult
