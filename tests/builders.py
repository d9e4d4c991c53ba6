"""What the tests of several rooms build: a clock, engines of few words, a person who writes."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from itertools import count

from sqlalchemy import func, select

from bot.conversation.bus import Bus, Changed
from bot.conversation.conversations import Conversations, Engine
from bot.conversation.moving import Moving
from bot.conversation.store import KeyReused, Received
from bot.handover.case import Adviser, State
from bot.handover.desk_work import DeskWork
from bot.handover.hours import OpeningHours
from bot.handover.office import Terms
from bot.handover.vigil import Vigil
from bot.learning.gathering import Gathering
from bot.messages import (
    Card,
    CardKind,
    Citation,
    Fact,
    HandoverRequest,
    Incoming,
    Link,
    Message,
    Outcome,
    Reason,
    Reply,
    TopicMatch,
    Understanding,
)
from bot.privacy.records import PersonalRecords
from bot.privacy.redaction import Personal, Span, redact
from bot.settings import Settings
from bot.storage.adviser_store import SqlAccountStore
from bot.storage.case_store import SqlCaseStore
from bot.storage.conversation_store import SqlConversationStore
from bot.storage.database import Database
from bot.storage.kept import TABLES, Whose
from bot.storage.lesson_store import SqlLessonStore
from bot.storage.move_store import SqlMoveStore
from bot.storage.office_store import SqlOffice
from bot.storage.outbox_store import SqlOutbox
from bot.storage.personal_records import SqlPersonalRecords
from bot.storage.rota_store import SqlRota
from bot.storage.suggestion_store import SqlSuggestionStore
from bot.storage.tables import Table
from bot.wiring import Service, build
from knowledge.library import Library

WITHIN = timedelta(hours=4)
KEY = "clé d’essai, la seule, de plus de trente-deux signes"
TERMS = Terms(within=WITHIN)
_keys = count(1)


def keys() -> tuple[str, ...]:
    """What seals contacts in the tests' databases."""
    return (KEY,)


def now() -> datetime:
    return datetime.now(timezone.utc)


class EchoEngine:
    """Says what it was given to say, once each, in order; then repeats what it is told. Whoever
    has an adviser may leave a contact, unless `minor`."""

    def __init__(self, *outcomes: Outcome, minor: bool = False) -> None:
        self.outcomes = list(outcomes)
        self.asked: list[tuple[str, bool]] = []
        self._minor = minor

    async def may_keep_contact(self, incoming: Incoming, *, has_adviser: bool) -> bool:
        return has_adviser and not self._minor

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        self.asked.append((message.text, waiting))
        if self.outcomes:
            return self.outcomes.pop(0)
        return Outcome(replies=(Reply(f"écho : {message.text}"),))


class SlowEngine(EchoEngine):
    """Thinks until it is let go."""

    def __init__(self, *outcomes: Outcome) -> None:
        super().__init__(*outcomes)
        self.thinking = asyncio.Event()
        self.let_go = asyncio.Event()

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        self.thinking.set()
        await self.let_go.wait()
        return await super().respond(message, waiting=waiting)


class BrokenEngine:
    async def may_keep_contact(self, incoming: Incoming, *, has_adviser: bool) -> bool:
        raise RuntimeError("the model is gone")

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        raise RuntimeError("the model is gone")


def handing_over(first_name: str = "Léa", email: str | None = None) -> Outcome:
    """What the engine answers when the person accepted an adviser."""
    return Outcome(
        handover=HandoverRequest(Reason.personal_case, first_name, email),
        memory=({"event": "slot", "name": "first_name"},),
    )


def missing_the_point(*candidates: str, theme: str = "out_of_scope") -> Outcome:
    """What the engine answers when it did not understand, and what it thought of."""
    matches = tuple(TopicMatch(name, name.split("/")[0], 0.3) for name in candidates)
    return Outcome((Reply("Je n’ai pas compris."),), Understanding(theme, candidates=matches))


CAQ_STEP = Card(
    kind=CardKind.step,
    title="Demander le CAQ",
    text="En ligne; comptez une heure.",
    facts=(Fact("Frais", "134 $"),),
    link=Link("Faire la demande", "https://quebec.example/caq?a=1&b=2"),
    mark="en retard",
    starts=date(2027, 3, 1),
    ends=date(2027, 4, 30),
    tick="plan/caq",
    sources=(Citation("CAQ", "https://quebec.example/frais", "Québec", True, "juin 2026"),),
)
"""Everything that a card can have."""


def showing(*cards: Card, text: str = "Voici votre plan.") -> Outcome:
    """What the engine answers with cards."""
    return Outcome((Reply(text, topic="plan/steps", cards=cards),))


class PatternsAlone:
    """Redaction without the language model, which takes seconds to load: it knows no name but
    those it is told."""

    async def redact(self, written: Sequence[Personal]) -> list[str]:
        told = [each for one in written for each in one.names]
        redacted = redact(written, self)
        for name in told:
            redacted = [text.replace(name, "[nom]") for text in redacted]
        return redacted

    def find(self, written: Sequence[Personal]) -> list[list[Span]]:
        return [[] for _ in written]


