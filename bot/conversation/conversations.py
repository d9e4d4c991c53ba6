"""One turn, from a message received to its answer delivered.

    receive ─► stored under the next seq ─► acknowledged
    answer  ─► lock ─► who has the floor? ─► ask the engine ─► store, if it still has ─► tell

The `messages` table is the truth: listeners are only told that there is something after the seq
they know. A turn cut by a crash is taken up again by `recover`.
"""

import asyncio
import logging
import secrets
import uuid
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol, TypeVar

from bot.conversation.bus import Bus, Changed, Erased, Typing
from bot.conversation.locks import Locks
from bot.conversation.observing import Observer, Step, Unwatched
from bot.conversation.paused import done_without_engine, to_be_told, waits
from bot.conversation.store import (
    Committed,
    ConversationStore,
    KeyReused,
    Page,
    Received,
    Turn,
)
from bot.handover.desk_work import SATISFACTION, promise_in_words
from bot.handover.office import Office, promise
from bot.messages import (
    ASK_ADVISER,
    Address,
    Author,
    Button,
    Conversation,
    Floor,
    HandoverRequest,
    Holder,
    Incoming,
    Message,
    Outcome,
    Reply,
)
from bot.privacy.contacts import is_masked, without_contact
from bot.privacy.records import PersonalRecords, Records
from bot.texts import say, say_to

logger = logging.getLogger(__name__)
# That a request stands is worth saying, not worth saying under every answer.
_REMIND_AFTER = timedelta(minutes=15)
# Long enough for the page that was asked for and for the event stream to carry the last sentence.
_TIME_TO_READ = 2.0
_BEFORE_LEAVING = 3.0
# Between two tries to erase, in seconds: doubled each time, up to the longest.
_BEFORE_TRYING_AGAIN = 1.0
_LONGEST_BEFORE_TRYING_AGAIN = 60.0
_URGENT_THEME = "personal_case"
_Done = TypeVar("_Done")


class Engine(Protocol):
    """What answers when the assistant has the floor."""

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        """Understand one message and say what follows from it; stores nothing."""

    async def may_keep_contact(self, incoming: Incoming, *, has_adviser: bool) -> bool:
        """Whether what the message holds to reach its writer by is for an adviser, who was asked
        for (`has_adviser`) or is being asked for. Never what a minor leaves who writes alone."""


