"""The real application and who uses it: people, advisers, and whoever means harm."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from builders import EchoEngine, handing_over, now
from desk_bench import PASSWORD, Browser
from fastapi import FastAPI
from web_client import Writer, writer

from bot.desk.entering.invitations import Invitation, invite_adviser
from bot.handover.case import Adviser, State
from bot.settings import Settings
from bot.storage.case_store import SqlCaseStore
from bot.wiring import Service, build_app

URL = "http://qve.test"


@dataclass
class World:
    service: Service
    app: FastAPI
    http: httpx.AsyncClient
    _open: AsyncExitStack
    invitations: list[Invitation] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return self.service.settings

    @property
    def engine(self) -> EchoEngine:
        engine = self.service.conversations._engine
        assert isinstance(engine, EchoEngine)
        return engine

    async def client(self, *, address: str = "203.0.113.7", **more: Any) -> httpx.AsyncClient:
        """A browser or a program at that network address, with cookies of its own."""
        transport = httpx.ASGITransport(
            self.app, client=(address, 4000), raise_app_exceptions=False
        )
        client = httpx.AsyncClient(transport=transport, base_url=URL, **more)
        return await self._open.enter_async_context(client)

    async def person(self, **asked: object) -> Writer:
        return await writer(self.http, **asked)

    async def waiting_person(
        self, first_name: str = "Léa", email: str | None = "lea@exemple.fr"
    ) -> tuple[Writer, int]:
        """Somebody who has asked for an adviser, and the number of their case."""
        self.engine.outcomes = [handing_over(first_name, email)]
        person = await self.person()
        assert (await person.send("je veux parler à quelqu’un")).status_code == 201
        return person, await self.case_of(person)

    async def case_of(self, person: Writer) -> int:
        waiting = await SqlCaseStore(self.service.database).queue(state=State.waiting)
        return next(each.case.id for each in waiting if each.case.conversation_id == person.id)

    async def adviser(
        self, name: str = "Claire L.", *, institution: str | None = None, role: str = "adviser"
    ) -> tuple[Adviser, Browser]:
        """An adviser who accepted an invitation, and the browser they are signed in with."""
        invited = await invite_adviser(
            self.service.accounts,
            email=f"{name.split()[0].lower()}@cegep.example",
            display_name=name,
            role=role,
            institution=institution,
            now=now(),
            public_url=URL,
        )
        assert isinstance(invited, Invitation)
        self.invitations.append(invited)
        browser = Browser(await self.client())
        await browser.get(invited.url)
        accepted = await browser.post(invited.url, password=PASSWORD, again=PASSWORD)
        assert accepted.status_code == 303, accepted.text
        await browser.get(accepted.headers["location"])
        return invited.adviser, browser


@asynccontextmanager
async def world_of(service: Service) -> AsyncIterator[World]:
    app = build_app(service)
    async with AsyncExitStack() as stack:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        http = await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url=URL))
        yield World(service, app, http, stack)
    await service.database.close()
