"""Browsers that asked to be notified, and which of them are to be told."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.notifications import MOST_DEVICES, Device, Due
from bot.storage.database import Database
from bot.storage.desk_tables import DeviceRow
from bot.storage.tables import ConversationRow
from bot.storage.transcript import NO_OBJECTS

_WEB = "web"
_AT_ONCE = 50


async def want_notification(session: AsyncSession, conversation_id: str, at: datetime) -> None:
    """An adviser spoke: the person's devices are to be told, unless another channel does it."""
    on_the_web = select(ConversationRow.id).where(
        ConversationRow.id == conversation_id, ConversationRow.channel == _WEB
    )
    await session.execute(
        update(DeviceRow)
        .where(DeviceRow.conversation_id.in_(on_the_web))
        .values(wanted_at=at, tries=0)
        .execution_options(**NO_OBJECTS)
    )


class SqlDevices:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, conversation_id: str, device: Device, *, at: datetime) -> bool:
        try:
            async with self._database.write() as session:
                await session.execute(delete(DeviceRow).where(_is(conversation_id, device.id)))
                await _make_room(session, conversation_id)
                session.add(
                    DeviceRow(
                        conversation_id=conversation_id,
                        id=device.id,
                        endpoint=device.endpoint,
                        p256dh=device.p256dh,
                        auth=device.auth,
                        added_at=at,
                        tries=0,
                    )
                )
        except IntegrityError:  # erased meanwhile, or added at once from elsewhere
            return False
        return True

    async def remove(self, conversation_id: str, device_id: str) -> None:
        async with self._database.write() as session:
            await session.execute(delete(DeviceRow).where(_is(conversation_id, device_id)))

    async def claim(self, *, now: datetime, until: datetime) -> list[Due]:
        if not await self._any_due(now):  # a writing lock every two seconds would be felt
            return []
        oldest = (
            select(DeviceRow.conversation_id, DeviceRow.id)
            .where(DeviceRow.wanted_at <= now)
            .order_by(DeviceRow.wanted_at)
            .limit(_AT_ONCE)
        )
        due = []
        async with self._database.write() as session:
            for conversation_id, device_id in (await session.execute(oldest)).all():
                claimed = (
                    update(DeviceRow)
                    .where(_is(conversation_id, device_id), DeviceRow.wanted_at <= now)
                    .values(wanted_at=until)
                    .returning(
                        DeviceRow.endpoint, DeviceRow.p256dh, DeviceRow.auth, DeviceRow.tries
                    )
                    .execution_options(**NO_OBJECTS)
                )
                row = (await session.execute(claimed)).one_or_none()
                if row is not None:  # another process was not quicker
                    endpoint, p256dh, auth, tries = row
                    device = Device(device_id, endpoint, p256dh, auth)
                    due.append(Due(conversation_id, device, until, tries))
        return due

    async def _any_due(self, now: datetime) -> bool:
        query = select(DeviceRow.id).where(DeviceRow.wanted_at <= now).limit(1)
        async with self._database.read() as session:
            return await session.scalar(query) is not None

    async def told(self, due: Due) -> None:
        await self._settle(due, wanted_at=None, tries=0)

    async def put_off(self, due: Due, until: datetime | None) -> None:
        await self._settle(due, wanted_at=until, tries=0 if until is None else due.tries + 1)

    async def _settle(self, due: Due, *, wanted_at: datetime | None, tries: int) -> None:
        """As long as the claim is ours: an answer said meanwhile is told as well."""
        async with self._database.write() as session:
            await session.execute(
                update(DeviceRow)
                .where(
                    _is(due.conversation_id, due.device.id),
                    DeviceRow.wanted_at == due.claimed_until,
                )
                .values(wanted_at=wanted_at, tries=tries)
                .execution_options(**NO_OBJECTS)
            )


async def _make_room(session: AsyncSession, conversation_id: str) -> None:
    newest = (
        select(DeviceRow.id)
        .where(DeviceRow.conversation_id == conversation_id)
        .order_by(DeviceRow.added_at.desc())
        .limit(MOST_DEVICES - 1)
    )
    kept = list(await session.scalars(newest))
    await session.execute(
        delete(DeviceRow).where(
            DeviceRow.conversation_id == conversation_id, DeviceRow.id.not_in(kept)
        )
    )


def _is(conversation_id: str, device_id: str) -> ColumnElement[bool]:
    return (DeviceRow.conversation_id == conversation_id) & (DeviceRow.id == device_id)
