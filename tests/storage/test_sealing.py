"""Contacts are sealed where they are kept, earlier ones too; keys change without a loss."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from builders import Bench, EchoEngine, handing_over
from sqlalchemy import Connection, text

from bot import storage
from bot.handover.case import Adviser
from bot.handover.queue import View, Wanted
from bot.seal import Seal
from bot.storage.database import Database
from bot.storage.queue_store import SqlQueue
from bot.storage.resealing import Resealed, reseal, sealed_columns
from bot.storage.sealing import NoKey
from bot.storage.tables import AdviserRow

OLD, NEW, LOST = "o" * 40, "n" * 40, "l" * 40
EMAIL = "lea.martin@exemple.fr"
NOW = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)
FACTORS = "desk second factor"
READER = Adviser(1, "nadia@cegep.example", "Nadia B.", "coordinator")


def having(*given: str) -> Callable[[], Sequence[str]]:
    return lambda: given


def factors(*given: str) -> Seal:
    return Seal(having(*given), purpose=FACTORS)


async def with_a_contact(database: Database) -> Bench:
    bench = Bench(database, EchoEngine(handing_over("Léa", EMAIL)))
    person = await bench.person()
    await person.ask("je veux parler à quelqu’un")
    await person.ask(f"écrivez à {EMAIL}")
    return bench


async def raw(database: Database, query: str) -> str:
    async with database.read() as session:
        return "\n".join(str(tuple(row)) for row in await session.execute(text(query)))


async def contact_of(bench: Bench) -> tuple[str, str | None]:
    [page] = (await SqlQueue(bench.database).page(Wanted(View.open), READER, now=NOW)).lines
    file = await bench.cases.find(page.case.id)
    assert file is not None
    return file.contact.first_name, file.contact.email


async def finds(database: Database, words: str) -> bool:
    page = await SqlQueue(database).page(Wanted(View.open, words=words), READER, now=NOW)
    return bool(page.lines)


async def test_the_columns_that_are_sealed_are_those_that_may_hold_a_contact() -> None:
    assert {(table.name, column.name) for table, column in sealed_columns()} == {
        ("contacts", "first_name"),
        ("contacts", "email"),
        ("devices", "endpoint"),
        ("messages", "text"),
        ("tracker_events", "event"),
        ("telegram_updates", "body"),
        ("drafts", "text"),
        ("held_answers", "text"),
        ("notes", "text"),
        ("remarks", "comment"),
    }


async def test_only_the_contact_in_a_text_is_sealed(database: Database) -> None:
    await with_a_contact(database)
    said = await raw(database, "SELECT text FROM messages WHERE author = 'person' ORDER BY seq")
    assert "je veux parler à quelqu’un" in said
    assert "écrivez à {sealed:gAAAA" in said
    assert EMAIL not in said


@pytest.mark.parametrize(
    "typed",
    [
        "{sealed:gAAAAB} et {sealed:}",
        f"{{sealed:gAAAAB==}}{{sealed:gAAAAC}} puis {EMAIL}",
        "{sealed:{sealed:gAAAAB}} gAAAA {sealed:gAAAA514-555-0199}",
        f"{{sealed:gAAAA}}@exemple.fr {{sealed:gAAAA{EMAIL}}}",
    ],
)
async def test_what_looks_sealed_and_is_not_is_read_as_it_was_typed(
    database: Database, typed: str
) -> None:
    bench = await with_a_contact(database)  # an adviser was asked for: contacts are kept
    person = await bench.with_engine(EchoEngine(handing_over("Léa", EMAIL))).person()
    await person.ask("je veux parler à quelqu’un")
    await person.ask(typed)
    assert ("person", typed) in await person.thread()
    assert (await reseal(database, second_factors=factors("k" * 40))).unreadable == 0
    assert ("person", typed) in await person.thread()


async def test_a_piece_copied_from_the_table_opens_nothing_for_who_types_it(
    database: Database,
) -> None:
    await with_a_contact(database)
    kept = await raw(database, "SELECT text FROM messages WHERE author = 'person' ORDER BY seq")
    [piece] = re.findall(r"\{sealed:[^}]+\}", kept)
    thief = await Bench(database).person()
    await thief.ask(piece)
    assert EMAIL not in str(await thief.thread())
    assert ("person", piece) in await thief.thread()


async def test_without_a_key_no_contact_is_kept(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with pytest.raises(Exception) as refused:  # noqa: PT011 - SQLAlchemy wraps it
        await with_a_contact(database)
    assert isinstance(refused.value.__cause__ or refused.value, NoKey)
    await database.close()


async def test_after_a_change_of_key_the_new_one_alone_opens_and_finds_everything(
    database: Database,
) -> None:
    url = database.url
    before = Database(url, having(OLD))
    await with_a_contact(before)
    async with before.write() as session:
        session.add(
            AdviserRow(
                email="claire@cegep.example",
                display_name="Claire",
                role="adviser",
                created_at=NOW,
                second_factor=factors(OLD).close("JBSWY3DP"),
            )
        )
    both = Database(url, having(NEW, OLD))
    done = await reseal(both, second_factors=factors(NEW, OLD))
    assert (done.again > 3, done.unreadable) == (True, 0)
    assert await reseal(both, second_factors=factors(NEW, OLD)) == done  # again: the same

    after = Database(url, having(NEW))
    bench = Bench(after)
    assert await contact_of(bench) == ("Léa", EMAIL)
    assert await finds(after, "lea")
    assert await finds(after, EMAIL)
    async with after.read() as session:
        sealed = await session.scalar(text("SELECT second_factor FROM advisers"))
    assert factors(NEW).open(sealed) == "JBSWY3DP"
    assert await contact_of(Bench(before)) == ("[illisible]", "[illisible]")
    for each in (before, both, after):
        await each.close()


async def test_what_no_key_opens_is_counted_and_left_for_the_day_the_key_is_found(
    database: Database,
) -> None:
    url = database.url
    lost = Database(url, having(LOST))
    await with_a_contact(lost)
    ours = Database(url, having(NEW))
    kept = await raw(ours, "SELECT first_name, email FROM contacts")
    assert await reseal(ours, second_factors=factors(NEW)) == Resealed(0, 4)
    assert await raw(ours, "SELECT first_name, email FROM contacts") == kept
    assert await contact_of(Bench(lost)) == ("Léa", EMAIL)
    for each in (lost, ours):
        await each.close()


async def test_contacts_kept_before_they_were_sealed_are_sealed_by_the_migration(
    database: Database,
) -> None:
    bench = await with_a_contact(database)
    messages = await raw(database, "SELECT count(*) FROM messages")
    await step(database, "downgrade", "0011")
    assert EMAIL in await raw(database, "SELECT email FROM contacts")
    assert EMAIL in await raw(database, "SELECT text FROM messages")

    await step(database, "upgrade", "head")
    for table in ("contacts", "messages", "search_documents"):
        kept = await raw(database, f"SELECT * FROM {table}")
        assert EMAIL not in kept
        assert "lea martin" not in kept
    assert await raw(database, "SELECT count(*) FROM messages") == messages
    assert await contact_of(bench) == ("Léa", EMAIL)
    assert await finds(database, EMAIL)


async def step(database: Database, direction: str, revision: str) -> None:
    async with database.engine.connect() as connection:
        await connection.run_sync(_step, direction, revision)
        await connection.commit()


def _step(connection: Connection, direction: str, revision: str) -> None:
    config = Config()
    folder = Path(storage.__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder))
    config.attributes["connection"] = connection
    getattr(command, direction)(config, revision)
