"""Cases, in the database."""

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.conversation.observing import Observer, Unwatched
from bot.handover.case import Act, Adviser, Case, Ending, Outcome, Refusal, Refused, State
from bot.handover.store import CaseFile, CaseSummary, Contact, Waiting
from bot.messages import Author, Reason
from bot.storage.database import Database
from bot.storage.device_store import want_notification
from bot.storage.file_store import give_places
from bot.storage.floors import find_conversation
from bot.storage.letter_store import want_letter
from bot.storage.log import write_log
from bot.storage.reach import within_reach
from bot.storage.searching import add_to_document
from bot.storage.tables import AdviserRow, CaseRow, ContactRow, ConversationRow, MessageRow
from bot.storage.transcript import add_messages


class SqlCaseStore:
    """`observer` is told of the messages that an act says."""

    def __init__(self, database: Database, observer: Observer | None = None) -> None:
        self._database = database
        self._observer = observer or Unwatched()

    async def find(self, case_id: int) -> CaseFile | None:
        async with self._database.read() as session:
            found = (
                await session.execute(
                    select(CaseRow, ContactRow, AdviserRow)
                    .join(ContactRow, ContactRow.conversation_id == CaseRow.conversation_id)
                    .outerjoin(AdviserRow, AdviserRow.id == CaseRow.adviser_id)
                    .where(CaseRow.id == case_id)
                )
            ).one_or_none()
            if found is None:
                return None
            case, contact, adviser = found
            conversation = await find_conversation(session, case.conversation_id)
            if conversation is None:  # erased meanwhile
                return None
            return CaseFile(
                _case(case, adviser),
                conversation,
                Contact(contact.first_name, contact.email),
            )

    async def queue(
        self,
        *,
        state: State,
        adviser_id: int | None = None,
        seen_by: Adviser | None = None,
        limit: int = 100,
    ) -> list[CaseSummary]:
        newest_first = state is State.ended
        order = CaseRow.ended_at.desc() if newest_first else CaseRow.promised_at
        query = (
            queue_lines()
            .limit(limit)
            .where(CaseRow.state == state.value)
            .order_by(order, CaseRow.id)
        )
        if adviser_id is not None:
            query = query.where(CaseRow.adviser_id == adviser_id)
        if seen_by is not None:
            query = query.where(within_reach(seen_by))
        async with self._database.read() as session:
            return [summary_from(*row) for row in await session.execute(query)]

    async def counts(self, adviser: Adviser) -> dict[str, int]:
        async with self._database.read() as session:
            waiting = await session.scalar(
                select(func.count()).where(
                    CaseRow.state == State.waiting.value, within_reach(adviser)
                )
            )
            mine = await session.scalar(
                select(func.count()).where(
                    CaseRow.state == State.claimed.value, CaseRow.adviser_id == adviser.id
                )
            )
            return {"waiting": waiting or 0, "mine": mine or 0}

    async def apply(self, case_id: int, act: Act, *, actor: str) -> Case | Refused:
        try:
            return await self._apply(case_id, act, actor=actor)
        except IntegrityError:  # what it says was already said: the transaction left no trace
            file = await self.find(case_id)
            return Refused(Refusal.unknown) if file is None else file.case

    async def _apply(self, case_id: int, act: Act, *, actor: str) -> Case | Refused:
        async with self._database.write() as session:
            row = await _locked(session, case_id)
            if row is None:
                return Refused(Refusal.unknown)
            adviser = await session.get(AdviserRow, row.adviser_id) if row.adviser_id else None
            step = act(_case(row, adviser))
            if isinstance(step, Refused):
                return step
            if row.state == State.ended.value and step.case.state is not State.ended:
                by = await _other_open(session, row.conversation_id)
                if by is not None:
                    return by
            _write(row, step.case)
            channel = await _set_floor(
                session, row.conversation_id, step.holder.value, new_hands=step.new_hands
            )
            said = await add_messages(
                session, row.conversation_id, step.say, at=datetime.now(timezone.utc)
            )
            await give_places(session, said)
            spoken = [each.text for each in said if each.author is Author.adviser]
            if spoken:
                await want_letter(session, row.conversation_id, said[0].seq, said[0].at)
                await want_notification(session, row.conversation_id, said[0].at)
            await add_to_document(session, row.conversation_id, spoken)
            write_log(session, step.verb, actor=actor, case_id=case_id)
        for each in said:
            self._observer.said(channel, each.author)
        return step.case

    async def waiting(self) -> list[Waiting]:
        query = (
            select(CaseRow, ConversationRow.timezone)
            .join(ConversationRow, ConversationRow.id == CaseRow.conversation_id)
            .where(CaseRow.state == State.waiting.value)
            .order_by(CaseRow.promised_at, CaseRow.id)
        )
        async with self._database.read() as session:
            rows = await session.execute(query)
            return [Waiting(_case(row, None), timezone) for row, timezone in rows]

    async def waiting_since(self, moment: datetime) -> list[int]:
        query = select(CaseRow.id).where(
            CaseRow.state == State.waiting.value, CaseRow.opened_at < moment
        )
        async with self._database.read() as session:
            return list(await session.scalars(query))


