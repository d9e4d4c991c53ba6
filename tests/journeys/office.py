"""A desk at work on a real port: who works there is signed in, people ask and wait.

The pages of an invitation and of the sign-in have their own journeys; here a session is opened as
they open one, and its cookie given to a browser of its own.
"""

import re
import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

from builders import handing_over
from playwright.sync_api import Browser, Locator, Page, expect

from bot.conversation.conversations import hash_token
from bot.desk.entering.access import SESSION_COOKIE
from bot.desk.entering.passwords import Passwords
from bot.handover.case import Adviser, State
from bot.messages import Incoming, Message, Outcome
from bot.storage.adviser_store import SqlAccountStore
from bot.storage.case_store import SqlCaseStore
from bot.wiring import Service
from tests.journeys.people import PATIENCE
from tests.journeys.serving import Serving, TalkativeEngine

_T = TypeVar("_T")
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"
PASSWORD = "une longue phrase de passe"
ASKS = "mon permis a été refusé, je fais quoi?"


class DeskEngine(TalkativeEngine):
    """Also hands over whoever says « un conseiller pour Léa »."""

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        _, asked, name = message.text.partition("un conseiller pour ")
        return handing_over(name) if asked else await super().respond(message, waiting=waiting)


@dataclass
class Waiting:
    """Somebody who asked, and the case it made."""

    office: "Office"
    conversation_id: str
    token: str
    case_id: int

    def writes(self, text: str) -> None:
        async def write(service: Service) -> None:
            incoming = Incoming(self.conversation_id, text, secrets.token_hex(8), _now())
            await service.conversations.receive(incoming)
            await service.conversations.answer(self.conversation_id)

        self.office.does(write)

    def was_told(self) -> list[str]:
        """Everything said in the conversation, as the person reads it."""

        async def read(service: Service) -> list[str]:
            messages = await service.conversations.store.messages(self.conversation_id)
            return [message.text for message in messages]

        return self.office.does(read)


class Office:
    def __init__(self, folder: Path, engine: DeskEngine | None = None, **settings: object) -> None:
        engine = engine or DeskEngine()
        self.serving = Serving(folder, engine, **{"undo_seconds": 0, **settings})

    @property
    def url(self) -> str:
        return self.serving.url

    def does(self, work: Callable[[Service], Awaitable[_T]]) -> _T:
        return self.serving.do(work)

    def somebody_waits(self, name: str = "Léa", *, saying: str = ASKS) -> Waiting:
        async def ask(service: Service) -> tuple[str, str, int]:
            conversation_id, token = await service.conversations.start(
                channel="web", timezone="Europe/Paris"
            )
            for text in (saying, f"un conseiller pour {name}"):
                key = secrets.token_hex(8)
                incoming = Incoming(conversation_id, text, key, _now())
                await service.conversations.receive(incoming)
                await service.conversations.answer(conversation_id)
            queue = await SqlCaseStore(service.database).queue(state=State.waiting, limit=1000)
            [case_id] = [
                each.case.id for each in queue if each.case.conversation_id == conversation_id
            ]
            return conversation_id, token, case_id

        return Waiting(self, *self.does(ask))

    def hires(self, name: str, role: str = "adviser", institution: str | None = None) -> Adviser:
        """Somebody who has chosen `PASSWORD`."""

        async def add(service: Service) -> Adviser:
            accounts = SqlAccountStore(service.database)
            email = f"{name.split()[0].lower()}.{secrets.token_hex(3)}@exemple.org"
            adviser = await accounts.add(
                email=email, display_name=name, role=role, institution=institution
            )
            assert adviser is not None
            await accounts.set_password_hash(adviser.id, await Passwords().hash(PASSWORD))
            return adviser

        return self.does(add)

    def opens_session(self, adviser: Adviser) -> str:
        token = secrets.token_urlsafe(16)

        async def open_session(service: Service) -> None:
            until = _now() + timedelta(hours=1)
            accounts = SqlAccountStore(service.database)
            await accounts.open_session(adviser.id, hash_token(token), _now(), until, browser="-")

        self.does(open_session)
        return token

    @contextmanager
    def at_a_desk(self, browser: Browser, adviser: Adviser, **context: Any) -> Iterator["Seat"]:
        """A browser of their own, signed in."""
        options = {"timezone_id": "America/Toronto", "locale": "fr-CA", **context}
        own = browser.new_context(**options)
        value = self.opens_session(adviser)
        own.add_cookies(
            [{"name": SESSION_COOKIE, "value": value, "domain": "127.0.0.1", "path": "/desk"}]
        )
        try:
            yield Seat(own.new_page(), self.url, adviser)
        finally:
            own.close()


class Seat:
    """An adviser before the desk: uses it by its headings, labels, buttons and keys."""

    def __init__(self, page: Page, url: str, adviser: Adviser) -> None:
        self.page = page
        self.url = url
        self.adviser = adviser
        self.rules: tuple[str, ...] = ()

    def opens(self, path: str = "") -> "Seat":
        self.page.goto(f"{self.url}/desk/{path}")
        return self

    def opens_case(self, case_id: int) -> "Seat":
        self.opens(f"cases/{case_id}")
        self.is_live()
        return self

    def is_live(self) -> None:
        """The page's stream is open: what happens from now on is heard."""
        live = expect(self.page.locator("html"))
        live.to_have_attribute("data-live", "yes", timeout=PATIENCE)

    def takes(self, case_id: int) -> "Seat":
        self.opens_case(case_id)
        self.presses("Prendre ce dossier")
        expect(self.box).to_be_focused(timeout=PATIENCE)
        return self

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name=re.compile("^Votre réponse à"))

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("log")

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def unfolds(self, name: str) -> None:
        self.page.locator("summary", has_text=re.compile(f"^{name}$")).click()

    def answers(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Control+Enter")
        expect(self.box).to_have_value("", timeout=PATIENCE)

    def reads(self, text: str | re.Pattern[str]) -> None:
        shown = self.page.get_by_text(text).filter(visible=True)
        expect(shown.last).to_be_visible(timeout=PATIENCE)

    def never_reads(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).filter(visible=True)).to_have_count(0)

    def is_told(self, text: str | re.Pattern[str]) -> None:
        """By an alert, which a screen reader says at once."""
        alert = self.page.get_by_role("alert").filter(has_text=text)
        expect(alert.first).to_be_visible(timeout=PATIENCE)

    def line_of(self, case_id: int) -> Locator:
        return self.page.locator(f"#lists li:has(#case-{case_id})")


def _now() -> datetime:
    return datetime.now(timezone.utc)