class Conversations:
    """Everything a channel may ask. Knows no channel, no database and no Rasa."""

    def __init__(
        self,
        store: ConversationStore,
        engine: Engine,
        bus: Bus,
        records: PersonalRecords,
        *,
        office: Office,
        clock: Callable[[], datetime],
        locks: Locks | None = None,
        observer: Observer | None = None,
        privacy_page: str = "/vie-privee",
    ) -> None:
        """`privacy_page`: the address of the page that says what is kept, told at the start."""
        self.store = store
        self.privacy_page = privacy_page
        self.bus = bus
        self.observer = observer or Unwatched()
        self._records = records
        self._engine = engine
        self._office = office
        self._clock = clock
        self._running: set[asyncio.Task[Any]] = set()
        self._locks = locks or Locks()

    async def start(
        self,
        *,
        channel: str,
        timezone: str,
        key: str | None = None,
        language: str = "fr",
        campaign: str | None = None,
    ) -> tuple[str, str]:
        """Open a conversation, its notice first. Returns its id and its secret token.

        `key` is the person's on the channel; the web has none but the conversation's own id.
        """
        conversation_id = str(uuid.uuid4())
        token = secrets.token_urlsafe(32)
        conversation = Conversation(
            id=conversation_id,
            address=Address(channel, key or conversation_id),
            started_at=self._clock(),
            timezone=timezone,
            language=language,
            campaign=campaign,
        )
        notice = Reply(say("conversation.notice", page=self.privacy_page), author=Author.system)
        await self.store.start(conversation, token_hash=hash_token(token), first=notice)
        self.observer.said(channel, Author.system)
        return conversation_id, token

    async def send(self, incoming: Incoming) -> Received | KeyReused | None:
        """Receive a message and have it answered. Neither stops if whoever asked goes away: what
        is stored will be answered."""
        return await asyncio.shield(self._run(self._send(incoming)))

    async def _send(self, incoming: Incoming) -> Received | KeyReused | None:
        self.observer.about(incoming.conversation_id)  # a task of its own
        received = await self.receive(incoming)
        if not isinstance(received, Received):
            return received
        page = await self.answer(incoming.conversation_id)
        is_its_own = page is not None and page.after == received.message.seq
        return replace(received, page=page) if is_its_own else received

    async def receive(self, incoming: Incoming) -> Received | KeyReused | None:
        """Store a message before anybody answers it. None: no such conversation."""
        received = await self.store.receive(await self._fit_to_keep(incoming))
        if isinstance(received, Received) and not received.again:
            self.observer.said(received.channel, Author.person)
            self.bus.tell(Changed(incoming.conversation_id))
        return received

    async def _fit_to_keep(self, incoming: Incoming) -> Incoming:
        """What somebody can be reached by is masked here, before it is stored anywhere."""
        masked = without_contact(incoming.text)
        if masked == incoming.text or await self._is_for_adviser(incoming):
            return incoming
        return replace(incoming, text=masked)

    async def _is_for_adviser(self, incoming: Incoming) -> bool:
        floor = await self.store.floor(incoming.conversation_id)
        try:
            return await self._engine.may_keep_contact(
                incoming, has_adviser=floor.holder is not Holder.bot
            )
        except Exception:  # the message is kept, whatever happens; what nobody knows is masked
            logger.exception("whose contact it is could not be told")
            return False

    async def answer(self, conversation_id: str) -> Page | None:
        """Deal with every message of the person that still waits, oldest first; while the channel
        is paused, they wait on. What there is to read after the last of them, if that is known."""
        erased, page = False, None
        async with self._locks.of(conversation_id):
            more = True
            while more and (turn := await self.store.next_turn(conversation_id)) is not None:
                if waits(turn):
                    await self._put_off(turn)
                    break
                with self.observer.within(Step.turn, conversation_id, turn.message.seq):
                    outcome, kept = await self._take(turn)
                erased = erased or (kept is not None and outcome.erased)
                more = kept is None or kept.more
                page = None if kept is None else kept.page
                self.bus.tell(Changed(conversation_id))
        if erased:
            self._run(self._erase_once_read(conversation_id))
        return page

    async def recover(self) -> int:
        """Take up again the turns a crash has cut; how many conversations had one."""
        unanswered = await self.store.unanswered()
        for conversation_id in unanswered:
            try:
                await self.answer(conversation_id)
            except Exception:  # one conversation that cannot be answered must not keep the others
                logger.exception("a turn could not be taken up again")
        return len(unanswered)

    async def finish_erasing(self) -> int:
        """Erase the conversations whose person asked for it just before a crash; how many."""
        asked = await self.store.erasure_asked()
        for conversation_id in asked:
            await self.erase(conversation_id)
        return len(asked)

    async def rest(self) -> None:
        """Let what is under way end, before the database closes; what does not is taken up again
        at the next start."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=_BEFORE_LEAVING)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=1.0)

    async def export(self, conversation_id: str) -> Records | None:
        """Everything that is kept about the person."""
        return await self._records.export(conversation_id)

    async def erase(
        self, conversation_id: str, *, actor: str = "person", reason: str | None = None
    ) -> bool:
        """Remove everything about the person, between two turns."""
        async with self._locks.of(conversation_id):
            erased = await self._records.erase(conversation_id, actor=actor, reason=reason)
        if erased:
            self.bus.tell(Erased(conversation_id))
        return erased

    async def _erase_once_read(self, conversation_id: str) -> None:
        """The last sentence says that everything goes: it is to be seen before it goes too. It is
        a promise: a database that is busy, or away, does not break it."""
        await asyncio.sleep(_TIME_TO_READ)
        pause = _BEFORE_TRYING_AGAIN
        while not await self._is_erased(conversation_id):
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_BEFORE_TRYING_AGAIN)

    async def _is_erased(self, conversation_id: str) -> bool:
        try:
            await self.erase(conversation_id)
        except Exception:
            logger.exception("an erasure failed; it is tried again")
            return False
        return True

    def _run(self, work: Coroutine[Any, Any, _Done]) -> "asyncio.Task[_Done]":
        """In its own task, held until it is done: one that nobody holds may vanish half-way."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _take(self, turn: Turn) -> tuple[Outcome, Committed | None]:
        """One turn: what it leads to, and that it is stored. If the floor changed meanwhile nothing
        is, and the turn is to be read again."""
        holder = turn.conversation.floor.holder
        if turn.pause is not None and holder is not Holder.adviser:
            promised_at = await promise(self._office, None, self._clock())
            outcome = done_without_engine(turn, promised_at)
            return outcome, await self._commit(turn, outcome, outcome.replies, promised_at)
        if holder is Holder.adviser:
            return Outcome(), await self._commit(turn, Outcome(), ())
        if holder is Holder.bot and turn.message.button in SATISFACTION:
            graded = _graded(turn.message.button)
            return graded, await self._commit(turn, graded, [_thanks()])
        self.bus.tell(Typing(turn.conversation.id))
        outcome = await self._ask(turn.message, waiting=holder is Holder.waiting)
        promised = await self._promise(outcome)
        replies = [
            *_with_contact(turn, outcome),
            *_about_adviser(turn, outcome, promised),
        ]
        replies = replies or [Reply(say("conversation.failure"))]  # silence is never an answer
        return outcome, await self._commit(turn, outcome, replies, promised)

    async def _commit(
        self,
        turn: Turn,
        outcome: Outcome,
        replies: Sequence[Reply],
        promised_at: datetime | None = None,
    ) -> Committed | None:
        with self.observer.step(Step.store):
            kept = await self.store.commit(turn, outcome, replies=replies, promised_at=promised_at)
        if kept is not None:
            self._tell_observer(turn, outcome, replies, kept)
        return kept

    def _tell_observer(
        self, turn: Turn, outcome: Outcome, replies: Sequence[Reply], kept: Committed
    ) -> None:
        channel = turn.conversation.address.channel
        for author in {reply.author for reply in replies}:
            count = sum(reply.author is author for reply in replies)
            self.observer.said(channel, author, count)
        if replies:
            theme = outcome.understanding.theme if outcome.understanding else None
            seconds = (self._clock() - turn.message.at).total_seconds()
            self.observer.answered(channel, theme, max(seconds, 0.0))
        if kept.opened is not None:
            self.observer.handed_over(kept.opened)

    async def _put_off(self, turn: Turn) -> None:
        conversation_id, told = turn.conversation.id, to_be_told(turn)
        if told is not None and await self.store.say(conversation_id, told, at=self._clock()):
            self.observer.said(turn.conversation.address.channel, told.author)
            self.bus.tell(Changed(conversation_id))

    async def _promise(self, outcome: Outcome) -> datetime | None:
        """By when whom the person asks for will have answered."""
        if outcome.handover is None:
            return None
        return await promise(self._office, outcome.handover.institution, self._clock())

    async def _ask(self, message: Message, *, waiting: bool) -> Outcome:
        try:
            with self.observer.step(Step.understand):
                return await self._engine.respond(message, waiting=waiting)
        except Exception:
            logger.exception("turn failed", extra={"seq": message.seq})
            return Outcome(replies=(Reply(say("conversation.failure")),))


