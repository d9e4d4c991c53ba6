"""The whole application and its real widget on a real port, with an engine that needs no model."""

import asyncio
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TypeVar

import uvicorn
from builders import CAQ_STEP, EchoEngine, handing_over, service_on, showing

from bot.handover.case import Adviser
from bot.messages import ASK_ADVISER, Button, Citation, Message, Outcome, Reply
from bot.storage.adviser_store import SqlAccountStore
from bot.storage.case_store import SqlCaseStore
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.wiring import Service, build_app

_T = TypeVar("_T")
_PATIENCE = 90.0

SOURCED = Reply(
    "Le CAQ coûte 134 $.\n\n1. Préparez la lettre d’admission.\n2. Payez en ligne.",
    topic="caq/fee",
    buttons=(Button("Et les délais?", "/delays"), Button("Parler à un conseiller", ASK_ADVISER)),
    sources=(
        Citation("Frais du CAQ", "https://quebec.example/frais", "Québec", True, "juin 2026"),
        Citation("Budget", "https://quebec.example/budget", "Québec", True, "mai 2026"),
    ),
)


class TalkativeEngine(EchoEngine):
    """Shows each thing that the widget can draw to who asks for it by one word; echoes the rest."""

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        self.asked.append((message.text, waiting))
        if message.text == "mon plan":
            return showing(CAQ_STEP)
        if message.text == "un conseiller":
            return handing_over()
        if message.text == "combien":
            return Outcome((SOURCED,))
        return Outcome((Reply(f"écho : {message.text}"),))


class Serving:
    """Starts, stops and starts again on the same port and the same database, in its own thread."""

    def __init__(
        self, folder: Path, engine: EchoEngine, *, port: int = 0, **settings: object
    ) -> None:
        """`port`: where it must be; any free one unless told."""
        self._database_url = f"sqlite+aiosqlite:///{folder / 'qve.sqlite3'}"
        self._engine = engine
        self._settings = settings
        self._port = port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.service: Service | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        return self._port

    def start(self) -> None:
        listening = _listen(self._port)
        self._port = listening.getsockname()[1]
        self._server = None
        self._thread = threading.Thread(target=self._run, args=(listening,), daemon=True)
        self._thread.start()
        deadline = time.monotonic() + _PATIENCE
        while self._server is None or not self._server.started:
            assert time.monotonic() < deadline, "not started"
            time.sleep(0.02)

    def stop(self) -> None:
        """Connections are cut, as by a deployment that does not wait."""
        assert self._server is not None
        assert self._thread is not None
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(10)

    def do(self, work: Callable[[Service], Awaitable[_T]]) -> _T:
        """Something inside the service, where its own code runs."""
        assert self.service is not None
        assert self._loop is not None

        async def done(service: Service) -> _T:
            return await work(service)

        return asyncio.run_coroutine_threadsafe(done(self.service), self._loop).result(_PATIENCE)

    def _run(self, listening: socket.socket) -> None:
        asyncio.run(self._serve(listening))

    async def _serve(self, listening: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        database = Database(self._database_url)
        await migrate(database)
        await database.close()
        settings = {"public_url": self.url, **self._settings}
        self.service = service_on(self._database_url, self._engine, **settings)
        config = uvicorn.Config(
            build_app(self.service), log_level="critical", ws="none", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        await self._server.serve(sockets=[listening])


class DeskHand:
    """An adviser's acts without the desk's pages: for the tests of what the person sees."""

    def __init__(self, serving: Serving, name: str = "Marie T.") -> None:
        self._serving = serving
        self._name = name
        self._adviser: Adviser | None = None
        self._case_id = 0

    def takes_the_newest_case(self) -> None:
        async def take(service: Service) -> None:
            self._adviser = await SqlAccountStore(service.database).add(
                email=f"{time.monotonic_ns()}@cegep.example",
                display_name=self._name,
                role="adviser",
                institution=None,
            )
            soon = datetime.now(timezone.utc) + timedelta(hours=1)
            self._case_id = max(await SqlCaseStore(service.database).waiting_since(soon))
            assert self._adviser is not None
            await service.work.claim(self._case_id, self._adviser)

        self._serving.do(take)

    def writes(self, text: str) -> None:
        async def write(service: Service) -> None:
            assert self._adviser is not None
            await service.work.answer(self._case_id, self._adviser, text)

        self._serving.do(write)

    def closes_and_asks_whether_it_helped(self) -> None:
        async def close(service: Service) -> None:
            assert self._adviser is not None
            await service.work.close(self._case_id, self._adviser, ask=True)

        self._serving.do(close)


def _listen(port: int) -> socket.socket:
    """The port may still be held for an instant by the one that stops."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return socket.create_server(("127.0.0.1", port))
        except OSError:
            assert time.monotonic() < deadline, f"port {port} is not free"
            time.sleep(0.05)
