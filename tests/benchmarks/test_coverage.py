"""The arithmetic of answering only above a threshold."""

import pytest

from benchmarks.coverage import Scored, area, at, threshold_for

ASKED = [Scored(0.9, True), Scored(0.8, True), Scored(0.5, False), Scored(0.2, True)]


def test_a_score_at_the_threshold_is_answered() -> None:
    point = at(0.5, ASKED, [0.6, 0.4, 0.1])
    assert point.coverage == 0.75
    assert point.precision == pytest.approx(2 / 3)
    assert point.refusal == pytest.approx(2 / 3)


def test_nothing_answered_has_no_precision_and_nothing_outside_no_refusal() -> None:
    point = at(1.0, ASKED, [])
    assert (point.coverage, point.precision, point.refusal) == (0.0, None, None)


@pytest.mark.parametrize(("coverage", "threshold"), [(1, 0.2), (0.75, 0.5), (0.7, 0.5), (0, 0.9)])
def test_the_threshold_answers_at_least_the_coverage(coverage: float, threshold: float) -> None:
    assert threshold_for(coverage, ASKED) == threshold


def test_the_area_is_the_chance_of_a_higher_score_for_what_is_for_us() -> None:
    assert area(ASKED, [0.1]) == 1
    assert area(ASKED, [1.0]) == 0
    assert area(ASKED, [0.5]) == pytest.approx(2.5 / 4)
    assert area(ASKED, []) is None
