"""What is worth learning from, decided from what the assistant understood."""

from datetime import datetime, timezone

import pytest

from bot.learning.suggestion import not_understood, sameness, what_opened
from bot.messages import Author, Message, Understanding

NOW = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)


def message(text: str = "et mon chat ?", button: str | None = None) -> Message:
    return Message("c", 2, Author.person, text, NOW, button=button)


def test_words_taken_for_another_matter_are_worth_a_look() -> None:
    assert not_understood(message(), Understanding("out_of_scope"))


@pytest.mark.parametrize("theme", ["nonsense", "caq", "small_talk", "personal_case", "privacy"])
def test_what_was_understood_and_what_means_nothing_are_not(theme: str) -> None:
    assert not not_understood(message(), Understanding(theme))


def test_neither_is_a_button_nor_another_language() -> None:
    assert not not_understood(message(button="/x"), Understanding("out_of_scope"))
    assert not not_understood(message(), Understanding("out_of_scope", language="en"))


def test_a_case_is_about_the_last_message_that_is_about_something() -> None:
    heard = [(9, "adviser_contact"), (7, "small_talk"), (5, "personal_case"), (3, "caq")]
    assert what_opened(heard) == 5
    assert what_opened(heard[:2]) is None


def test_capitals_accents_and_punctuation_make_no_difference() -> None:
    assert sameness("Où est le CAQ ?") == sameness("ou est le caq")
    assert sameness("où est le caq") != sameness("où est mon caq")
