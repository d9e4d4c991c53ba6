"""Advisers' accounts, invitations and sessions, in the database."""

from datetime import datetime, timezone

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from bot.handover.case import Adviser
from bot.storage.case_store import adviser_from
from bot.storage.database import Database
from bot.storage.log import write_log
from bot.storage.tables import AdviserRow, InvitationRow, SessionRow


class SqlAccountStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, *, email: str, display_name: str, role: str, institution: str | None
    ) -> Adviser | None:
        row = AdviserRow(
            email=email,
            display_name=display_name,
            role=role,
            institution=institution,
            created_at=datetime.now(timezone.utc),
        )
        try:
            async with self._database.write() as session:
                session.add(row)
                await session.flush()
                return adviser_from(row)
        except IntegrityError:
            return None

    async def rename(self, adviser_id: int, *, email: str, display_name: str) -> Adviser | None:
        try:
            async with self._database.write() as session:
                row = await session.get_one(AdviserRow, adviser_id)
                row.email = email
                row.display_name = display_name
                await session.flush()
                return adviser_from(row)
        except IntegrityError:
            return None

    async def anyone(self) -> bool:
        query = select(AdviserRow.id).where(AdviserRow.password_hash.is_not(None)).limit(1)
        async with self._database.read() as session:
            return await session.scalar(query) is not None

    async def oldest(self) -> Adviser | None:
        query = select(AdviserRow).order_by(AdviserRow.id).limit(1)
        async with self._database.read() as session:
            row = await session.scalar(query)
            return None if row is None else adviser_from(row)

    async def invite(self, adviser_id: int, token_hash: bytes, expires_at: datetime) -> None:
        earlier = delete(InvitationRow).where(
            InvitationRow.adviser_id == adviser_id, InvitationRow.used_at.is_(None)
        )
        async with self._database.write() as session:
            await session.execute(earlier)
            session.add(
                InvitationRow(token_hash=token_hash, adviser_id=adviser_id, expires_at=expires_at)
            )
            write_log(session, "account.invited", actor=_actor(adviser_id))

    async def invitation(self, token_hash: bytes, now: datetime) -> Adviser | None:
        query = (
            select(AdviserRow)
            .join(InvitationRow, InvitationRow.adviser_id == AdviserRow.id)
            .where(
                InvitationRow.token_hash == token_hash,
                InvitationRow.used_at.is_(None),
                InvitationRow.expires_at > now,
            )
        )
        async with self._database.read() as session:
            row = await session.scalar(query)
            return None if row is None else adviser_from(row)

    async def accept(self, token_hash: bytes, password_hash: str, now: datetime) -> Adviser | None:
        use = (
            update(InvitationRow)
            .where(
                InvitationRow.token_hash == token_hash,
                InvitationRow.used_at.is_(None),
                InvitationRow.expires_at > now,
            )
            .values(used_at=now)
            .returning(InvitationRow.adviser_id)
        )
        async with self._database.write() as session:
            adviser_id = await session.scalar(use)
            if adviser_id is None:
                return None
            row = await session.get_one(AdviserRow, adviser_id)
            row.password_hash = password_hash
            await session.execute(delete(SessionRow).where(SessionRow.adviser_id == adviser_id))
            write_log(session, "account.password_set", actor=_actor(adviser_id))
            return adviser_from(row)

    async def credentials(self, email: str) -> tuple[Adviser, str] | None:
        async with self._database.read() as session:
            row = await session.scalar(select(AdviserRow).where(AdviserRow.email == email))
            if row is None or row.password_hash is None:
                return None
            return adviser_from(row), row.password_hash

    async def set_password_hash(self, adviser_id: int, password_hash: str) -> None:
        change = (
            update(AdviserRow)
            .where(AdviserRow.id == adviser_id)
            .values(password_hash=password_hash)
        )
        async with self._database.write() as session:
            await session.execute(change)

    async def open_session(
        self, adviser_id: int, token_hash: bytes, now: datetime, expires_at: datetime
    ) -> None:
        async with self._database.write() as session:
            await session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
            session.add(
                SessionRow(
                    token_hash=token_hash,
                    adviser_id=adviser_id,
                    created_at=now,
                    expires_at=expires_at,
                )
            )
            write_log(session, "session.opened", actor=_actor(adviser_id))

    async def session(self, token_hash: bytes, now: datetime) -> Adviser | None:
        query = (
            select(AdviserRow)
            .join(SessionRow, SessionRow.adviser_id == AdviserRow.id)
            .where(SessionRow.token_hash == token_hash, SessionRow.expires_at > now)
        )
        async with self._database.read() as session:
            row = await session.scalar(query)
            return None if row is None else adviser_from(row)

    async def close_session(self, token_hash: bytes) -> None:
        close = (
            delete(SessionRow)
            .where(SessionRow.token_hash == token_hash)
            .returning(SessionRow.adviser_id)
        )
        async with self._database.write() as session:
            adviser_id = await session.scalar(close)
            if adviser_id is not None:
                write_log(session, "session.closed", actor=_actor(adviser_id))


def _actor(adviser_id: int) -> str:
    return f"adviser:{adviser_id}"