@asynccontextmanager
async def patterns_alone() -> AsyncIterator[PatternsAlone]:
    yield PatternsAlone()


class Bench:
    """Conversations and the desk's work on a real database, with an engine of the test's choice."""

    def __init__(
        self,
        database: Database,
        engine: Engine | None = None,
        records: PersonalRecords | None = None,
    ) -> None:
        self.database = database
        self.bus = Bus()
        self.engine = engine or EchoEngine()
        self.store = SqlConversationStore(database)
        self.cases = SqlCaseStore(database)
        self.office = SqlOffice(database, OpeningHours(), TERMS)
        self.rota = SqlRota(database)
        self.records = records or SqlPersonalRecords(database)
        self.suggestions = SqlSuggestionStore(database)
        self.lessons = SqlLessonStore(database)
        self.outbox = SqlOutbox(database)
        self.moving = Moving(SqlMoveStore(database), now)
        self.gathering = Gathering(self.lessons, patterns_alone, now)
        self.conversations = Conversations(
            self.store,
            self.engine,
            self.bus,
            self.records,
            office=self.office,
            clock=now,
        )
        self.work = DeskWork(
            self.cases,
            office=self.office,
            clock=now,
            announce=lambda conversation_id: self.bus.tell(Changed(conversation_id)),
            resume=self.conversations.answer,
        )

    def work_at(self, moment: datetime) -> DeskWork:
        """The desk's work when the clock shows another moment."""
        return DeskWork(
            self.cases,
            office=self.office,
            clock=lambda: moment,
            announce=lambda conversation_id: self.bus.tell(Changed(conversation_id)),
            resume=self.conversations.answer,
        )

    def vigil_at(self, moment: datetime) -> Vigil:
        return Vigil(self.cases, self.rota, self.work_at(moment), self.office, lambda: moment)

    def with_engine(self, engine: Engine) -> "Bench":
        """The same database behind another process, so to speak."""
        return Bench(self.database, engine)

    async def person(self) -> "Person":
        conversation_id, token = await self.conversations.start(
            channel="web", timezone="Europe/Paris"
        )
        return Person(self, conversation_id, token)

    async def waiting_person(self) -> "Person":
        """Somebody who has just asked for an adviser."""
        person = await self.with_engine(EchoEngine(handing_over())).person()
        await person.ask("je veux parler à quelqu'un")
        return Person(self, person.id, person.token)

    async def adviser(self, name: str = "Claire L.") -> Adviser:
        adviser = await SqlAccountStore(self.database).add(
            email=f"{name}@cegep.example", display_name=name, role="adviser", institution=None
        )
        assert adviser is not None
        return adviser

    async def adviser_here(self, name: str) -> Adviser:
        """One who has chosen a password."""
        adviser = await self.adviser(name)
        await SqlAccountStore(self.database).set_password_hash(adviser.id, "x")
        return adviser


@dataclass
class Person:
    """Somebody in a conversation."""

    bench: Bench
    id: str
    token: str

    async def write(
        self, text: str, *, key: str | None = None, at: datetime | None = None
    ) -> Received | KeyReused | None:
        """The message is stored; nobody has answered it yet."""
        incoming = Incoming(self.id, text, key or f"key-{next(_keys)}", at or now())
        return await self.bench.conversations.receive(incoming)

    async def ask(self, text: str, *, at: datetime | None = None) -> None:
        await self.write(text, at=at)
        await self.bench.conversations.answer(self.id)

    async def thread(self) -> list[tuple[str, str]]:
        """Who said what, after the notice."""
        messages = await self.bench.store.messages(self.id, after=1)
        return [(message.author.value, message.text) for message in messages]

    async def case_id(self) -> int:
        """The only case of this person that has not ended."""
        [case_id] = [
            summary.case.id
            for state in (State.waiting, State.claimed)
            for summary in await self.bench.cases.queue(state=state)
            if summary.case.conversation_id == self.id
        ]
        return case_id


_ABOUT_NOBODY = {name for name, kept in TABLES.items() if kept.whose is not Whose.person}


async def rows_by_table(database: Database) -> dict[str, int]:
    """How many rows each table has, those about nobody left out."""
    counts = {}
    async with database.read() as session:
        for table in Table.metadata.sorted_tables:
            if table.name not in _ABOUT_NOBODY:
                counts[table.name] = await session.scalar(select(func.count()).select_from(table))
    return counts


@cache
def library() -> Library:
    return Library.load()


def service_on(url: str, engine: Engine | None = None, **settings: object) -> Service:
    """The service as `wiring` builds it, with an engine that repeats."""
    generous = {"messages_per_minute": 1000, "conversations_per_hour": 1000}
    return build(
        Settings(**{"database_url": url, **generous, **settings}),
        Database(url, keys).hurried(),
        library(),
        engine or EchoEngine(),
    )


def numbers(messages: Sequence[Message]) -> list[int]:
    return [message.seq for message in messages]
