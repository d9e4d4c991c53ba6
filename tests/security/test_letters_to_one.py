"""A letter goes to one person, with our headers and no other, whatever people and names hold."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from builders import EchoEngine, now, service_on
from mail_server import Mailbox, mail_server
from world import World, world_of

from bot.channels.post import SmtpPostman
from bot.handover.letters import GATHERED_FOR, Letter, NotPosted
from bot.wiring import letters_of

OURS = {
    *("From", "To", "Subject", "Auto-Submitted", "MIME-Version"),
    *("Content-Type", "Content-Transfer-Encoding", "Date", "Message-ID"),
}
SENDER = "ne-pas-repondre@qve.example"
LINES = "\r\nBcc: evil@evil.example\r\nSubject: gagné\r\n\r\n.\r\nRCPT TO:<evil@evil.example>\r\n"
NOT_ONE_ADDRESS = [
    f"lea@exemple.fr{LINES}",
    "lea@exemple.fr\nBcc: evil@evil.example",
    "lea@exemple.fr\rBcc: evil@evil.example",
    "lea@exemple.fr, evil@evil.example",
    "lea@exemple.fr; evil@evil.example",
    "lea@exemple.fr evil@evil.example",
    "lea@exemple.fr> RCPT TO:<evil@evil.example",
    "Léa <evil@evil.example>",
    "bcc: evil@evil.example",
    "amis: lea@exemple.fr, evil@evil.example;",
    "lea@exemple.fr\u2028evil@evil.example",
    "lea@exemple.fr\x00",
    "",
]


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    with mail_server() as running:
        yield running


def assert_ours_to(box: Mailbox, to: str) -> None:
    assert box.recipients == [to]
    [letter] = box.letters
    assert set(letter.keys()) <= OURS
    assert all(len(letter.get_all(name) or ()) == 1 for name in letter)
    assert letter["To"] == to
    assert letter["From"] == SENDER


@pytest.mark.parametrize("to", NOT_ONE_ADDRESS)
async def test_what_is_not_one_address_is_written_to_nobody(
    mailbox: tuple[Mailbox, int], to: str
) -> None:
    box, port = mailbox
    with pytest.raises(NotPosted):
        await SmtpPostman(f"smtp://127.0.0.1:{port}", SENDER).post(Letter(to, "Bonjour", "…"))
    assert box.recipients == []


async def test_a_subject_of_several_lines_leaves_with_no_header_of_its_own(
    mailbox: tuple[Mailbox, int],
) -> None:
    box, port = mailbox
    postman = SmtpPostman(f"smtp://127.0.0.1:{port}", SENDER)
    with pytest.raises(NotPosted):
        await postman.post(Letter("lea@exemple.fr", f"Bonjour{LINES}", "…"))
    await postman.post(
        Letter("lea@exemple.fr", "Réponse à « Léa » 👩🏽‍🎓 " * 9, f"…{LINES}", f"<p>{LINES}")
    )
    assert_ours_to(box, "lea@exemple.fr")
    assert "evil" not in box.letters[0].as_string().partition("\n\n")[0]


async def test_names_and_words_add_no_header_to_the_letter_of_an_answer(
    sqlite_url: str, mailbox: tuple[Mailbox, int]
) -> None:
    """And an address that is none holds up nobody else's letter."""
    box, port = mailbox
    service = service_on(
        sqlite_url, EchoEngine(), smtp_url=f"smtp://127.0.0.1:{port}", mail_from=SENDER
    )
    async with world_of(service) as world:
        await world.adviser(f"Claire {LINES}")
        for name, email in ((f"Eva{LINES}", NOT_ONE_ADDRESS[0]), (f"Léa{LINES}", "lea@exemple.fr")):
            await answered(world, name, email)
        assert await letters_of(service, soon).post_what_is_due() == 1
        assert_ours_to(box, "lea@exemple.fr")


async def test_a_copy_of_the_thread_is_asked_for_at_one_address(
    sqlite_url: str, mailbox: tuple[Mailbox, int]
) -> None:
    box, port = mailbox
    service = service_on(
        sqlite_url, EchoEngine(), smtp_url=f"smtp://127.0.0.1:{port}", mail_from=SENDER
    )
    async with world_of(service) as world:
        person = await world.person()
        await person.send(f"bonjour{LINES}")
        for to in NOT_ONE_ADDRESS:
            assert (await person.asks("POST", "copies", email=to)).status_code == 422, to
        assert box.recipients == []
        assert (await person.asks("POST", "copies", email="lea@exemple.fr")).status_code == 204
        assert_ours_to(box, "lea@exemple.fr")


async def answered(world: World, name: str, email: str) -> None:
    _, case = await world.waiting_person(name, email)
    adviser = await world.service.accounts.by_email("claire@cegep.example")
    assert adviser is not None
    await world.service.work.claim(case, adviser)
    await world.service.work.answer(case, adviser, f"Voici.{LINES}")


def soon() -> datetime:
    return now() + GATHERED_FOR + timedelta(minutes=1)
