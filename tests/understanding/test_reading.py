"""What speaks for two questions in one message."""

import math

import pytest

from bot.understanding.reading import Pair, Read, may_be_worth_reading, two_answers
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


def test_two_pieces_that_ask_are_worth_reading() -> None:
    assert may_be_worth_reading(Cut("c'est quoi le caq?", "combien de temps?", True), WHOLE)


def test_a_clear_message_that_only_joins_words_is_not_worth_reading_in_two() -> None:
    clear = read("…", ("housing/residences", 0.97), ("housing/find", 0.01))
    cut = Cut("une chambre en résidence", "à quel prix", marked=False)
    assert not may_be_worth_reading(cut, clear)


@pytest.mark.parametrize("asking", [True, False])
@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("sure", [0.2, 0.5, 0.9, 0.99])
def test_what_is_not_read_in_two_could_not_have_been_two(
    sure: float, marked: bool, asking: bool
) -> None:
    """Whatever the pieces turn out to be about, and however clear they are."""
    whole = read("…", ("caq/fee", sure), ("housing/find", (1 - sure) / 2))
    first, second = ("combien coûte le caq?", "c'est long?") if asking else ("le caq", "le permis")
    cut = Cut(first, second, marked)
    pieces = [read("", (topic, 1.0)) for topic in ("caq/fee", "housing/find", "caq/documents")]
    pairs = [Pair(cut, one, other) for one in pieces for other in pieces if one is not other]
    if any(two_answers([pair], whole) for pair in pairs):
        assert may_be_worth_reading(cut, whole)
