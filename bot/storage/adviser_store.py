"""Advisers' accounts and invitations, in the database; with their sessions and second factors."""

from collections.abc import Sequence
from datetime import datetime, timezone

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.account import Account
from bot.handover.case import Adviser
from bot.handover.roles import Role
from bot.storage.case_store import adviser_from
from bot.storage.database import Database
from bot.storage.identity_store import Identities
from bot.storage.log import actor_for, write_log
from bot.storage.second_factor_store import SecondFactors
from bot.storage.session_store import Sessions, close_all
from bot.storage.tables import AdviserRow, InvitationRow, SessionRow

_COMMAND = "command"
_in_use = AdviserRow.disabled_at.is_(None)


class SqlAccountStore(Sessions, SecondFactors, Identities):
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        *,
        email: str,
        display_name: str,
        role: str,
        institution: str | None,
        by: str = _COMMAND,
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
                write_log(session, "account.added", actor=by, account_id=row.id)
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
        return await self._one(select(AdviserRow).order_by(AdviserRow.id).limit(1))

    async def by_email(self, email: str) -> Adviser | None:
        return await self._one(select(AdviserRow).where(AdviserRow.email == email))

    async def _one(self, query: Select[tuple[AdviserRow]]) -> Adviser | None:
        async with self._database.read() as session:
            row = await session.scalar(query)
            return None if row is None else adviser_from(row)

    async def everybody(self, now: datetime) -> Sequence[Account]:
        order = (AdviserRow.disabled_at.is_not(None), func.lower(AdviserRow.display_name))
        async with self._database.read() as session:
            rows = await session.execute(_accounts(now).order_by(*order, AdviserRow.id))
            return [_account(*row) for row in rows]

    async def account(self, adviser_id: int, now: datetime) -> Account | None:
        async with self._database.read() as session:
            query = _accounts(now).where(AdviserRow.id == adviser_id)
            row = (await session.execute(query)).one_or_none()
            return None if row is None else _account(*row)

    async def change(
        self, adviser_id: int, *, display_name: str, role: str, institution: str | None, by: str
    ) -> bool:
        async with self._database.write() as session:
            lesser = role != Role.administrator.value
            if lesser and await _is_last_administrator(session, adviser_id):
                return False
            row = await session.get_one(AdviserRow, adviser_id)
            if row.role != role:
                await close_all(session, adviser_id)
            row.display_name, row.role, row.institution = display_name, role, institution
            write_log(session, "account.changed", actor=by, account_id=adviser_id)
            return True

    async def disable(self, adviser_id: int, now: datetime, *, by: str) -> bool:
        async with self._database.write() as session:
            if await _is_last_administrator(session, adviser_id):
                return False
            row = await session.get_one(AdviserRow, adviser_id)
            row.disabled_at = now
            await close_all(session, adviser_id)
            await session.execute(_unused_of(adviser_id))
            write_log(session, "account.disabled", actor=by, account_id=adviser_id)
            return True

    async def enable(self, adviser_id: int, *, by: str) -> None:
        async with self._database.write() as session:
            row = await session.get_one(AdviserRow, adviser_id)
            row.disabled_at = None
            write_log(session, "account.enabled", actor=by, account_id=adviser_id)

    async def invite(
        self, adviser_id: int, token_hash: bytes, expires_at: datetime, *, by: str = _COMMAND
    ) -> None:
        async with self._database.write() as session:
            await session.execute(_unused_of(adviser_id))
            session.add(
                InvitationRow(token_hash=token_hash, adviser_id=adviser_id, expires_at=expires_at)
            )
            write_log(session, "account.invited", actor=by, account_id=adviser_id)

    async def invitation(self, token_hash: bytes, now: datetime) -> Adviser | None:
        return await self._one(
            select(AdviserRow)
            .join(InvitationRow, InvitationRow.adviser_id == AdviserRow.id)
            .where(_in_use, *_still_good(token_hash, now))
        )

    async def accept(self, token_hash: bytes, password_hash: str, now: datetime) -> Adviser | None:
        use = (
            update(InvitationRow)
            .where(*_still_good(token_hash, now))
            .values(used_at=now)
            .returning(InvitationRow.adviser_id)
        )
        async with self._database.write() as session:
            adviser_id = await session.scalar(use)
            if adviser_id is None:
                return None
            row = await session.get_one(AdviserRow, adviser_id)
            row.password_hash = password_hash
            await close_all(session, adviser_id)
            actor = actor_for(adviser_id)
            write_log(session, "account.password_set", actor=actor, account_id=adviser_id)
            return adviser_from(row)

    async def credentials(self, email: str) -> tuple[Adviser, str] | None:
        query = select(AdviserRow).where(AdviserRow.email == email, _in_use)
        async with self._database.read() as session:
            row = await session.scalar(query)
            if row is None or row.password_hash is None:
                return None
            return adviser_from(row), row.password_hash

    async def set_password_hash(self, adviser_id: int, password_hash: str) -> None:
        async with self._database.write() as session:
            (await session.get_one(AdviserRow, adviser_id)).password_hash = password_hash

    async def change_password(
        self, adviser_id: int, password_hash: str, *, but: bytes, by: str
    ) -> None:
        async with self._database.write() as session:
            (await session.get_one(AdviserRow, adviser_id)).password_hash = password_hash
            await close_all(session, adviser_id, but=but)
            write_log(session, "account.password_set", actor=by, account_id=adviser_id)


async def _is_last_administrator(session: AsyncSession, adviser_id: int) -> bool:
    """Whether nobody else who can sign in administers. Rows are locked: two administrators who
    disable each other at the same instant are served one after the other."""
    administrators = (
        select(AdviserRow.id)
        .where(_in_use, AdviserRow.role == Role.administrator.value)
        .where(AdviserRow.password_hash.is_not(None))
        .order_by(AdviserRow.id)
        .with_for_update()
    )
    ids = (await session.scalars(administrators)).all()
    return list(ids) == [adviser_id]


def _accounts(now: datetime) -> Select[tuple[AdviserRow, datetime | None, datetime | None]]:
    invited_until = (
        select(func.max(InvitationRow.expires_at))
        .where(
            InvitationRow.adviser_id == AdviserRow.id,
            InvitationRow.used_at.is_(None),
            InvitationRow.expires_at > now,
        )
        .scalar_subquery()
    )
    seen_at = (
        select(func.max(SessionRow.seen_at))
        .where(SessionRow.adviser_id == AdviserRow.id, SessionRow.halfway.is_(False))
        .scalar_subquery()
    )
    return select(AdviserRow, invited_until, seen_at)


def _account(row: AdviserRow, invited_until: datetime | None, seen_at: datetime | None) -> Account:
    return Account(
        adviser=adviser_from(row),
        created_at=row.created_at,
        has_password=row.password_hash is not None,
        has_second_factor=row.second_factor is not None,
        disabled_at=row.disabled_at,
        invited_until=invited_until,
        seen_at=seen_at,
    )


def _still_good(token_hash: bytes, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        InvitationRow.token_hash == token_hash,
        InvitationRow.used_at.is_(None),
        InvitationRow.expires_at > now,
    )


def _unused_of(adviser_id: int):  # type: ignore[no-untyped-def]
    return delete(InvitationRow).where(
        InvitationRow.adviser_id == adviser_id, InvitationRow.used_at.is_(None)
    )
