"""Letters, through a real SMTP exchange, to a person who comes back by the link in one."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from builders import Bench, EchoEngine, Person, handing_over, now
from mail_server import Mailbox, mail_server
from web_client import API, assert_problem, web

from bot.channels.post import SmtpPostman
from bot.handover.case import Adviser
from bot.handover.letters import GATHERED_FOR, Letters
from bot.storage.letter_store import SqlLetters
from bot.wiring import Service


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    with mail_server() as running:
        yield running


def letters(bench: Bench, port: int, at: datetime) -> Letters:
    postman = SmtpPostman(f"smtp://127.0.0.1:{port}", "ne-pas-repondre@qve.example")
    store = SqlLetters(bench.database)
    return Letters(store, postman, link=lambda code: f"https://qve.test/#{code}", clock=lambda: at)


async def answered(bench: Bench, *words: str, email: str | None = "lea@exemple.fr") -> Person:
    """Somebody who left, and whom an adviser answered."""
    engine = EchoEngine(handing_over("Léa", email))
    person = await bench.with_engine(engine).person()
    await person.ask("un conseiller")
    adviser: Adviser = await bench.adviser()
    case_id = await person.case_id()
    await bench.work.claim(case_id, adviser)
    for text in words:
        await bench.work.answer(case_id, adviser, text)
    return person


LATER = GATHERED_FOR + timedelta(minutes=1)


async def test_answers_go_together_in_one_letter_whose_subject_names_nobody(
    bench: Bench, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    await answered(bench, "Bonjour, voici la réponse.", "J’oubliais : apportez le relevé.")
    assert await letters(bench, port, now()).post_what_is_due() == 0, "the person may come back"
    assert await letters(bench, port, now() + LATER).post_what_is_due() == 1
    assert await letters(bench, port, now() + LATER).post_what_is_due() == 0
    [letter] = box.letters
    assert letter["To"] == "lea@exemple.fr"
    for word in ("Léa", "lea", "Claire", "relevé"):
        assert word not in letter["Subject"]
    body = letter.get_content()
    assert body.index("voici la réponse") < body.index("apportez le relevé")
    assert "Claire L." in body


async def test_who_has_read_the_answer_or_left_no_address_gets_no_letter(
    bench: Bench, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    person = await answered(bench, "Bonjour")
    await bench.store.mark_read(person.id, 99)
    assert await letters(bench, port, now() + LATER).post_what_is_due() == 0
    assert box.letters == []


async def test_without_an_address_nothing_is_written(
    bench: Bench, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    await answered(bench, "Bonjour", email=None)
    assert await letters(bench, port, now() + LATER).post_what_is_due() == 0
    assert box.letters == []


async def test_a_letter_that_was_refused_is_tried_again_and_goes_once(
    bench: Bench, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    await answered(bench, "Bonjour")
    box.refuses = True
    assert await letters(bench, port, now() + LATER).post_what_is_due() == 0
    box.refuses = False
    assert await letters(bench, port, now() + LATER).post_what_is_due() == 0, "not at once"
    for _ in range(2):
        await letters(bench, port, now() + 3 * LATER).post_what_is_due()
    assert len(box.letters) == 1


async def test_a_mail_server_that_is_away_loses_nothing(bench: Bench) -> None:
    await answered(bench, "Bonjour")
    assert await letters(bench, 1, now() + LATER).post_what_is_due() == 0
    assert await SqlLetters(bench.database).due(now() + 3 * LATER, now=now()) != []


async def test_the_link_opens_the_same_conversation_as_often_as_it_is_opened(
    bench: Bench, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    person = await answered(bench, "Bonjour")
    await letters(bench, port, now() + LATER).post_what_is_due()
    [code] = re.findall(r"https://qve\.test/#([\w-]+)", box.letters[0].get_content())
    opened = [await letters(bench, port, now()).come_back(code) for _ in range(2)]
    assert all(found is not None and found[0] == person.id for found in opened)
    tokens = {found[1] for found in opened if found}
    assert len(tokens) == 2
    too_late = letters(bench, port, now() + timedelta(days=31))
    assert await too_late.come_back(code) is None
    await bench.conversations.erase(person.id)
    assert await letters(bench, port, now()).come_back(code) is None


async def test_a_code_nobody_sent_is_refused_at_the_door(service: Service) -> None:
    async with web(service) as http:
        refused = await http.post(f"{API}/return", json={"code": "x" * 43})
        assert_problem(refused, 410)
        assert_problem(await http.post(f"{API}/return", json={"code": "short"}), 422)
