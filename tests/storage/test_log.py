"""The log can be added to and read, and nothing else, whoever asks the database."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from builders import Bench
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.handover.journal import Entry
from bot.handover.origin import asked_from
from bot.storage.database import Database
from bot.storage.log import SqlJournal
from bot.storage.tables import Table

FORBIDDEN = {
    "changing": "UPDATE log SET verb = 'case.closed'",
    "removing": "DELETE FROM log",
    "replacing": "INSERT OR REPLACE INTO log (id, at, verb, actor) VALUES (1, 0, 'x', 'x')",
    "emptying": "TRUNCATE log",
}
ON_SQLITE_ONLY, ON_POSTGRESQL_ONLY = "replacing", "emptying"


@pytest.mark.parametrize("how", FORBIDDEN)
async def test_the_database_refuses(bench: Bench, how: str) -> None:
    dialect = bench.database.engine.dialect.name
    if how == (ON_POSTGRESQL_ONLY if dialect == "sqlite" else ON_SQLITE_ONLY):
        return  # not a word of that database's
    claire = await bench.adviser()
    await SqlJournal(bench.database).note("case.read", claire, case_id=7)
    with pytest.raises(DBAPIError, match="append-only"):
        async with bench.database.write() as session:
            await session.execute(text(FORBIDDEN[how]))
    [line] = await SqlJournal(bench.database).lines(limit=1)
    assert (line.verb, line.case_id) == ("case.read", 7)


async def test_tables_made_from_the_code_refuse_as_well(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'made.sqlite3'}")
    async with database.engine.begin() as connection:
        await connection.run_sync(Table.metadata.create_all)
        for statement in (FORBIDDEN["changing"], FORBIDDEN["removing"]):
            await connection.execute(
                text("INSERT INTO log (at, verb, actor) VALUES (CURRENT_TIMESTAMP, 'x', 'x')")
            )
            with pytest.raises(DBAPIError, match="append-only"):
                await connection.execute(text(statement))
    await database.close()


async def test_a_line_says_who_did_what_to_whom_when_from_where_and_why(bench: Bench) -> None:
    claire, paul = await bench.adviser("Claire L."), await bench.adviser("Paul R.")
    with asked_from("203.0.113.7"):
        await SqlJournal(bench.database).note(
            "account.disabled", claire, account_id=paul.id, reason="asked_by_person"
        )
    [line] = await SqlJournal(bench.database).lines(limit=1)
    assert line == Entry(
        id=line.id,
        at=line.at,
        verb="account.disabled",
        actor="Claire L.",
        by_adviser=True,
        account="Paul R.",
        origin="203.0.113.7",
        reason="asked_by_person",
    )
    assert datetime.now(timezone.utc) - line.at < timedelta(minutes=1)


async def test_the_address_of_a_person_is_never_kept(bench: Bench) -> None:
    with asked_from("203.0.113.7"):
        await bench.waiting_person()
    [line] = await SqlJournal(bench.database).lines(limit=1)
    assert (line.verb, line.actor, line.origin) == ("case.opened", "person", None)


async def test_the_log_is_read_by_case_by_account_and_page_by_page(bench: Bench) -> None:
    journal = SqlJournal(bench.database)
    claire, paul = await bench.adviser("Claire L."), await bench.adviser("Paul R.")
    for number in range(1, 6):
        await journal.note("case.read", claire, case_id=number)
    await journal.note("account.changed", claire, account_id=paul.id)
    assert [line.case_id for line in await journal.lines(case_id=3)] == [3]
    of_paul = [line.verb for line in await journal.lines(account_id=paul.id)]
    assert of_paul == ["account.changed", "account.added"]
    assert len(await journal.lines(account_id=claire.id)) == 7
    first = await journal.lines(limit=4)
    rest = await journal.lines(before=first[-1].id, limit=2)
    assert [line.case_id for line in (*first, *rest)] == [None, 5, 4, 3, 2, 1]


async def test_the_number_of_an_erased_case_is_given_to_no_other(bench: Bench) -> None:
    first = await bench.waiting_person()
    number = await first.case_id()
    await bench.records.erase(first.id, actor="person")
    second = await bench.waiting_person()
    assert await second.case_id() > number
    exported = await bench.records.export(second.id)
    assert exported is not None
    assert [line["verb"] for line in exported["log"]] == ["case.opened"]


async def test_who_read_a_case_is_shown_to_the_person_without_where_from(bench: Bench) -> None:
    person = await bench.waiting_person()
    claire = await bench.adviser()
    with asked_from("203.0.113.7"):
        await SqlJournal(bench.database).note("case.read", claire, case_id=await person.case_id())
    exported = await bench.records.export(person.id)
    assert exported is not None
    read = exported["log"][-1]
    assert (read["verb"], read["actor"]) == ("case.read", claire.actor)
    assert "203.0.113.7" not in str(exported)
