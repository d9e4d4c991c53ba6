"""A person's request for an adviser, opened and taken back within the turn that leads to it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Author, HandoverRequest, Holder, Reason
from bot.storage.log import write_log
from bot.storage.tables import CaseRow, ContactRow, ConversationRow, MessageRow


async def open_case(
    session: AsyncSession,
    conversation_id: str,
    request: HandoverRequest,
    now: datetime,
    promised_at: datetime,
) -> None:
    """A case that waits, what the person left to be reached by, and the floor with it."""
    case = CaseRow(
        conversation_id=conversation_id,
        reason=(await _reason(session, conversation_id, request.reason)).value,
        opened_at=now,
        promised_at=promised_at,
        state="waiting",
        institution=request.institution,
    )
    session.add(case)
    await session.merge(
        ContactRow(
            conversation_id=conversation_id, first_name=request.first_name, email=request.email
        )
    )
    await session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation_id)
        .values(holder=Holder.waiting.value, floor_version=ConversationRow.floor_version + 1)
    )
    await session.flush()
    write_log(session, "case.opened", actor="person", case_id=case.id)


async def _reason(session: AsyncSession, conversation_id: str, reason: Reason) -> Reason:
    """Whoever asks for a human after an answer they judged unhelpful asks because of it."""
    last_answer = (
        select(MessageRow.useful)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.author == Author.bot.value,
            MessageRow.topic.is_not(None) | MessageRow.useful.is_not(None),
        )
        .order_by(MessageRow.seq.desc())
        .limit(1)
    )
    unhelpful = reason is Reason.asked and await session.scalar(last_answer) is False
    return Reason.negative_feedback if unhelpful else reason


async def end_withdrawn(session: AsyncSession, conversation_id: str, now: datetime) -> None:
    """The waiting case ends; nobody can have claimed it, or the floor would have changed."""
    case_id = await session.scalar(
        update(CaseRow)
        .where(CaseRow.conversation_id == conversation_id, CaseRow.state == "waiting")
        .values(state="ended", ended_at=now, ending="withdrawn")
        .returning(CaseRow.id)
    )
    await session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation_id)
        .values(holder=Holder.bot.value, floor_version=ConversationRow.floor_version + 1)
    )
    write_log(session, "case.withdrawn", actor="person", case_id=case_id)
