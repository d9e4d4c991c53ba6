"""A desk with everything real behind it but the engine, on an SQLite file of its own."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

import httpx
import pyotp
from argon2 import PasswordHasher
from builders import missing_the_point, patterns_alone
from fastapi import FastAPI

from bot.conversation.bus import Bus, Changed
from bot.conversation.conversations import Conversations
from bot.desk.entering.invitations import Invitation, first_invitation, invite_adviser
from bot.desk.entering.passwords import Passwords
from bot.desk.entering.second_factor import SecondFactor
from bot.desk.needs import Desk
from bot.desk.routes import desk_router
from bot.handover.case import Adviser, Case, State, Step
from bot.handover.desk_work import DeskWork
from bot.handover.hours import OpeningHours
from bot.handover.office import Terms
from bot.learning.gathering import Gathering
from bot.messages import (
    Citation,
    HandoverRequest,
    Holder,
    Incoming,
    Message,
    Outcome,
    Reason,
    Reply,
    TopicMatch,
    Understanding,
)
from bot.seal import Seal
from bot.storage.adviser_store import SqlAccountStore
from bot.storage.attempt_store import SqlAttempts
from bot.storage.case_store import SqlCaseStore
from bot.storage.colleagues import SqlColleagues
from bot.storage.conversation_store import SqlConversationStore
from bot.storage.database import Database
from bot.storage.file_store import SqlFileStore
from bot.storage.indicator_store import SqlIndicatorStore
from bot.storage.known import SqlKnown
from bot.storage.lesson_store import SqlLessonStore
from bot.storage.log import SqlJournal
from bot.storage.office_store import SqlOffice
from bot.storage.pause_store import SqlPauses
from bot.storage.personal_records import SqlPersonalRecords
from bot.storage.queue_store import SqlQueue
from bot.storage.remark_store import SqlRemarks
from bot.storage.rota_store import SqlRota
from bot.storage.suggestion_store import SqlSuggestionStore
from bot.storage.writing_store import SqlWriting

PASSWORD = "quatre mots sans rapport"
URL = "http://desk.test"
OPENING = OpeningHours()
WITHIN = timedelta(hours=4)
FAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Clock:
    """Tuesday 24 November 2026, 10 h in Québec, until told otherwise."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 15, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, delay: timedelta) -> None:
        self.now += delay


@dataclass
class Engine:
    """Answers what it was given to answer, else repeats."""

    outcomes: list[Outcome] = field(default_factory=list)
    understands: Understanding | None = None

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        if self.outcomes and not waiting:
            return self.outcomes.pop(0)
        said = Reply(f"Réponse à : {message.text}")
        return Outcome(replies=(said,), understanding=self.understands)


@dataclass
class Browser:
    """An adviser's browser: keeps cookies, fills in the forms it is shown."""

    http: httpx.AsyncClient
    shown: str = ""

    async def get(self, path: str, *, htmx: bool = False) -> httpx.Response:
        headers = {"hx-request": "true"} if htmx else {"accept": "text/html"}
        response = await self.http.get(path, headers=headers)
        if not htmx:
            self.shown = response.text
        return response

    async def post(
        self, path: str, *, htmx: bool = False, headers: dict[str, str] | None = None, **fields: str
    ) -> httpx.Response:
        """Send a form with the hidden fields of the page shown last, and these."""
        htmx_header = {"hx-request": "true"} if htmx else {}
        return await self.http.post(
            path, data={**self.hidden(), **fields}, headers={**htmx_header, **(headers or {})}
        )

    def hidden(self) -> dict[str, str]:
        found = re.findall(r'<input type="hidden" name="(\w+)"[^>]*? value="([^"]*)"', self.shown)
        return dict(found)


def secret_in(page: str) -> str:
    """The key of a page that proposes a second factor."""
    [secret] = re.findall(r'id="secret-key">([A-Z2-7 ]+)<', page)
    return secret.replace(" ", "")


