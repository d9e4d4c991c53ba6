"""A person's request for an adviser, opened and taken back within the turn that leads to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversation.store import Turn
from bot.learning.suggestion import AROUND_A_REQUEST, what_opened
from bot.messages import Author, HandoverRequest, Holder, Outcome, Reason
from bot.storage.lessons import mark_what_opened
from bot.storage.log import write_log
from bot.storage.searching import add_to_document, begin_document
from bot.storage.tables import CaseRow, ContactRow, ConversationRow, MessageRow
from bot.storage.transcript import NO_OBJECTS

_LOOKED_BACK = 20


async def keep_request(
    session: AsyncSession,
    turn: Turn,
    outcome: Outcome,
    now: datetime,
    promised_at: datetime | None,
) -> Reason | None:
    """What a turn leads to that is an adviser's; why a case was opened, if one was."""
    message, holder = turn.message, turn.conversation.floor.holder
    opened = None
    if outcome.handover is not None and holder is Holder.bot:
        assert promised_at is not None, "who asks for an adviser is told by when"
        opened = await open_case(
            session, message.conversation_id, outcome.handover, now, promised_at
        )
        await mark_what_opened(session, message)
    if outcome.withdrawn and holder is Holder.waiting:
        await end_withdrawn(session, message.conversation_id, now)
    if outcome.satisfaction is not None:
        await keep_satisfaction(session, message.conversation_id, outcome.satisfaction)
    return opened


async def open_case(
    session: AsyncSession,
    conversation_id: str,
    request: HandoverRequest,
    now: datetime,
    promised_at: datetime,
) -> Reason:
    """A case that waits, what the person left to be reached by, and the floor with it; why."""
    reason = await _reason(session, conversation_id, request.reason)
    heard = await _heard(session, conversation_id)
    question = what_opened(_themes(heard))
    case = CaseRow(
        conversation_id=conversation_id,
        reason=reason.value,
        opened_at=now,
        promised_at=promised_at,
        state="waiting",
        institution=request.institution,
        theme=None if question is None else dict(_themes(heard))[question],
        about_seq=_without_question(heard) if question is None else question,
        awaits_since=now,
        queued_at=now,
        announced_at=now,
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
    await begin_document(session, conversation_id)
    write_log(session, "case.opened", actor="person", case_id=case.id)
    return reason


async def _heard(session: AsyncSession, conversation_id: str) -> Sequence[Any]:
    """(seq, button, understanding) of what the person said last, newest first."""
    heard = await session.execute(
        select(MessageRow.seq, MessageRow.button, MessageRow.understanding)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.author == Author.person.value,
        )
        .order_by(MessageRow.seq.desc())
        .limit(_LOOKED_BACK)
    )
    return heard.all()


def _themes(heard: Sequence[Any]) -> list[tuple[int, str]]:
    return [(seq, str(known["theme"])) for seq, _, known in heard if known is not None]


def _without_question(heard: Sequence[Any]) -> int | None:
    """The seq of the message that led to a case about which the assistant understood nothing: the
    last one typed while it was silent; else how the request began, not the name given at its end.
    """
    unread = [seq for seq, button, known in heard if known is None and button is None]
    begun = [seq for seq, theme in _themes(heard) if theme in AROUND_A_REQUEST]
    return next(iter(unread or reversed(begun)), None)


async def person_wrote(
    session: AsyncSession, conversation_id: str, text: str, at: datetime
) -> None:
    """Somebody who has an open case wrote: they wait for a word, and nothing sleeps any more."""
    await session.execute(
        update(CaseRow)
        .where(CaseRow.conversation_id == conversation_id, CaseRow.state != "ended")
        .values(awaits_since=func.coalesce(CaseRow.awaits_since, at), snoozed_until=None)
        .execution_options(**NO_OBJECTS)
    )
    await add_to_document(session, conversation_id, [text])


async def keep_satisfaction(session: AsyncSession, conversation_id: str, grade: int) -> None:
    """Of the case that ended last; said again, the last word counts."""
    last = (
        select(CaseRow.id)
        .where(CaseRow.conversation_id == conversation_id, CaseRow.state == "ended")
        .order_by(CaseRow.ended_at.desc(), CaseRow.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    await session.execute(
        update(CaseRow)
        .where(CaseRow.id == last)
        .values(satisfaction=grade)
        .execution_options(**NO_OBJECTS)
    )


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
        .values(
            state="ended",
            ended_at=now,
            ending="withdrawn",
            awaits_since=None,
            snoozed_until=None,
        )
        .returning(CaseRow.id)
    )
    await session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation_id)
        .values(holder=Holder.bot.value, floor_version=ConversationRow.floor_version + 1)
    )
    write_log(session, "case.withdrawn", actor="person", case_id=case_id)
