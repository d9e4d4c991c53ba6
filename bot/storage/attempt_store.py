"""Tries at the desk's doors, in the database: every process counts the same."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Delete, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.attempts import FORGOTTEN_AFTER, Names, Tried, tried_again, wait_of
from bot.storage.database import Database
from bot.storage.desk_tables import AttemptRow

_NONE = timedelta(0)


class SqlAttempts:
    """Names are kept as hashes: a password typed where the e-mail goes is nobody's to read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        known = sqlite if database.engine.dialect.name == "sqlite" else postgresql
        self._insert = known.insert

    async def begin(self, names: Names, now: datetime) -> timedelta | None:
        hashes = {_hash(name): free for name, free in names.items()}
        async with self._database.read() as session:  # who must wait writes nothing
            wait = _longest(await _tried(session, list(hashes)), now)
        if wait is not None:
            return wait
        async with self._database.write() as session:
            tried = await self._locked(session, sorted(hashes), now)
            wait = _longest(tried, now)
            if wait is not None:
                return wait
            for name, free in hashes.items():
                await _keep(session, name, tried_again(tried.get(name), free=free, now=now))
            await session.execute(_forget_before(now - FORGOTTEN_AFTER))
        return None

    async def succeeded(self, names: Names) -> None:
        hashes = [_hash(name) for name in names]
        async with self._database.write() as session:
            await session.execute(delete(AttemptRow).where(AttemptRow.name.in_(hashes)))

    async def _locked(
        self, session: AsyncSession, names: Sequence[bytes], now: datetime
    ) -> dict[bytes, Tried]:
        """What was tried, nobody else counting meanwhile: rows are made, then locked in one order,
        so that two first tries at the same instant count twice."""
        for name in names:
            blank = {"name": name, "count": 0, "at": now, "until": now}
            await session.execute(self._insert(AttemptRow).values(blank).on_conflict_do_nothing())
        return await _tried(session, names, lock=True)


async def _tried(
    session: AsyncSession, names: Sequence[bytes], *, lock: bool = False
) -> dict[bytes, Tried]:
    query = select(AttemptRow).where(AttemptRow.name.in_(names)).order_by(AttemptRow.name)
    rows = await session.scalars(query.with_for_update() if lock else query)
    return {row.name: Tried(row.count, row.at, row.until) for row in rows}


async def _keep(session: AsyncSession, name: bytes, tried: Tried) -> None:
    await session.execute(
        update(AttemptRow)
        .where(AttemptRow.name == name)
        .values(count=tried.count, at=tried.at, until=tried.until)
        .execution_options(synchronize_session=False)
    )


def _forget_before(moment: datetime) -> Delete:
    """What others hold is left for next time: nobody who signs in waits for somebody else."""
    old = select(AttemptRow.name).where(AttemptRow.at < moment).with_for_update(skip_locked=True)
    return (
        delete(AttemptRow)
        .where(AttemptRow.name.in_(old))
        .execution_options(synchronize_session=False)
    )


def _longest(tried: Mapping[bytes, Tried], now: datetime) -> timedelta | None:
    wait = max((wait_of(each, now) for each in tried.values()), default=_NONE)
    return wait if wait > _NONE else None


def _hash(name: str) -> bytes:
    return sha256(name.encode()).digest()
