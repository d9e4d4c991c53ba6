"""Tries as the database keeps them: counted by every process, bounded, forgotten."""

import asyncio
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select

from bot.handover.attempts import of_sign_in
from bot.storage.attempt_store import SqlAttempts
from bot.storage.database import Database
from bot.storage.desk_tables import AttemptRow

pytestmark = pytest.mark.asyncio
NOW = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)
NAMES = of_sign_in("a@b.example", "203.0.113.7")


async def let_through(attempts: SqlAttempts, times: int, *, now: datetime = NOW) -> int:
    return sum([await attempts.begin(NAMES, now) is None for _ in range(times)])


async def test_what_one_process_counted_another_knows_and_so_does_the_next_start(
    database: Database, database_url: str
) -> None:
    assert await let_through(SqlAttempts(database), 3) == 3
    elsewhere = Database(database_url)
    try:
        assert await let_through(SqlAttempts(elsewhere), 5) == 2
    finally:
        await elsewhere.close()
    assert await SqlAttempts(database).begin(NAMES, NOW) == timedelta(seconds=15)


async def test_tries_at_the_same_instant_in_two_processes_are_all_counted(
    database: Database, database_url: str
) -> None:
    elsewhere = Database(database_url)
    both = [SqlAttempts(database), SqlAttempts(elsewhere)]
    try:
        begun = await asyncio.gather(*(both[n % 2].begin(NAMES, NOW) for n in range(12)))
    finally:
        await elsewhere.close()
    assert begun.count(None) == 5


async def test_an_address_that_tries_many_accounts_must_wait_too(database: Database) -> None:
    attempts = SqlAttempts(database)
    begun = [
        await attempts.begin(of_sign_in(f"{n}@b.example", "203.0.113.7"), NOW) for n in range(30)
    ]
    assert begun.count(None) == 20


async def test_success_and_time_forget_what_was_counted(database: Database) -> None:
    attempts = SqlAttempts(database)
    await let_through(attempts, 4)
    await attempts.succeeded(NAMES)
    assert await let_through(attempts, 6) == 5
    assert await let_through(attempts, 6, now=NOW + timedelta(hours=2)) == 5


async def test_what_is_old_goes_and_no_name_is_kept_in_clear(database: Database) -> None:
    attempts = SqlAttempts(database)
    for n in range(10):
        await attempts.begin(of_sign_in(f"{n}@b.example", f"203.0.113.{n}"), NOW)
    await attempts.begin(NAMES, NOW + timedelta(hours=2))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(AttemptRow)) == 2
        kept = (await session.scalars(select(AttemptRow.name))).all()
    assert all(b"example" not in name for name in kept)