class Bench:
    """The desk, and what tests do to it."""

    def __init__(self, database: Database) -> None:
        self.clock = Clock()
        self.database = database
        self.undo_for = timedelta()
        self.bus = Bus()
        self.engine = Engine()
        self.accounts = SqlAccountStore(database)
        self.cases = SqlCaseStore(database)
        self.store = SqlConversationStore(database)
        self.suggestions = SqlSuggestionStore(database)
        self.journal = SqlJournal(database)
        self.pauses = SqlPauses(database)
        self.queue = SqlQueue(database)
        self.office = SqlOffice(database, OPENING, Terms(within=WITHIN))
        self.rota = SqlRota(database)
        self.indicators = SqlIndicatorStore(database)
        self.files = SqlFileStore(database)
        self.lessons = SqlLessonStore(database)
        self.gathering = Gathering(self.lessons, patterns_alone, self.clock)
        self.conversations = Conversations(
            self.store,
            self.engine,
            self.bus,
            SqlPersonalRecords(database),
            office=self.office,
            clock=self.clock,
        )
        self.work = DeskWork(
            self.cases,
            office=self.office,
            clock=self.clock,
            announce=lambda conversation_id: self.bus.tell(Changed(conversation_id)),
            resume=self.conversations.answer,
        )
        self.desk = self._desk(secure_cookies=False)
        self._browsers: list[httpx.AsyncClient] = []

    def _desk(self, *, secure_cookies: bool) -> Desk:
        return Desk(
            accounts=self.accounts,
            attempts=SqlAttempts(self.database),
            cases=self.cases,
            conversations=self.store,
            suggestions=self.suggestions,
            remarks=SqlRemarks(self.database),
            journal=self.journal,
            pauses=self.pauses,
            people=self.conversations,
            indicators=self.indicators,
            work=self.work,
            office=self.office,
            rota=self.rota,
            started_with={"QVE_SESSION_HOURS": 12, "QVE_SMTP_URL": False},
            files=self.files,
            queue=self.queue,
            colleagues=SqlColleagues(self.database),
            known=SqlKnown(self.database),
            writing=SqlWriting(self.database),
            undo_for=self.undo_for,
            bus=self.bus,
            clock=self.clock,
            session_hours=12,
            secure_cookies=secure_cookies,
            public_url=URL,
            topic_title={"caq/proof_of_funds": "Fonds à prouver pour le CAQ"}.get,
            passwords=Passwords(FAST),
            second_factor=SecondFactor(Seal(lambda: ["k" * 40], purpose="desk second factor")),
        )

    def browser(self, *, secure_cookies: bool = False, address: str = "203.0.113.7") -> Browser:
        desk = self._desk(secure_cookies=True) if secure_cookies else self.desk
        app = FastAPI()
        app.include_router(desk_router(desk))
        transport = httpx.ASGITransport(app=app, client=(address, 4000))
        http = httpx.AsyncClient(transport=transport, base_url=URL)
        self._browsers.append(http)
        return Browser(http)

    async def invitation(
        self, email: str, name: str, *, role: str = "adviser", institution: str | None = None
    ) -> Invitation:
        invited = await invite_adviser(
            self.accounts,
            email=email,
            display_name=name,
            role=role,
            institution=institution,
            now=self.clock(),
            public_url=URL,
        )
        assert isinstance(invited, Invitation)
        return invited

    async def first_invitation(self) -> Invitation:
        invitation = await first_invitation(self.accounts, now=self.clock(), public_url=URL)
        assert invitation is not None
        return invitation

    async def adviser(
        self, name: str = "Claire L.", *, role: str = "adviser", institution: str | None = None
    ) -> tuple[Adviser, Browser]:
        """An adviser who has accepted an invitation, and the browser they are signed in with."""
        email = self.last_email = f"{name.split()[0].lower()}@cegep.example"
        invitation = await self.invitation(email, name, role=role, institution=institution)
        browser = self.browser()
        await browser.get(invitation.url)
        response = await browser.post(invitation.url, password=PASSWORD, again=PASSWORD)
        assert response.status_code == 303, response.text
        if response.headers["location"] != "/desk/":
            await self.sets_up(browser, response.headers["location"])
        return invitation.adviser, browser

    async def sets_up(self, browser: Browser, where: str) -> tuple[str, list[str]]:
        """Put a second factor in place where it is asked for; its secret and recovery codes."""
        secret = secret_in((await browser.get(where)).text)
        posted = await browser.post("/desk/second-factor/set-up", code=self.code(secret))
        assert posted.status_code == 200, posted.text
        return secret, re.findall(r"<code>([a-z2-9-]{19})</code>", posted.text)

    def code(self, secret: str) -> str:
        """What the phone shows now."""
        return pyotp.TOTP(secret).at(self.clock())

    async def open_case(
        self,
        *,
        first_name: str = "Léa",
        asks: str = "mon permis a été refusé, je fais quoi ?",
        timezone: str = "Europe/Paris",
        channel: str = "web",
        email: str | None = "lea@exemple.fr",
        institution: str | None = None,
    ) -> int:
        """A person asks, the assistant escalates; the number of the case."""
        conversation_id, _ = await self.conversations.start(channel=channel, timezone=timezone)
        self.engine.outcomes = [self._answered(), self._escalated(first_name, email, institution)]
        await self.say(conversation_id, "combien d'argent pour le caq ?")
        await self.say(conversation_id, asks)
        return next(
            summary.case.id
            for summary in await self.cases.queue(state=State.waiting, limit=1000)
            if summary.case.conversation_id == conversation_id
        )

    async def name_institution(self, case_id: int, institution: str) -> None:
        """The case turns out to be for that institution."""

        def act(case: Case) -> Step:
            return Step(replace(case, institution=institution), Holder.adviser, "case.routed")

        await self.cases.apply(case_id, act, actor="system")

    async def not_understood(self, text: str, *candidates: str) -> str:
        """Somebody asks what the assistant does not understand; the conversation's id."""
        conversation_id, _ = await self.conversations.start(channel="web", timezone="Europe/Paris")
        self.engine.outcomes = [missing_the_point(*candidates)]
        await self.say(conversation_id, text)
        return conversation_id

    async def say(self, conversation_id: str, text: str) -> None:
        """The person writes, and whoever has the floor deals with it."""
        external_id = f"{text[:20]}-{len(await self.store.messages(conversation_id))}"
        incoming = Incoming(conversation_id, text, external_id, self.clock())
        await self.conversations.receive(incoming)
        await self.conversations.answer(conversation_id)

    async def thread(self, case_id: int) -> list[Message]:
        file = await self.cases.find(case_id)
        assert file is not None
        return await self.store.messages(file.conversation.id)

    async def conversation_of(self, case_id: int) -> str:
        file = await self.cases.find(case_id)
        assert file is not None
        return file.conversation.id

    async def close(self) -> None:
        for browser in self._browsers:
            await browser.aclose()

    @staticmethod
    def _answered() -> Outcome:
        match = TopicMatch("caq/proof_of_funds", "proof_of_funds", 0.93)
        source = Citation(
            "Capacité financière", "https://quebec.example/caq", "Gouvernement", True, "juin 2026"
        )
        said = Reply("Il faut prouver 24 617 $.", sources=(source,), topic="caq/proof_of_funds")
        return Outcome((said,), Understanding("proof_of_funds", topics=(match,)))

    @staticmethod
    def _escalated(first_name: str, email: str | None, institution: str | None) -> Outcome:
        return Outcome(
            understanding=Understanding("personal_case", personal_case=True),
            handover=HandoverRequest(Reason.personal_case, first_name, email, institution),
        )
