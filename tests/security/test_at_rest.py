"""Whoever reads the database itself finds nobody's address and no secret that opens anything."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta

import pytest_asyncio
from builders import EchoEngine, handing_over, now, service_on
from desk_bench import PASSWORD, Browser
from sqlalchemy import text
from world import World, world_of

from bot.conversation.inbox import Update
from bot.conversation.moving import Moving
from bot.desk.entering.access import SESSION_COOKIE
from bot.handover.letters import GATHERED_FOR, Letter, Letters
from bot.messages import Outcome
from bot.storage.letter_store import SqlLetters
from bot.storage.move_store import SqlMoveStore
from bot.storage.telegram_inbox import SqlTelegramInbox

EMAIL = "zephyrine.quatremer@courriel-rare.example"
PHONE = "06 98 76 54 32"
NAME = "Zéphyrine"
SEARCHES = [
    (EMAIL, True),
    ("zephyrine", True),
    ("ZÉPHYRINE courriel rare", True),
    ("quatremer", True),
    ("zephyrin", False),  # a sealed word is found whole
    (PHONE, False),
    ("autre@courriel-rare.example", False),
]


class ListeningEngine(EchoEngine):
    """Remembers what it was told, as Rasa does."""

    async def respond(self, message, *, waiting):  # type: ignore[no-untyped-def]
        outcome = await super().respond(message, waiting=waiting)
        told = {"event": "user", "text": message.text, "parse_data": {"entities": [message.text]}}
        slot = {"event": "slot", "name": "email", "value": EMAIL}
        return Outcome(
            outcome.replies, outcome.understanding, outcome.handover, memory=(told, slot)
        )


class Postman:
    def __init__(self) -> None:
        self.posted: list[Letter] = []

    async def post(self, letter: Letter) -> None:
        self.posted.append(letter)


@pytest_asyncio.fixture
async def world(database_url: str, database: object) -> AsyncIterator[World]:
    """On both databases; `database` has emptied it."""
    service = service_on(database_url, ListeningEngine(handing_over(NAME, EMAIL)), undo_seconds=30)
    async with world_of(service) as world:
        yield world


async def a_life(world: World) -> tuple[str, Mapping[str, str]]:
    """Everything that leaves a secret or an address somewhere: the case's page, and the secrets by
    what they are."""
    person = await world.person()
    assert (await person.send(f"mon adresse est {EMAIL}")).status_code == 201
    assert (await person.send(f"sinon {EMAIL} ou {PHONE}")).status_code == 201
    _claire, browser = await world.adviser()
    case = f"/desk/cases/{await world.case_of(person)}"
    await browser.get(case)
    assert (await browser.post(f"{case}/claim")).status_code == 303
    await browser.get(case)
    assert (await browser.post(f"{case}/notes", text=f"rappeler à {EMAIL}")).status_code == 303
    code = await letter_code(world, person.id, browser, case)
    await browser.get(case)
    held = await browser.post(f"{case}/answer", text=f"J’écris à {EMAIL}")
    assert held.status_code == 303, held.text
    assert (await browser.post(f"{case}/draft", text=f"à {EMAIL}")).status_code == 204
    update = {"update_id": 7, "message": {"chat": {"id": 1}, "text": f"moi c’est {EMAIL}"}}
    await SqlTelegramInbox(world.service.database).keep([Update(7, 1, update)], now())
    move = await Moving(SqlMoveStore(world.service.database), now).offer(person.id, "telegram")
    session = browser.http.cookies[SESSION_COOKIE]
    invitation = world.invitations[0].url.rsplit("/", 1)[1]
    return case, {
        "the person's token": person.token,
        "a session": session,
        "an invitation": invitation,
        "a link to Telegram": move.code,
        "a letter's link": code,
        "a password": PASSWORD,
    }


async def letter_code(world: World, conversation_id: str, browser: Browser, case: str) -> str:
    """Of the letter that an answer which nobody read makes."""
    work = world.service.work
    case_id = int(case.rsplit("/", 1)[1])
    claire = await world.service.accounts.by_email("claire@cegep.example")
    assert claire is not None
    await work.answer(case_id, claire, "Bonjour")
    postman = Postman()
    letters = Letters(
        SqlLetters(world.service.database),
        postman,
        link=lambda code: code,
        clock=lambda: now() + GATHERED_FOR + timedelta(minutes=1),
    )
    assert await letters.post_what_is_due() == 1
    [letter] = postman.posted
    assert letter.to == EMAIL
    return next(line for line in letter.text.splitlines() if len(line) == 43)


async def everything_in(world: World) -> dict[str, str]:
    """Each table as somebody with the file in hand reads it."""
    is_sqlite = world.service.database.url.startswith("sqlite")
    listing = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if is_sqlite
        else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    read = {}
    async with world.service.database.read() as session:
        for table in (await session.scalars(text(listing))).all():
            rows = (await session.execute(text(f"SELECT * FROM {table}"))).all()
            read[str(table)] = "\n".join(
                "|".join(
                    value.decode("latin-1") if isinstance(value, bytes) else str(value)
                    for value in row
                )
                for row in rows
            )
    return read


async def test_no_secret_and_no_contact_is_found_in_clear_in_any_table(world: World) -> None:
    _, secrets = await a_life(world)
    tables = await everything_in(world)
    full = {name for name, content in tables.items() if content}
    assert full >= {
        *("contacts", "messages", "tracker_events", "telegram_updates", "search_documents"),
        *("drafts", "held_answers", "notes", "moves", "return_links", "sessions", "invitations"),
    }  # the walk saw a life
    planted = {**secrets, "an address": EMAIL, "an address's name": "zephyrine.quatremer"}
    planted |= {"a number": PHONE, "the address, folded": "zephyrine quatremer"}
    found = {
        (what, table)
        for what, secret in planted.items()
        for table, content in tables.items()
        if secret in content
    }
    assert found == set()
    assert NAME not in tables["contacts"]


async def test_who_may_read_an_address_reads_it_and_finds_the_case_by_it(world: World) -> None:
    case, _ = await a_life(world)
    _, nadia = await world.adviser("Nadia B.")
    shown = (await nadia.get(case)).text
    assert EMAIL in shown
    assert NAME in shown
    assert f"sinon {EMAIL} ou {PHONE}" in shown
    assert f"rappeler à {EMAIL}" in (await nadia.get(f"{case}/notes")).text
    for typed, finds in SEARCHES:
        page = await nadia.http.get("/desk/queue", params={"view": "open", "q": typed})
        assert page.status_code == 200
        assert (case in page.text) is finds, typed


async def test_the_person_finds_their_words_as_they_wrote_them(world: World) -> None:
    world.engine.outcomes = [handing_over(NAME, EMAIL)]
    person = await world.person()
    await person.send(f"mon adresse est {EMAIL}")
    assert ("person", f"mon adresse est {EMAIL}") not in await person.thread()  # masked: no adviser
    await person.send(f"ou {PHONE}")
    assert ("person", f"ou {PHONE}") in await person.thread()
    exported = (await person.get("export")).json()
    assert exported["contacts"] == [
        {"conversation_id": person.id, "first_name": NAME, "email": EMAIL}
    ]
