"""Advisers' second factors and recovery codes, in the database. What is sealed stays sealed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.account import Kept
from bot.storage.database import Database
from bot.storage.log import actor_for, write_log
from bot.storage.session_store import close_all
from bot.storage.tables import AdviserRow, RecoveryCodeRow


class SecondFactors:
    _database: Database

    async def second_factor(self, adviser_id: int) -> Kept | None:
        query = select(AdviserRow.second_factor, AdviserRow.last_step).where(
            AdviserRow.id == adviser_id
        )
        async with self._database.read() as session:
            found = (await session.execute(query)).one_or_none()
        if found is None or found.second_factor is None:
            return None
        return Kept(found.second_factor, found.last_step)

    async def set_second_factor(
        self, adviser_id: int, kept: Kept, code_hashes: Sequence[bytes], *, by: str
    ) -> None:
        async with self._database.write() as session:
            row = await session.get_one(AdviserRow, adviser_id)
            row.second_factor, row.last_step = kept.sealed, kept.last_step
            await _renew(session, adviser_id, code_hashes)
            write_log(session, "account.second_factor_set", actor=by, account_id=adviser_id)

    async def remove_second_factor(
        self, adviser_id: int, *, by: str, but: bytes | None = None
    ) -> None:
        async with self._database.write() as session:
            row = await session.get_one(AdviserRow, adviser_id)
            row.second_factor = None
            await _renew(session, adviser_id, ())
            await close_all(session, adviser_id, but=but)
            write_log(session, "account.second_factor_removed", actor=by, account_id=adviser_id)

    async def use_step(self, adviser_id: int, step: int) -> bool:
        spend = (
            update(AdviserRow)
            .where(AdviserRow.id == adviser_id, AdviserRow.last_step < step)
            .values(last_step=step)
            .returning(AdviserRow.id)
        )
        async with self._database.write() as session:
            return await session.scalar(spend) is not None

    async def use_recovery_code(self, adviser_id: int, code_hash: bytes, now: datetime) -> bool:
        spend = (
            update(RecoveryCodeRow)
            .where(
                RecoveryCodeRow.adviser_id == adviser_id,
                RecoveryCodeRow.code_hash == code_hash,
                RecoveryCodeRow.used_at.is_(None),
            )
            .values(used_at=now)
            .returning(RecoveryCodeRow.adviser_id)
        )
        async with self._database.write() as session:
            if await session.scalar(spend) is None:
                return False
            actor = actor_for(adviser_id)
            write_log(session, "account.recovery_code_used", actor=actor, account_id=adviser_id)
            return True

    async def recovery_codes_left(self, adviser_id: int) -> int:
        left = select(func.count()).where(
            RecoveryCodeRow.adviser_id == adviser_id, RecoveryCodeRow.used_at.is_(None)
        )
        async with self._database.read() as session:
            return await session.scalar(left) or 0

    async def renew_recovery_codes(
        self, adviser_id: int, code_hashes: Sequence[bytes], *, by: str
    ) -> None:
        async with self._database.write() as session:
            await _renew(session, adviser_id, code_hashes)
            write_log(session, "account.recovery_codes_renewed", actor=by, account_id=adviser_id)


async def _renew(session: AsyncSession, adviser_id: int, code_hashes: Sequence[bytes]) -> None:
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.adviser_id == adviser_id))
    session.add_all(
        RecoveryCodeRow(adviser_id=adviser_id, code_hash=code_hash) for code_hash in code_hashes
    )
