"""What advisers say of the assistant's answers, in the database.

The answer is marked to be gathered in the transaction that keeps the remark; taking it back takes
away what came of it.
"""

from collections.abc import Mapping

from sqlalchemy import Select, delete, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.case import Adviser
from bot.learning.remark import AlreadyNoted, NoSuchAnswer, Noted, Remark, Verdict
from bot.learning.suggestion import Kind, State
from bot.messages import Author
from bot.storage.case_store import adviser_from
from bot.storage.database import Database
from bot.storage.desk_tables import RemarkRow
from bot.storage.lesson_store import forget_whose
from bot.storage.log import write_log
from bot.storage.tables import AdviserRow, ConversationRow, MessageRow, SuggestionRow
from bot.storage.transcript import NO_OBJECTS

_TAUGHT = Kind.taught.value


class SqlRemarks:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, conversation_id: str) -> Mapping[int, Remark]:
        query = _remarks().where(RemarkRow.conversation_id == conversation_id)
        async with self._database.read() as session:
            remarks = [_remark(*row) for row in await session.execute(query)]
        return {each.seq: each for each in remarks}

    async def note(
        self, case_id: int, conversation_id: str, remark: Remark
    ) -> Noted | AlreadyNoted | NoSuchAnswer:
        async with self._database.write() as session:
            await _hold(session, conversation_id)
            answer = await session.get(MessageRow, (conversation_id, remark.seq))
            if answer is None or answer.author != Author.bot.value:
                return NoSuchAnswer()
            row = await session.get(RemarkRow, (conversation_id, remark.seq))
            if row is not None and row.adviser_id != remark.by.id:
                return AlreadyNoted(await _name_of(session, row.adviser_id))
            await _begin_anew(session, conversation_id, remark.seq)
            await session.merge(
                RemarkRow(
                    conversation_id=conversation_id,
                    seq=remark.seq,
                    case_id=case_id,
                    adviser_id=remark.by.id,
                    verdict=remark.verdict.value,
                    topic=remark.topic,
                    comment=remark.comment,
                    at=remark.at,
                )
            )
            answer.lesson = _TAUGHT
            write_log(session, "case.taught", actor=remark.by.actor, case_id=case_id)
            return Noted()

    async def take_back(self, case_id: int, conversation_id: str, seq: int, by: Adviser) -> bool:
        async with self._database.write() as session:
            await _hold(session, conversation_id)
            row = await session.get(RemarkRow, (conversation_id, seq))
            if row is None or row.adviser_id != by.id:
                return False
            if await _is_decided(session, conversation_id, seq):
                return False
            await session.delete(row)
            await _begin_anew(session, conversation_id, seq)
            await session.execute(
                update(MessageRow)
                .where(MessageRow.conversation_id == conversation_id, MessageRow.seq == seq)
                .where(MessageRow.lesson == _TAUGHT)
                .values(lesson=null())
                .execution_options(**NO_OBJECTS)
            )
            write_log(session, "case.untaught", actor=by.actor, case_id=case_id)
            return True


def _remarks() -> Select[tuple[RemarkRow, AdviserRow]]:
    return select(RemarkRow, AdviserRow).join(AdviserRow, AdviserRow.id == RemarkRow.adviser_id)


def _remark(row: RemarkRow, adviser: AdviserRow) -> Remark:
    by, verdict = adviser_from(adviser), Verdict(row.verdict)
    return Remark(row.seq, verdict, by, row.at, row.topic, row.comment)


async def _hold(session: AsyncSession, conversation_id: str) -> None:
    """Before its messages, as a turn, a gathering and an erasure do."""
    held = select(ConversationRow.id).where(ConversationRow.id == conversation_id)
    await session.execute(held.with_for_update())


async def _name_of(session: AsyncSession, adviser_id: int) -> str:
    return (await session.get_one(AdviserRow, adviser_id)).display_name


async def _is_decided(session: AsyncSession, conversation_id: str, seq: int) -> bool:
    decided = select(func.count()).where(
        SuggestionRow.conversation_id == conversation_id,
        SuggestionRow.seq == seq,
        SuggestionRow.state != State.open.value,
    )
    return bool(await session.scalar(decided))


async def _begin_anew(session: AsyncSession, conversation_id: str, seq: int) -> None:
    """What came of an earlier remark is final if it was learnt from, and goes if it was not."""
    of_answer = (SuggestionRow.conversation_id == conversation_id) & (SuggestionRow.seq == seq)
    await forget_whose(session, of_answer)
    await session.execute(delete(SuggestionRow).where(of_answer).execution_options(**NO_OBJECTS))
