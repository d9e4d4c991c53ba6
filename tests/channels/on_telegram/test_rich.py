"""Whatever is said, each part is within Telegram's limit, well formed, and nothing is lost."""

import re
from html import unescape

import pytest
from bot_api import LONGEST, _Balanced
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.rich import (
    Line,
    Span,
    as_html,
    as_plain,
    length,
    lines_of,
    link,
    parts,
)

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=60)
URLS = st.sampled_from([None, "https://a.example/x?a=1&b=<2>", "https://b.example"])
SPANS = st.builds(Span, TEXTS, st.booleans(), st.booleans(), URLS)
LINES = st.lists(st.tuples(SPANS, SPANS), max_size=40)


def words(lines: list[Line]) -> str:
    return re.sub(r"\s", "", as_plain(lines))


@settings(max_examples=150, deadline=None)
@given(LINES, st.integers(200, 600))
def test_parts_fit_are_well_formed_and_lose_nothing(lines: list[Line], longest: int) -> None:
    made = parts(lines, longest)
    for part in made:
        assert length(as_plain(part)) <= longest
        assert _Balanced.reads(as_html(part))
        visible = unescape(re.sub(r"<[^>]+>", "", as_html(part)))
        assert 0 < length(visible) <= longest
    assert words([line for part in made for line in part]) == words(lines)


def test_what_fits_is_one_part() -> None:
    assert len(parts(lines_of("é" * LONGEST))) == 1
    assert len(parts(lines_of("é" * (LONGEST + 1)))) == 2


def test_a_character_beyond_the_basic_plane_counts_for_two() -> None:
    assert [len(as_plain(part)) for part in parts(lines_of("🎓" * 3000))] == [2048, 952]


def test_the_cut_is_between_paragraphs_if_one_can() -> None:
    text = "a" * 60 + "\n\n" + "b" * 20 + "\n" + "c" * 40
    assert [as_plain(part) for part in parts(lines_of(text), 100)] == [
        "a" * 60,
        "b" * 20 + "\n" + "c" * 40,
    ]


def test_a_link_is_never_broken() -> None:
    line: Line = (Span("x " * 40), link("la page officielle", "https://quebec.example/page"))
    made = parts([line], 100)
    assert as_html(made[-1]) == '<a href="https://quebec.example/page">la page officielle</a>'


def test_an_address_in_a_text_is_a_link_without_the_point_after_it() -> None:
    [line] = lines_of("Voir (https://a.example/b?c=d&e). Merci")
    assert as_html([line]) == (
        'Voir (<a href="https://a.example/b?c=d&amp;e">https://a.example/b?c=d&amp;e</a>). Merci'
    )
    assert as_plain([line]) == "Voir (https://a.example/b?c=d&e). Merci"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "tg://resolve?x", "", "http://", "//x"])
def test_an_address_that_is_not_safe_is_only_words(url: str) -> None:
    assert as_html([(link("ici", url),)]) == "ici"


def test_nothing_to_say_is_no_part() -> None:
    assert parts(lines_of("")) == []
    assert parts(lines_of(" \n \n")) == []
