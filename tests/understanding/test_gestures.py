"""An emoji alone says something, and not the same to a question as to an answer."""

import pytest

from bot.understanding.gestures import in_words


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "👍 👍", "❤️", "🙏👍"])
def test_approval_is_thanks_to_an_answer_and_yes_to_a_question(emoji: str) -> None:
    assert in_words(emoji, asked=False) == "merci"
    assert in_words(emoji, asked=True) == "oui"


def test_refusal_is_no_to_a_question_and_says_that_an_answer_was_not_the_right_one() -> None:
    assert in_words("👎", asked=True) == "non"
    assert "pas ma question" in in_words("👎", asked=False)


@pytest.mark.parametrize("text", ["merci 👍", "👍👎", "😀😀", "", "  ", "combien ?"])
def test_anything_else_is_left_as_it_is(text: str) -> None:
    assert in_words(text, asked=False) == text
