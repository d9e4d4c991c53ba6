"""Accounts as an identity provider knows them, in the database."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.case import Adviser
from bot.storage.case_store import adviser_from
from bot.storage.database import Database
from bot.storage.desk_tables import IdentityRow
from bot.storage.log import actor_for, write_log
from bot.storage.session_store import close_all
from bot.storage.tables import AdviserRow

_may_enter = AdviserRow.disabled_at.is_(None) & AdviserRow.password_hash.is_not(None)


class Identities:
    _database: Database

    async def identified(
        self, issuer: str, subject: str, email: str | None, now: datetime
    ) -> Adviser | None:
        try:
            async with self._database.write() as session:
                row = await _known(session, issuer, subject)
                if row is None and email is not None:
                    row = await _link(session, issuer, subject, email, now)
                if row is None or row.disabled_at is not None or row.password_hash is None:
                    return None
                actor = actor_for(row.id)
                write_log(session, "session.identified", actor=actor, account_id=row.id)
                return adviser_from(row)
        except IntegrityError:  # the address is another identity's already
            return None

    async def identity_of(self, adviser_id: int) -> str | None:
        query = select(IdentityRow.issuer).where(IdentityRow.adviser_id == adviser_id).limit(1)
        async with self._database.read() as session:
            issuer: str | None = await session.scalar(query)
            return issuer

    async def forget_identity(self, adviser_id: int, *, by: str) -> None:
        async with self._database.write() as session:
            forget = delete(IdentityRow).where(IdentityRow.adviser_id == adviser_id)
            gone = await session.scalar(forget.returning(IdentityRow.adviser_id))
            if gone is None:
                return
            await close_all(session, adviser_id)
            write_log(session, "account.identity_removed", actor=by, account_id=adviser_id)


async def _known(session: AsyncSession, issuer: str, subject: str) -> AdviserRow | None:
    row: AdviserRow | None = await session.scalar(
        select(AdviserRow)
        .join(IdentityRow, IdentityRow.adviser_id == AdviserRow.id)
        .where(IdentityRow.issuer == issuer, IdentityRow.subject == subject)
    )
    return row


async def _link(
    session: AsyncSession, issuer: str, subject: str, email: str, now: datetime
) -> AdviserRow | None:
    """The account of that address, known by this identity from now on."""
    row = await session.scalar(select(AdviserRow).where(AdviserRow.email == email, _may_enter))
    if row is None:
        return None
    session.add(IdentityRow(issuer=issuer, subject=subject, adviser_id=row.id, linked_at=now))
    await session.flush()
    write_log(session, "account.identity_linked", actor=actor_for(row.id), account_id=row.id)
    return row
