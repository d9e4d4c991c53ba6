"""Cards as plain values, and as they are read without a screen."""

import json
from dataclasses import replace
from datetime import date

import pytest
from builders import CAQ_STEP

from bot.cards import as_plain, card_from, lines, when
from bot.messages import Card, CardKind

BARE = Card(CardKind.programme, "Technique de l’informatique")
FIRST, LAST = date(2027, 3, 1), date(2027, 4, 30)


@pytest.mark.parametrize("card", [CAQ_STEP, BARE])
def test_a_card_goes_through_json_unchanged(card: Card) -> None:
    assert card_from(json.loads(json.dumps(as_plain(card)))) == card


def test_what_an_action_leaves_out_is_as_by_default() -> None:
    assert card_from({"kind": "programme", "title": BARE.title}) == BARE
    assert (
        card_from({"kind": "programme", "title": BARE.title, "facts": None, "link": None}) == BARE
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"title": "sans genre"},
        {"kind": "step"},
        {"kind": "poem", "title": "x"},
        {"kind": "step", "title": "x", "starts": "demain"},
        {"kind": "step", "title": "x", "colour": "red"},
    ],
)
def test_what_is_no_card_is_refused(broken: dict[str, str]) -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        card_from(broken)


@pytest.mark.parametrize(
    ("kind", "starts", "ends", "words"),
    [
        (CardKind.step, None, None, None),
        (CardKind.step, FIRST, LAST, "du 1er mars 2027 au 30 avril 2027"),
        (CardKind.step, None, LAST, "jusqu’au 30 avril 2027"),
        (CardKind.step, FIRST, None, "à partir du 1er mars 2027"),
        (CardKind.event, FIRST, None, "le 1er mars 2027"),
        (CardKind.event, LAST, LAST, "le 30 avril 2027"),
    ],
)
def test_days_are_told_in_words(
    kind: CardKind, starts: date | None, ends: date | None, words: str | None
) -> None:
    assert when(replace(BARE, kind=kind, starts=starts, ends=ends)) == words


def test_a_card_is_readable_as_lines() -> None:
    assert list(lines(CAQ_STEP)) == [
        "Demander le CAQ (en retard)",
        "du 1er mars 2027 au 30 avril 2027",
        "En ligne; comptez une heure.",
        "Frais\u00a0: 134 $",
        "Faire la demande\u00a0: https://quebec.example/caq?a=1&b=2",
        "Source\u00a0: CAQ (juin 2026) https://quebec.example/frais",
    ]
    assert list(lines(BARE)) == [BARE.title]
