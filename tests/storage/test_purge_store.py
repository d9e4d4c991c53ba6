"""What is too old goes, nothing else does, and the log counts it; on both databases."""

from datetime import datetime, timedelta

import pytest
from builders import Bench, Person, now
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from bot.files.checking import FitFile
from bot.files.store import Kept
from bot.privacy.purging import Purging
from bot.privacy.retention import Kind, Retention
from bot.storage.database import Database
from bot.storage.file_store import SqlFileStore
from bot.storage.purge_store import SqlPurger
from bot.storage.tables import (
    AttachmentContentRow,
    AttachmentRow,
    ConversationRow,
    LogRow,
    SuggestionRow,
    TelegramUpdateRow,
)

RETENTION = Retention(conversations=180, cases=365, files=90, suggestions=365, log=1095)
PDF = FitFile("bulletin.pdf", "application/pdf", b"%PDF-1.7")


def days(count: int) -> timedelta:
    return timedelta(days=count)


def purging(bench: Bench, at: datetime | None = None) -> Purging:
    clock = now if at is None else lambda: at
    return Purging(bench.conversations, SqlPurger(bench.database), RETENTION, clock)


async def lines(database: Database) -> list[tuple[str, str | None]]:
    """What the log says of purges."""
    query = select(LogRow.verb, LogRow.reason).where(LogRow.actor == "retention")
    async with database.read() as session:
        rows = await session.execute(query.order_by(LogRow.id))
        return [(verb, reason) for verb, reason in rows if not verb.startswith("case.")]


async def how_many(database: Database, table: type) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def silent_for(bench: Bench, count: int) -> Person:
    person = await bench.person()
    await person.ask("bonjour", at=now() - days(count))
    return person


async def test_who_has_been_silent_too_long_is_erased_and_counted(bench: Bench) -> None:
    silent, alive = await silent_for(bench, 181), await silent_for(bench, 179)
    removed = await purging(bench).purge()
    assert removed[Kind.conversations] == 1
    assert await bench.store.find(silent.id) is None
    assert await bench.store.find(alive.id) is not None
    assert await lines(bench.database) == [
        ("conversations.purged", "1"), ("retention.applied", "1"),
    ]  # fmt: skip


async def test_a_conversation_with_a_case_has_its_own_length(bench: Bench) -> None:
    person = await bench.waiting_person()
    half_a_year = purging(bench, now() + days(200))
    assert (await half_a_year.purge())[Kind.conversations] == 0
    a_year = purging(bench, now() + days(366))
    assert (await a_year.purge())[Kind.conversations] == 1
    assert await bench.store.find(person.id) is None


async def test_what_an_adviser_said_lately_keeps_the_conversation(bench: Bench) -> None:
    person = await bench.waiting_person()
    async with bench.database.write() as session:
        await session.execute(update(ConversationRow).values(heard_at=now() - days(400)))
    adviser = await bench.adviser()
    await bench.work.claim(await person.case_id(), adviser)
    await bench.work.answer(await person.case_id(), adviser, "Bonjour.")
    assert (await purging(bench).purge())[Kind.conversations] == 0


async def test_a_document_goes_before_its_conversation_with_its_bytes(bench: Bench) -> None:
    person = await bench.waiting_person()
    adviser = await bench.adviser()
    await bench.work.claim(await person.case_id(), adviser)
    files = SqlFileStore(bench.database)
    kept = await files.receive(person.id, PDF, external_id="f", at=now())
    assert isinstance(kept, Kept)
    assert (await purging(bench).purge())[Kind.files] == 0
    assert (await purging(bench, now() + days(91)).purge())[Kind.files] == 1
    assert await how_many(bench.database, AttachmentRow) == 0
    assert await how_many(bench.database, AttachmentContentRow) == 0
    assert await bench.store.find(person.id) is not None
    assert (await bench.store.messages(person.id))[-1].text == PDF.name, "what was said stays"


async def test_a_suggestion_decided_on_goes_but_not_one_still_to_be_written(bench: Bench) -> None:
    long_ago = now() - days(400)
    common = {"kind": "unhelpful", "text": "x", "at": long_ago, "decided_at": long_ago}
    rows = [
        {**common, "sameness": "a", "state": "dismissed", "written_at": None},
        {**common, "sameness": "b", "state": "accepted", "written_at": None},
        {**common, "sameness": "c", "state": "accepted", "written_at": long_ago},
        {**common, "sameness": "d", "state": "open", "decided_at": None, "written_at": None},
    ]
    async with bench.database.write() as session:
        await session.execute(insert(SuggestionRow), rows)
    assert (await purging(bench).purge())[Kind.suggestions] == 2
    async with bench.database.read() as session:
        left = await session.scalars(select(SuggestionRow.sameness).order_by(SuggestionRow.id))
        assert list(left) == ["b", "d"]


async def test_what_telegram_sent_and_nobody_dealt_with_loses_its_words(bench: Bench) -> None:
    rows = [
        {"update_id": number, "received_at": now() - days(31), "chat_id": 7, "body": {"text": "x"}}
        for number in (1, 2)
    ]
    async with bench.database.write() as session:
        await session.execute(insert(TelegramUpdateRow), rows)
    await purging(bench).purge()
    async with bench.database.read() as session:
        [last] = (await session.scalars(select(TelegramUpdateRow))).all()
        assert (last.update_id, last.chat_id, last.body) == (2, None, None)


async def test_a_line_of_the_log_goes_at_its_age_and_the_database_refuses_before(
    bench: Bench,
) -> None:
    line = {"verb": "case.read", "actor": "adviser:1"}
    async with bench.database.write() as session:
        await session.execute(insert(LogRow), [{**line, "at": now() - days(1100)}])
        await session.execute(insert(LogRow), [{**line, "at": now() - days(700)}])
    assert (await purging(bench).purge())[Kind.log] == 1
    with pytest.raises(DBAPIError, match="append-only"):
        async with bench.database.write() as session:
            await session.execute(
                delete(LogRow).where(LogRow.at < now() - days(600)),
                execution_options={"synchronize_session": False},
            )


async def test_it_is_done_once_a_day_whoever_asks(bench: Bench) -> None:
    assert await purging(bench).purge_daily() is not None
    assert await purging(bench.with_engine(bench.engine)).purge_daily() is None
    assert await purging(bench, now() + timedelta(hours=25)).purge_daily() is not None
    assert [verb for verb, _ in await lines(bench.database)] == ["retention.applied"] * 2


async def test_one_that_fails_half_way_is_not_said_to_be_done(bench: Bench) -> None:
    class Failing(SqlPurger):
        async def remove(self, kind: Kind, before: datetime) -> int:
            raise OSError("the disk is full")

    failing = Purging(bench.conversations, Failing(bench.database), RETENTION, now)
    with pytest.raises(OSError, match="full"):
        await failing.purge_daily()
    assert await purging(bench).purge_daily() is not None