async def _locked(session: AsyncSession, case_id: int) -> CaseRow | None:
    """The case, its conversation locked first: the same order as a turn takes them."""
    conversation_id = await session.scalar(
        select(CaseRow.conversation_id).where(CaseRow.id == case_id)
    )
    if conversation_id is None:
        return None
    await session.execute(
        select(ConversationRow.id).where(ConversationRow.id == conversation_id).with_for_update()
    )
    row: CaseRow | None = await session.scalar(
        select(CaseRow).where(CaseRow.id == case_id).with_for_update()
    )
    return row


async def _other_open(session: AsyncSession, conversation_id: str) -> Refused | None:
    """The refusal to reopen a case while the person has another; its row is locked already."""
    found = (
        await session.execute(
            select(CaseRow, AdviserRow)
            .outerjoin(AdviserRow, AdviserRow.id == CaseRow.adviser_id)
            .where(CaseRow.conversation_id == conversation_id, CaseRow.state != State.ended.value)
        )
    ).first()
    if found is None:
        return None
    _, holder = found
    return Refused(Refusal.other_open, by=adviser_from(holder) if holder else None)


async def _set_floor(
    session: AsyncSession, conversation_id: str, holder: str, *, new_hands: bool
) -> str:
    """Returns the conversation's channel."""
    conversation = await session.get_one(ConversationRow, conversation_id)
    if conversation.holder != holder or new_hands:
        conversation.holder = holder
        conversation.floor_version += 1
        await session.flush()
    return conversation.channel


def _write(row: CaseRow, case: Case) -> None:
    row.state = case.state.value
    row.adviser_id = case.adviser.id if case.adviser else None
    row.promised_at = case.promised_at
    row.claimed_at = case.claimed_at
    row.ended_at = case.ended_at
    row.ending = case.ending.value if case.ending else None
    row.institution = case.institution
    row.awaits_since = case.awaits_since
    row.snoozed_until = case.snoozed_until
    row.announced = case.announced
    row.queued_at = case.queued_at
    row.announced_at = case.announced_at
    row.team_told_at = case.team_told_at
    row.outcome = case.outcome.value if case.outcome else None


def queue_lines() -> Select[Any]:
    """What a line of the queue shows. Words are looked for line by line: joined, PostgreSQL reads
    every message there is before it has a page."""
    of_person = MessageRow.author == Author.person.value
    led_to_it = MessageRow.seq == CaseRow.about_seq
    return (
        select(
            CaseRow,
            AdviserRow,
            ContactRow.first_name,
            ConversationRow.channel,
            func.coalesce(_last(MessageRow.text, led_to_it), _last(MessageRow.text, of_person)),
            _last(MessageRow.at, of_person),
        )
        .join(ConversationRow, ConversationRow.id == CaseRow.conversation_id)
        .join(ContactRow, ContactRow.conversation_id == CaseRow.conversation_id)
        .outerjoin(AdviserRow, AdviserRow.id == CaseRow.adviser_id)
    )


def _last(column: InstrumentedAttribute[Any], which: ColumnElement[bool]) -> ScalarSelect[Any]:
    return (
        select(column)
        .where(MessageRow.conversation_id == CaseRow.conversation_id, which)
        .order_by(MessageRow.seq.desc())
        .limit(1)
        .correlate(CaseRow)
        .scalar_subquery()
    )


def summary_from(
    case: CaseRow,
    adviser: AdviserRow | None,
    first_name: str,
    channel: str,
    question: str | None,
    wrote_at: datetime | None,
) -> CaseSummary:
    return CaseSummary(
        _case(case, adviser), first_name, channel, question or "", wrote_at or case.opened_at
    )


def _case(row: CaseRow, adviser: AdviserRow | None) -> Case:
    return Case(
        id=row.id,
        conversation_id=row.conversation_id,
        reason=Reason(row.reason),
        opened_at=row.opened_at,
        promised_at=row.promised_at,
        state=State(row.state),
        adviser=adviser_from(adviser) if adviser else None,
        claimed_at=row.claimed_at,
        ended_at=row.ended_at,
        ending=Ending(row.ending) if row.ending else None,
        institution=row.institution,
        theme=row.theme,
        awaits_since=row.awaits_since,
        snoozed_until=row.snoozed_until,
        announced=row.announced,
        queued_at=row.queued_at,
        announced_at=row.announced_at,
        team_told_at=row.team_told_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        satisfaction=row.satisfaction,
    )


def adviser_from(row: AdviserRow) -> Adviser:
    return Adviser(
        id=row.id,
        email=row.email,
        display_name=row.display_name,
        role=row.role,
        institution=row.institution,
    )
