"""What speaks for two questions in one message."""

import math

import pytest

from bot.understanding.reading import Pair, Read
from bot.understanding.splitting import Cut


def read(text: str, *ranked: tuple[str, float], intent: str | None = None) -> Read:
    """A text, and the topics it may be about, best first."""
    ranking = [{"name": name, "confidence": confidence} for name, confidence in ranked]
    name = intent or ranked[0][0].split("/")[0]
    return Read(text, {"intent": {"name": name}, "topic_ranking": ranking})


def pair(first: Read, second: Read, *, marked: bool = False) -> Pair:
    return Pair(Cut(first.text, second.text, marked), first, second)


FEE = read("combien coûte le caq", ("caq/fee", 0.9))
DELAY = read("combien de temps pour le permis ?", ("processing_times/study_permit", 0.4))
WHOLE = read("…", ("caq/fee", 0.5), ("processing_times/study_permit", 0.2))


def test_two_topics_may_be_two_questions_and_one_topic_may_not() -> None:
    assert pair(FEE, DELAY).may_be_two()
    assert not pair(FEE, FEE).may_be_two()


def test_the_wish_for_a_person_counts_as_a_question() -> None:
    wish = read("je veux parler à quelqu'un", ("small_talk/greet", 0.5), intent="ask_adviser")
    assert pair(FEE, wish).may_be_two()


def test_a_piece_that_is_about_nothing_is_no_question() -> None:
    greeting = read("ça va ?", ("small_talk/how_are_you", 0.9))
    assert not pair(greeting, FEE).may_be_two()


def test_the_signs_are_those_of_the_less_clear_piece_and_of_the_whole() -> None:
    signs = pair(FEE, DELAY, marked=True).signs(WHOLE)

    assert signs["clear"] == pytest.approx(math.log(0.4))
    assert signs["whole_clear"] == pytest.approx(math.log(0.5))
    assert signs["other_in_whole"] == pytest.approx(math.log(0.2), abs=0.01)
    assert (signs["whole_agrees"], signs["both_ask"], signs["marked"]) == (1.0, 1.0, 1.0)


def test_what_the_whole_message_does_not_rank_is_unlikely_not_impossible() -> None:
    elsewhere = read("…", ("housing/find", 0.9))
    signs = pair(FEE, DELAY).signs(elsewhere)
    assert signs["whole_agrees"] == 0.0
    assert math.isfinite(signs["other_in_whole"])
