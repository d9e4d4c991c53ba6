"""The thread by e-mail: through a real SMTP exchange, to an address that is kept nowhere."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from html import unescape
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from builders import CAQ_STEP, EchoEngine, handing_over, service_on, showing
from mail_server import Mailbox, mail_server
from web_client import Writer, assert_problem, web, writer

from bot.messages import Citation, Outcome, Reply
from bot.wiring import Service

EMAIL = "lea@exemple.fr"
SOURCED = Reply(
    "Le CAQ coûte 134 $.",
    topic="caq/fee",
    sources=(Citation("Frais du CAQ", "https://quebec.example/f", "Québec", True, "juin 2026"),),
)


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    with mail_server() as running:
        yield running


@dataclass
class Mailing:
    service: Service
    engine: EchoEngine
    http: httpx.AsyncClient
    box: Mailbox

    async def somebody(self, *words: str) -> Writer:
        person = await writer(self.http)
        for text in words:
            await person.send(text)
        return person


@pytest_asyncio.fixture
async def mailing(sqlite_url: str, mailbox: tuple[Mailbox, int]) -> AsyncIterator[Mailing]:
    box, port = mailbox
    engine = EchoEngine()
    service = service_on(
        sqlite_url,
        engine,
        smtp_url=f"smtp://127.0.0.1:{port}",
        mail_from="ne-pas-repondre@qve.example",
        public_url="https://assistant.qve.example",
    )
    async with web(service) as http:
        yield Mailing(service, engine, http, box)
    await service.database.close()


async def sent(person: Writer, email: str = EMAIL) -> httpx.Response:
    return await person.asks("POST", "copies", email=email)


def bodies(letter: EmailMessage) -> tuple[str, str]:
    """As text and as HTML."""
    plain, html = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    text = plain.get_content().replace("\r\n", "\n")
    return text, unescape(html.get_content())


async def test_the_whole_thread_is_in_the_letter_as_text_and_as_html(mailing: Mailing) -> None:
    mailing.engine.outcomes += [Outcome((SOURCED,)), showing(CAQ_STEP)]
    lea = await mailing.somebody("combien", "mon plan")
    assert (await sent(lea, f" {EMAIL} ")).status_code == 204
    [letter] = mailing.box.letters
    assert letter["To"] == EMAIL
    assert letter["Subject"] == "Votre conversation avec l’assistant de Québec ville études"
    for body in bodies(letter):
        order = ("combien", "Le CAQ coûte 134", "Frais du CAQ", "mon plan", "Demander le CAQ")
        places = [body.index(words) for words in order]
        assert places == sorted(places)
        for words in ("https://quebec.example/f", "Du 1er mars 2027", "en retard", "vérifiez-les"):
            assert words.casefold() in body.casefold()
    assert re.search(r"Vous, \d+ \S+ \d{4}, \d+\xa0h\xa0\d\d\n", bodies(letter)[0])


async def test_it_says_why_it_comes_and_opens_nothing(mailing: Mailing) -> None:
    lea = await mailing.somebody("bonjour")
    await sent(lea)
    for body in bodies(mailing.box.letters[0]):
        assert "quelqu’un a demandé" in body
        assert "Ce n’était pas vous?" in body
        assert lea.token not in body
        assert lea.id not in body
        assert "retour=" not in body
        assert "https://assistant.qve.example/chat" in body


async def test_what_a_stranger_would_read_carries_no_link_of_the_writer_and_no_html(
    mailing: Mailing,
) -> None:
    spam = "<b>Gagnez</b> sur https://evil.example/x ou evil.com, www.evil.org ok.merci evil.zz/y"
    lea = await mailing.somebody(spam)
    await sent(lea)
    text, html = bodies(mailing.box.letters[0])
    for body in (text, html):
        own = body.split("écho :")[0]
        assert "evil" not in own
        assert own.count("[lien]") == 4
    assert "ok.merci" in text
    raw = mailing.box.letters[0].get_body(("html",))
    assert raw is not None
    assert "&lt;b&gt;Gagnez" in raw.get_content()


async def test_what_an_adviser_said_and_the_names_of_documents_are_in_it(
    mailing: Mailing,
) -> None:
    mailing.engine.outcomes.append(handing_over())
    lea = await mailing.somebody("un conseiller")
    adviser = await mailing.service.accounts.add(
        email="c@cegep.example", display_name="Claire L.", role="adviser", institution=None
    )
    assert adviser is not None
    await mailing.service.work.claim(1, adviser)
    pdf = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"
    headers = {**lea.bearer, "Idempotency-Key": "a"}
    form = {"file": ("relevé.pdf", pdf)}
    await mailing.http.post("/api/conversations/me/files", files=form, headers=headers)
    await mailing.service.work.answer(1, adviser, "Votre relevé suffit.")
    await sent(lea)
    [letter] = mailing.box.letters
    for body in bodies(letter):
        assert "Claire L., service-conseil" in body
        assert "Votre relevé suffit." in body
        assert re.search(r"Document joint.: relevé.pdf", body)
    assert list(letter.iter_attachments()) == []


async def test_the_address_is_kept_nowhere(mailing: Mailing) -> None:
    lea = await mailing.somebody("bonjour")
    await sent(lea)
    assert EMAIL not in (await lea.get("export")).text
    file = str(mailing.service.database.engine.url.database)
    for kept in (Path(file), Path(f"{file}-wal")):
        assert EMAIL.encode() not in kept.read_bytes()


@pytest.mark.parametrize("email", ["", "lea", "lea@", "lea@exemple", "a@b.fr, c@d.fr", "a\n@b.fr"])
async def test_an_address_with_a_mistake_is_said_to_have_one(mailing: Mailing, email: str) -> None:
    lea = await mailing.somebody("bonjour")
    assert_problem(await sent(lea, email), 422, says="n’est pas complète ou contient une faute")
    assert mailing.box.letters == []


async def test_only_who_has_the_conversation_may_ask_and_an_empty_one_is_not_sent(
    mailing: Mailing,
) -> None:
    nobody = Writer(mailing.http, "", "inconnu")
    assert_problem(await sent(nobody), 401)
    assert_problem(await sent(await mailing.somebody()), 409, says="rien à envoyer")
    assert mailing.box.letters == []


async def test_few_letters_leave_for_one_conversation_and_for_one_address(
    mailing: Mailing,
) -> None:
    lea = await mailing.somebody("bonjour")
    for number in range(5):
        assert (await sent(lea, f"a{number}@exemple.fr")).status_code == 204
    refused = await sent(lea, "b@exemple.fr")
    assert_problem(refused, 429, says="Trop d’envois")
    assert int(refused.headers["Retry-After"]) > 3000
    for number in range(6):
        other = await mailing.somebody("bonjour")
        answer = await sent(other, ("une@exemple.fr", "Une@exemple.fr")[number % 2])
        assert answer.status_code == (204 if number < 5 else 429)
    assert len(mailing.box.letters) == 10


async def test_few_leave_from_one_network_address_whatever_is_opened(mailing: Mailing) -> None:
    statuses = [
        (await sent(await mailing.somebody("bonjour"), f"c{number}@exemple.fr")).status_code
        for number in range(17)
    ]
    assert statuses == [204] * 15 + [429] * 2


async def test_a_mail_server_that_refuses_is_said_and_nothing_has_left(mailing: Mailing) -> None:
    mailing.box.refuses = True
    lea = await mailing.somebody("bonjour")
    assert_problem(await sent(lea), 503, says="n’a pas pu partir")
    mailing.box.refuses = False
    assert (await sent(lea)).status_code == 204


async def test_it_is_offered_only_where_letters_leave(mailing: Mailing, sqlite_url: str) -> None:
    lea = await mailing.somebody()
    assert "mail" in (await lea.get()).json()["offers"]
    service = service_on(sqlite_url)
    async with web(service) as http:
        marc = await writer(http)
        assert "mail" not in (await marc.get()).json()["offers"]
        assert_problem(await sent(marc), 404, says="n’est pas offert")
    await service.database.close()
