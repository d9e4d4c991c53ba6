"""Conversations and their messages, in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, null, select, update
from sqlalchemy.exc import IntegrityError

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
from bot.storage.database import Database, session_on
from bot.storage.desk_tables import SecretRow
from bot.storage.floors import find_conversation
from bot.storage.lessons import lesson_of, lesson_of_rating
from bot.storage.memory import MEMORY_A_TURN, append_memory
from bot.storage.requests import keep_request, person_wrote
from bot.storage.tables import CONVERSATIONS, ConversationRow, MessageRow
from bot.storage.ticks import add_tick, remove_tick, ticked_items
from bot.storage.transcript import (
    NO_OBJECTS,
    add_messages,
    insert_messages,
    insert_replies,
    keep_understanding,
    message_from,
    messages_after,
)
from bot.storage.turns import mark_answered, next_turn, page, page_after, take_place

_STARTED = insert(CONVERSATIONS)
_BY_TOKEN = select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.token_hash == bindparam("hash"))
_BY_ANOTHER_TOKEN = select(SecretRow.conversation_id).where(
    SecretRow.token_hash == bindparam("hash")
)


class SqlConversationStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(
        self, conversation: Conversation, *, token_hash: bytes | None, first: Reply
    ) -> Message:
        async with self._database.writing() as connection:
            await connection.execute(
                _STARTED,
                {
                    "id": conversation.id,
                    "channel": conversation.address.channel,
                    "address": conversation.address.key,
                    "token_hash": token_hash,
                    "started_at": conversation.started_at,
                    "heard_at": conversation.started_at,
                    "timezone": conversation.timezone,
                    "language": conversation.language,
                    "campaign": conversation.campaign,
                    "last_seq": 1,
                },
            )
            [message] = await insert_replies(
                connection, conversation.id, [first], 1, conversation.started_at
            )
            return message

    async def find(self, conversation_id: str) -> Conversation | None:
        async with self._database.reading() as connection:
            return await find_conversation(connection, conversation_id)

    async def find_by_token(self, token_hash: bytes) -> str | None:
        for where in (_BY_TOKEN, _BY_ANOTHER_TOKEN):
            for found in await self._database.rows(where, hash=token_hash):
                return str(found[0])
        return None

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
        async with self._database.writing() as connection:
            place = await take_place(connection, incoming)
            if place is None:
                return None
            seq, holder, channel = place
            message = Message(
                conversation_id=incoming.conversation_id,
                seq=seq,
                author=Author.person,
                text=incoming.text,
                at=incoming.at,
                external_id=incoming.external_id,
                button=incoming.button,
            )
            await insert_messages(connection, [message])
            if holder != Holder.bot.value:
                conversation_id, text = incoming.conversation_id, incoming.text
                async with session_on(connection) as session:
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
        return await next_turn(self._database, conversation_id)

    async def commit(
        self,
        turn: Turn,
        outcome: Outcome,
        *,
        replies: Sequence[Reply],
        promised_at: datetime | None = None,
    ) -> Committed | None:
        message, floor = turn.message, turn.conversation.floor
        conversation_id = message.conversation_id
        async with self._database.writing() as connection:
            answered = await mark_answered(connection, message, floor, len(replies))
            if answered is None:
                return None
            if outcome.understanding is not None:
                lesson = lesson_of(message, outcome.understanding, floor)
                await keep_understanding(connection, message, outcome.understanding, lesson=lesson)
            await append_memory(
                connection, conversation_id, outcome.memory, first=message.seq * MEMORY_A_TURN
            )
            now = datetime.now(message.at.tzinfo)
            opened = None
            if outcome.concerns_adviser:
                async with session_on(connection) as session:
                    opened = await keep_request(session, turn, outcome, now, promised_at)
            first_seq = answered.last_seq - len(replies) + 1
            said = await insert_replies(connection, conversation_id, replies, first_seq, now)
            return Committed(opened, answered.more, page_after(turn, outcome, said, answered))

    async def say(self, conversation_id: str, reply: Reply, *, at: datetime) -> bool:
        try:
            async with self._database.write() as session:
                await add_messages(session, conversation_id, [reply], at=at)
        except IntegrityError:  # said already, or erased: the transaction left no trace
            return False
        return True

    async def messages(self, conversation_id: str, *, after: int = 0) -> list[Message]:
        async with self._database.reading() as connection:
            return await messages_after(connection, conversation_id, after)

    async def page(self, conversation_id: str, *, after: int) -> Page | None:
        return await page(self._database, conversation_id, after)

    async def floor(self, conversation_id: str) -> Floor:
        found = await self.find(conversation_id)
        return Floor() if found is None else found.floor

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
        return await ticked_items(self._database, conversation_id)

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