def _graded(button: str) -> Outcome:
    return Outcome(satisfaction=int(button.rsplit("_", 1)[-1]))


def _thanks() -> Reply:
    return Reply(say("handover.helped_thanks"), author=Author.system)


def hash_token(token: str) -> bytes:
    """What is kept of a secret: enough to recognise it, useless to who reads the table."""
    return sha256(token.encode()).digest()


def _with_contact(turn: Turn, outcome: Outcome) -> Sequence[Reply]:
    """The replies with, if a contact was masked, a gentle word that says so and how a person
    answers without one. What cannot wait (distress, somebody's own case) comes before it."""
    if not is_masked(turn.message.text):
        return outcome.replies
    if turn.conversation.floor.holder is Holder.waiting or outcome.handover is not None:
        word = Reply(say("contact.masked_waiting"))
    else:
        adviser = Button(say("contact.adviser"), ASK_ADVISER)
        word = Reply(say("contact.masked"), buttons=(adviser,))
    understanding = outcome.understanding
    urgent = understanding is not None and understanding.theme == _URGENT_THEME
    return [*outcome.replies, word] if urgent else [word, *outcome.replies]


def _about_adviser(turn: Turn, outcome: Outcome, promised_at: datetime | None) -> list[Reply]:
    """What must be said of the request for a human, if anything."""
    floor, timezone = turn.conversation.floor, turn.conversation.timezone
    if outcome.withdrawn:
        return []
    if floor.holder is Holder.waiting:
        answered = bool(outcome.replies)
        just_told = turn.told_at is not None and turn.message.at - turn.told_at < _REMIND_AFTER
        return [] if answered and just_told else [_standing(floor, timezone, answered=answered)]
    if outcome.handover is None or promised_at is None:
        return []
    return [_requested(outcome.handover, promise_in_words(promised_at, timezone))]


def _standing(floor: Floor, timezone: str, *, answered: bool) -> Reply:
    assert floor.promised_at is not None
    promise = promise_in_words(floor.promised_at, timezone)
    name = "handover.still_waiting" if answered else "handover.already_waiting"
    return Reply(say(name, promise=promise), author=Author.system)


def _requested(request: HandoverRequest, promise: str) -> Reply:
    sentences = [say_to(request.first_name, "handover.requested", promise=promise)]
    if request.email is not None:
        sentences.append(say("handover.requested_email"))
    return Reply(" ".join(sentences), author=Author.system)
