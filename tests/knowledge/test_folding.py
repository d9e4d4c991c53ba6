"""What two ways of typing the same words have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.folding import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("L’Été, c'est où ?", "l ete c est ou"),
        ("  Ça   coûte\tCOMBIEN !!! ", "ca coute combien"),
        ("ma sœur", "ma soeur"),
        ("cafe\u0301", "cafe"),
        ("Ŭ 24 617 $", "u 24 617"),
        ("🇨🇦 ?!", ""),
        ("", ""),
    ],
)
def test_case_accents_and_punctuation_are_folded(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûœæ ’-", max_size=60))
def test_capitals_never_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text)
