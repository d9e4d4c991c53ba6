"""Advisers' sessions, in the database."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.account import OpenSession
from bot.handover.case import Adviser
from bot.handover.origin import origin
from bot.storage.case_store import adviser_from
from bot.storage.database import Database
from bot.storage.log import actor_for, write_log
from bot.storage.tables import AdviserRow, SessionRow

_SEEN_EVERY = timedelta(minutes=5)


class Sessions:
    _database: Database

    async def open_session(
        self,
        adviser_id: int,
        token_hash: bytes,
        now: datetime,
        expires_at: datetime,
        *,
        browser: str | None = None,
    ) -> None:
        async with self._database.write() as session:
            await _add(session, adviser_id, token_hash, now, expires_at, browser=browser)
            write_log(session, "session.opened", actor=actor_for(adviser_id))

    async def open_halfway(
        self, adviser_id: int, token_hash: bytes, now: datetime, expires_at: datetime
    ) -> None:
        async with self._database.write() as session:
            await _add(session, adviser_id, token_hash, now, expires_at, halfway=True)

    async def session(self, token_hash: bytes, now: datetime) -> Adviser | None:
        return await self._whose(token_hash, now, SessionRow.halfway.is_(False))

    async def halfway(self, token_hash: bytes, now: datetime) -> Adviser | None:
        return await self._whose(token_hash, now, SessionRow.halfway.is_(True))

    async def _whose(
        self, token_hash: bytes, now: datetime, condition: ColumnElement[bool]
    ) -> Adviser | None:
        query = (
            select(AdviserRow)
            .join(SessionRow, SessionRow.adviser_id == AdviserRow.id)
            .where(
                SessionRow.token_hash == token_hash,
                SessionRow.expires_at > now,
                AdviserRow.disabled_at.is_(None),
                condition,
            )
        )
        async with self._database.read() as session:
            row = await session.scalar(query)
            return None if row is None else adviser_from(row)

    async def close_session(self, token_hash: bytes) -> None:
        close = (
            delete(SessionRow)
            .where(SessionRow.token_hash == token_hash)
            .returning(SessionRow.adviser_id, SessionRow.halfway)
        )
        async with self._database.write() as session:
            closed = (await session.execute(close)).one_or_none()
            if closed is not None and not closed.halfway:
                write_log(session, "session.closed", actor=actor_for(closed.adviser_id))

    async def seen(self, token_hash: bytes, now: datetime) -> None:
        stale = or_(SessionRow.seen_at.is_(None), SessionRow.seen_at < now - _SEEN_EVERY)
        async with self._database.read() as session:
            this = select(SessionRow.adviser_id).where(SessionRow.token_hash == token_hash, stale)
            if await session.scalar(this) is None:
                return
        touch = update(SessionRow).where(SessionRow.token_hash == token_hash).values(seen_at=now)
        async with self._database.write() as session:
            await session.execute(touch)

    async def sessions(self, adviser_id: int, now: datetime) -> Sequence[OpenSession]:
        async with self._database.read() as session:
            rows = [_open_session(row) for row in await session.scalars(_of(adviser_id, now))]
        return sorted(rows, key=lambda each: each.seen_at, reverse=True)

    async def revoke(self, adviser_id: int, key: str, *, by: str) -> bool:
        close = delete(SessionRow).where(
            SessionRow.adviser_id == adviser_id, SessionRow.token_hash == _hash_of(key)
        )
        async with self._database.write() as session:
            closed = (await session.execute(close.returning(SessionRow.adviser_id))).all()
            if closed:
                write_log(session, "session.revoked", actor=by, account_id=adviser_id)
            return bool(closed)

    async def revoke_all(self, adviser_id: int, *, by: str, but: bytes | None = None) -> int:
        async with self._database.write() as session:
            closed = await close_all(session, adviser_id, but=but)
            if closed:
                write_log(session, "session.revoked", actor=by, account_id=adviser_id)
            return closed


async def close_all(session: AsyncSession, adviser_id: int, *, but: bytes | None = None) -> int:
    close = delete(SessionRow).where(SessionRow.adviser_id == adviser_id)
    if but is not None:
        close = close.where(SessionRow.token_hash != but)
    return len((await session.execute(close.returning(SessionRow.adviser_id))).all())


async def _add(
    session: AsyncSession,
    adviser_id: int,
    token_hash: bytes,
    now: datetime,
    expires_at: datetime,
    *,
    halfway: bool = False,
    browser: str | None = None,
) -> None:
    """And forget the sessions that have ended, whoever's they were."""
    await session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
    row = SessionRow(
        token_hash=token_hash,
        adviser_id=adviser_id,
        created_at=now,
        expires_at=expires_at,
        halfway=halfway,
        seen_at=now,
        origin=origin(),
        browser=browser,
    )
    session.add(row)


def _of(adviser_id: int, now: datetime) -> Select[tuple[SessionRow]]:
    return select(SessionRow).where(
        SessionRow.adviser_id == adviser_id,
        SessionRow.expires_at > now,
        SessionRow.halfway.is_(False),
    )


def _open_session(row: SessionRow) -> OpenSession:
    return OpenSession(
        key=row.token_hash.hex(),
        opened_at=row.created_at,
        seen_at=row.seen_at or row.created_at,
        expires_at=row.expires_at,
        origin=row.origin,
        browser=row.browser,
    )


def _hash_of(key: str) -> bytes:
    try:
        return bytes.fromhex(key)
    except ValueError:
        return b""
