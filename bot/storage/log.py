"""The append-only log of what was done to a case or an account."""

from collections.abc import Sequence
from datetime import datetime, timezone

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.case import Adviser
from bot.handover.journal import Entry
from bot.handover.origin import origin
from bot.storage.database import Database
from bot.storage.tables import AdviserRow, LogRow

_BY_ADVISER = "adviser:"
_PERSON = "person"
_STRANGER = "stranger"


def actor_for(adviser_id: int) -> str:
    return f"{_BY_ADVISER}{adviser_id}"


def write_log(
    session: AsyncSession,
    verb: str,
    *,
    actor: str,
    case_id: int | None = None,
    account_id: int | None = None,
    reason: str | None = None,
    detail: str | None = None,
) -> None:
    """Add a line in the caller's transaction. `verb` is `noun.past_participle`."""
    session.add(
        LogRow(
            at=datetime.now(timezone.utc),
            verb=verb,
            actor=actor,
            case_id=case_id,
            account_id=account_id,
            origin=None if actor == _PERSON else origin(),
            reason=reason,
            detail=detail,
        )
    )


class SqlJournal:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(
        self,
        verb: str,
        adviser: Adviser,
        *,
        case_id: int | None = None,
        account_id: int | None = None,
        reason: str | None = None,
    ) -> None:
        async with self._database.write() as session:
            write_log(
                session,
                verb,
                actor=adviser.actor,
                case_id=case_id,
                account_id=account_id,
                reason=reason,
            )

    async def refused(self, adviser: Adviser) -> None:
        async with self._database.write() as session:
            write_log(session, "session.refused", actor=_STRANGER, account_id=adviser.id)

    async def lines(
        self,
        *,
        case_id: int | None = None,
        account_id: int | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> Sequence[Entry]:
        query = select(LogRow).order_by(LogRow.id.desc()).limit(limit)
        if case_id is not None:
            query = query.where(LogRow.case_id == case_id)
        if account_id is not None:
            by_it = LogRow.actor == f"{_BY_ADVISER}{account_id}"
            query = query.where(or_(LogRow.account_id == account_id, by_it))
        if before is not None:
            query = query.where(LogRow.id < before)
        async with self._database.read() as session:
            rows = (await session.scalars(query)).all()
            named = {adviser_in(row.actor) for row in rows} | {row.account_id for row in rows}
            names = await names_of(session, named - {None})
        return [_entry(row, names) for row in rows]


def adviser_in(actor: str) -> int | None:
    """The number of the adviser that the log calls so; None if it was nobody of the desk."""
    kind, _, number = actor.partition(":")
    return int(number) if f"{kind}:" == _BY_ADVISER else None


async def names_of(session: AsyncSession, ids: set[int | None]) -> dict[int, str]:
    query = select(AdviserRow.id, AdviserRow.display_name).where(AdviserRow.id.in_(ids))
    return dict((await session.execute(query)).tuples().all())


def _entry(row: LogRow, names: dict[int, str]) -> Entry:
    adviser_id = adviser_in(row.actor)
    return Entry(
        id=row.id,
        at=row.at,
        verb=row.verb,
        actor=row.actor if adviser_id is None else names.get(adviser_id, row.actor),
        by_adviser=adviser_id is not None,
        case_id=row.case_id,
        account=None if row.account_id is None else names.get(row.account_id),
        origin=row.origin,
        reason=row.reason,
        detail=row.detail,
    )
