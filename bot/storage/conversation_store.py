"""Conversations and their messages, in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, insert, null, select, update
from sqlalchemy.exc import IntegrityError

from bot.conversation.paused import PAUSED
from bot.conversation.pausing import Pause
from bot.conversation.store import Committed, KeyReused, Page, Received, Turn
from bot.messages import (
    ASK_ADVISER,
    ERASE,
    Author,
    Conversation,
    Floor,
    Holder,
    Incoming,
    Message,
    Outcome,
    Reply,
    Why,
)
from bot.privacy.contacts import without_contact
from bot.storage.database import Database
from bot.storage.desk_tables import SecretRow
from bot.storage.floors import conversation_from, floor_from
from bot.storage.lessons import lesson_of, lesson_of_rating, mark_what_opened
from bot.storage.memory import MEMORY_A_TURN, append_memory
from bot.storage.requests import end_withdrawn, keep_satisfaction, open_case, person_wrote
from bot.storage.tables import ConversationRow, MessageRow, PauseRow
from bot.storage.ticks import add_tick, remove_tick, ticked_items
from bot.storage.transcript import (
    NO_OBJECTS,
    add_messages,
    columns_of,
    insert_replies,
    keep_understanding,
    message_from,
    messages_after,
)


class SqlConversationStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(
        self, conversation: Conversation, *, token_hash: bytes | None, first: Reply
    ) -> Message:
        async with self._database.write() as session:
            session.add(
                ConversationRow(
                    id=conversation.id,
                    channel=conversation.address.channel,
                    address=conversation.address.key,
                    token_hash=token_hash,
                    started_at=conversation.started_at,
                    heard_at=conversation.started_at,
                    timezone=conversation.timezone,
                    language=conversation.language,
                    campaign=conversation.campaign,
                )
            )
            await session.flush()
            [message] = await add_messages(
                session, conversation.id, [first], at=conversation.started_at
            )
            return message

    async def find(self, conversation_id: str) -> Conversation | None:
        async with self._database.read() as session:
            row = await session.get(ConversationRow, conversation_id)
            return None if row is None else await conversation_from(session, row)

    async def find_by_token(self, token_hash: bytes) -> str | None:
        query = select(ConversationRow.id).where(ConversationRow.token_hash == token_hash)
        another = select(SecretRow.conversation_id).where(SecretRow.token_hash == token_hash)
        async with self._database.read() as session:
            found: str | None = await session.scalar(query) or await session.scalar(another)
            return found

    async def mark_read(self, conversation_id: str, seq: int) -> None:
        async with self._database.write() as session:
            await session.execute(
                update(ConversationRow)
                .where(ConversationRow.id == conversation_id, ConversationRow.read_seq < seq)
                .values(read_seq=seq)
                .execution_options(**NO_OBJECTS)
            )

    async def receive(self, incoming: Incoming) -> Received | KeyReused | None:
        try:
            return await self._receive_new(incoming)
        except IntegrityError:  # the external id is there already; the transaction left no trace
            return await self._received_before(incoming)

    async def _receive_new(self, incoming: Incoming) -> Received | None:
        next_seq = ConversationRow.last_seq + 1
        async with self._database.write() as session:
            placed = await session.execute(
                update(ConversationRow)
                .where(ConversationRow.id == incoming.conversation_id)
                .values(last_seq=next_seq, asked_seq=next_seq, heard_at=incoming.at)
                .returning(
                    ConversationRow.last_seq, ConversationRow.holder, ConversationRow.channel
                )
                .execution_options(**NO_OBJECTS)
            )
            found = placed.one_or_none()
            if found is None:
                return None
            seq, holder, channel = found
            message = Message(
                conversation_id=incoming.conversation_id,
                seq=seq,
                author=Author.person,
                text=incoming.text,
                at=incoming.at,
                external_id=incoming.external_id,
                button=incoming.button,
            )
            await session.execute(insert(MessageRow), [columns_of(message)])
            if holder != Holder.bot.value:
                conversation_id, text = incoming.conversation_id, incoming.text
                await person_wrote(session, conversation_id, text, incoming.at)
            return Received(message, again=False, channel=channel)

    async def _received_before(self, incoming: Incoming) -> Received | KeyReused | None:
        query = (
            select(MessageRow, ConversationRow.channel)
            .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
            .where(
                MessageRow.conversation_id == incoming.conversation_id,
                MessageRow.external_id == incoming.external_id,
            )
        )
        async with self._database.read() as session:
            found = (await session.execute(query)).one_or_none()
            if found is None:  # erased meanwhile
                return None
            known, channel = found
            # Sent again, a contact may be masked that was not the first time, or the reverse.
            texts = without_contact(known.text), without_contact(incoming.text)
            same = texts[0] == texts[1] and known.button == incoming.button
            if not same:
                return KeyReused()
            return Received(message_from(known), again=True, channel=channel)

    async def next_turn(self, conversation_id: str) -> Turn | None:
        awaited = (
            select(ConversationRow, MessageRow, PauseRow)
            .join(MessageRow, MessageRow.conversation_id == ConversationRow.id)
            .outerjoin(PauseRow, PauseRow.channel == ConversationRow.channel)
            .where(
                ConversationRow.id == conversation_id,
                ConversationRow.asked_seq > ConversationRow.answered_seq,
                MessageRow.author == Author.person.value,
                MessageRow.seq > ConversationRow.answered_seq,
                MessageRow.files.is_(None),  # a file is for the adviser alone
            )
            .order_by(case((PauseRow.channel.is_(None), MessageRow.seq), else_=-MessageRow.seq))
            .limit(1)
        )
        async with self._database.read() as session:
            found = (await session.execute(awaited)).one_or_none()
            if found is None:
                return None
            row, message, paused = found
            told_at = None
            if row.holder == Holder.waiting.value or paused is not None:
                told = select(func.max(MessageRow.at)).where(
                    MessageRow.conversation_id == conversation_id,
                    MessageRow.author == Author.system.value,
                )
                if paused is not None:
                    told = told.where(MessageRow.external_id.startswith(PAUSED))
                told_at = await session.scalar(told)
            pause = None if paused is None else Pause(paused.since, paused.words)
            conversation = await conversation_from(session, row)
            return Turn(conversation, message_from(message), told_at, pause)

    async def commit(
        self,
        turn: Turn,
        outcome: Outcome,
        *,
        replies: Sequence[Reply],
        promised_at: datetime | None = None,
    ) -> Committed | None:
        message, floor = turn.message, turn.conversation.floor
        opened = None
        async with self._database.write() as session:
            last_seq = await session.scalar(
                update(ConversationRow)
                .where(
                    ConversationRow.id == message.conversation_id,
                    ConversationRow.floor_version == floor.version,
                    ConversationRow.answered_seq < message.seq,
                )
                .values(answered_seq=message.seq, last_seq=ConversationRow.last_seq + len(replies))
                .returning(ConversationRow.last_seq)
                .execution_options(**NO_OBJECTS)
            )
            if last_seq is None:
                return None
            if outcome.understanding is not None:
                lesson = lesson_of(message, outcome.understanding, floor)
                await keep_understanding(session, message, outcome.understanding, lesson=lesson)
            await append_memory(
                session, message.conversation_id, outcome.memory, first=message.seq * MEMORY_A_TURN
            )
            now = datetime.now(message.at.tzinfo)
            if outcome.handover is not None and floor.holder is Holder.bot:
                assert promised_at is not None, "who asks for an adviser is told by when"
                opened = await open_case(
                    session, message.conversation_id, outcome.handover, now, promised_at
                )
                await mark_what_opened(session, message)
            if outcome.withdrawn and floor.holder is Holder.waiting:
                await end_withdrawn(session, message.conversation_id, now)
            if outcome.satisfaction is not None:
                await keep_satisfaction(session, message.conversation_id, outcome.satisfaction)
            first_seq = last_seq - len(replies) + 1
            await insert_replies(session, message.conversation_id, replies, first_seq, now)
            return Committed(opened)

    async def say(self, conversation_id: str, reply: Reply, *, at: datetime) -> bool:
        try:
            async with self._database.write() as session:
                await add_messages(session, conversation_id, [reply], at=at)
        except IntegrityError:  # said already, or erased: the transaction left no trace
            return False
        return True

    async def messages(self, conversation_id: str, *, after: int = 0) -> list[Message]:
        async with self._database.read() as session:
            return await messages_after(session, conversation_id, after)

    async def page(self, conversation_id: str, *, after: int) -> Page | None:
        async with self._database.read() as session:
            # The floor first: a message that comes between the two is one that told of it.
            row = await session.get(ConversationRow, conversation_id)
            if row is None:
                return None
            conversation = await conversation_from(session, row)
            messages = await messages_after(session, conversation_id, after)
            return Page(conversation, messages, await ticked_items(session, conversation_id))

    async def floor(self, conversation_id: str) -> Floor:
        async with self._database.read() as session:
            row = await session.get(ConversationRow, conversation_id)
            return Floor() if row is None else await floor_from(session, row)

    async def was_offered(self, conversation_id: str, payload: str) -> bool:
        query = select(MessageRow.buttons, MessageRow.useful).where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.author.in_((Author.bot.value, Author.system.value)),
            MessageRow.buttons.is_not(None) | MessageRow.useful.is_(False),
        )
        async with self._database.read() as session:
            offered = (await session.execute(query)).all()
        unhelpful = any(useful is False for _, useful in offered)
        payloads = {button["payload"] for buttons, _ in offered for button in buttons or ()}
        return payload in payloads or (unhelpful and payload == ASK_ADVISER)

    async def tick(self, conversation_id: str, item: str, *, at: datetime) -> bool:
        try:
            async with self._database.write() as session:
                return await add_tick(session, conversation_id, item, at)
        except IntegrityError:  # ticked at once from elsewhere, or erased meanwhile
            return True

    async def untick(self, conversation_id: str, item: str) -> None:
        async with self._database.write() as session:
            await remove_tick(session, conversation_id, item)

    async def ticked(self, conversation_id: str) -> tuple[str, ...]:
        async with self._database.read() as session:
            return await ticked_items(session, conversation_id)

    async def rate(
        self, conversation_id: str, seq: int, *, useful: bool, why: Why | None = None
    ) -> bool:
        marked = (
            update(MessageRow)
            .where(
                MessageRow.conversation_id == conversation_id,
                MessageRow.seq == seq,
                MessageRow.author == Author.bot.value,
            )
            .values(useful=useful, why=_kept_why(useful, why), lesson=lesson_of_rating(useful))
            .returning(MessageRow.seq)
        )
        async with self._database.write() as session:
            return await session.scalar(marked) is not None

    async def erasure_asked(self) -> list[str]:
        query = select(MessageRow.conversation_id).where(MessageRow.button == ERASE).distinct()
        async with self._database.read() as session:
            return list(await session.scalars(query))

    async def unanswered(self) -> list[str]:
        query = select(ConversationRow.id).where(
            ConversationRow.asked_seq > ConversationRow.answered_seq
        )
        async with self._database.read() as session:
            return list(await session.scalars(query))


def _kept_why(useful: bool, why: Why | None) -> Any:
    """Said after the rating itself: the same rating without it takes nothing back."""
    if useful:
        return null()
    return MessageRow.why if why is None else why.value
