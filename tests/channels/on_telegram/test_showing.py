"""The buttons under a message: what they carry fits, and only what they should offer is there."""

from dataclasses import replace

from builders import CAQ_STEP, now

from bot.channels.telegram.gestures import Gesture, Kind
from bot.channels.telegram.showing import keyboard, shown
from bot.messages import Author, Button, Message

ANSWER = Message("0123456789" * 3, 12, Author.bot, "Bonjour", now())


def titles(message: Message, *ticked: str) -> list[list[str]]:
    return [[key.title for key in row] for row in keyboard(message, frozenset(ticked))]


def test_every_button_carries_at_most_64_bytes() -> None:
    buttons = tuple(Button("é" * 300, "x" * 500) for _ in range(30))
    cards = tuple(replace(CAQ_STEP, title="ç" * 200) for _ in range(30))
    message = replace(ANSWER, seq=2**31 - 1, buttons=buttons, cards=cards, topic="a/b")
    keys = [key for row in keyboard(message) for key in row]
    assert len(keys) == 30 + 30 + 2 + 2
    assert all(len(key.data.encode()) <= 64 for key in keys)
    assert all(len(key.title) <= 60 for key in keys)


def test_what_a_button_carries_is_read_back() -> None:
    gesture = Gesture(Kind.tick, "01234567", 12, 3)
    assert Gesture.read(gesture.data) == gesture
    for data in ("", "b", "b:c", "b:c:d:e", "?:c:1:2", "b:c:1:2:3"):
        assert Gesture.read(data) is None


def test_short_buttons_stand_two_by_two_and_long_ones_alone() -> None:
    names = ["Oui", "Non", "Je ne sais pas encore bien", "Plus tard"]
    buttons = tuple(Button(name, "/x") for name in names)
    assert titles(replace(ANSWER, buttons=buttons)) == [
        ["Oui", "Non"],
        ["Je ne sais pas encore bien"],
        ["Plus tard"],
    ]


def test_only_an_answer_from_the_knowledge_is_judged_and_only_once() -> None:
    answer = replace(ANSWER, topic="caq/fee")
    assert titles(ANSWER) == []
    assert titles(answer) == [["Utile", "Pas utile"]]
    assert titles(replace(answer, useful=False)) == []
    assert titles(replace(answer, author=Author.adviser)) == []


def test_a_box_shows_whether_it_is_ticked() -> None:
    message = replace(ANSWER, cards=(CAQ_STEP,))
    assert titles(message)[0] == ["☐ Demander le CAQ"]
    assert titles(message, "plan/caq")[0] == ["☑ Demander le CAQ"]


def test_the_buttons_stand_under_the_last_part_only() -> None:
    message = replace(ANSWER, text="mot " * 3000, topic="caq/fee")
    *before, last = shown(message)
    assert len(before) == 2
    assert [part.keyboard for part in before] == [(), ()]
    assert last.keyboard


def test_what_was_written_here_is_not_shown_again() -> None:
    mine = replace(ANSWER, author=Author.person, external_id="telegram:7:1")
    assert shown(mine) == []
    assert shown(replace(mine, external_id="from-the-widget"))[0].plain.endswith("Bonjour")


def test_each_source_is_cited_once_after_the_cards() -> None:
    source = CAQ_STEP.sources[0]
    message = replace(ANSWER, sources=(source,), cards=(CAQ_STEP, CAQ_STEP))
    [part] = shown(message)
    assert part.plain.count(source.url) == 1
    assert part.plain.rstrip().endswith("CAQ (https://quebec.example/frais), Québec (juin 2026)")
