"""The service in a process of its own, to be killed as a power cut would, and started again."""

import asyncio
import logging
import multiprocessing
import os
import signal
import socket
from dataclasses import dataclass

import uvicorn
from bot_api import TOKEN, BotApi
from builders import EchoEngine, library, service_on
from phone import QUICK, open_door

from bot.channels.telegram.calling import Connection
from bot.channels.telegram.reading import Settling
from bot.messages import Message, Outcome, Reply
from bot.wiring import build_app, telegram_door

LONG = "long"
PARTS = 3
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["crashing"])
library()  # once for all the processes forked from here


class Talkative(EchoEngine):
    """Repeats, and answers « long » in three parts."""

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        if message.text != LONG:
            return await super().respond(message, waiting=waiting)
        lines = "\n".join(f"{number:03d} " + "m" * 90 for number in range(110))
        return Outcome((Reply(lines),))


@dataclass
class Server:
    """`webhook_port`: Telegram calls it there; else it asks for updates."""

    database_url: str
    api_url: str
    webhook_port: int | None = None
    process: multiprocessing.process.BaseProcess | None = None

    def start(self) -> None:
        arguments = (self.database_url, self.api_url, self.webhook_port)
        process = _CONTEXT.Process(target=_run, args=arguments, daemon=True)
        process.start()
        self.process = process

    def kill(self) -> None:
        """From any thread; the process does nothing more once this returns."""
        if self.process is not None and self.process.pid is not None and self.process.is_alive():
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.join()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(database_url: str, api_url: str, port: int | None) -> None:
    logging.disable(logging.CRITICAL)
    asyncio.run(
        _poll(database_url, api_url) if port is None else _serve(database_url, api_url, port)
    )


async def _poll(database_url: str, api_url: str) -> None:
    async with open_door(BotApi(api_url), database_url, Talkative()):
        await asyncio.Event().wait()


async def _serve(database_url: str, api_url: str, port: int) -> None:
    service = service_on(
        database_url,
        telegram_token=TOKEN,
        telegram_api_url=api_url,
        telegram_webhook_url="https://qve.example/telegram/webhook",
    )
    door = telegram_door(
        service,
        connection=Connection(TOKEN, api_url, a_second=0),
        settling=Settling(before=15.0),
        paces=QUICK,
    )
    app = build_app(service, telegram=door)
    await uvicorn.Server(uvicorn.Config(app, port=port, ws="none", log_config=None)).serve()
