"""Servers that do one thing wrong, on a free port: `python -m tests.commands.stubborn loading`.

What they say is read on standard output; half a second or two stands for what is minutes in life.
"""

import os
import socket
import sys
import time
from contextlib import suppress

import uvicorn
import uvloop
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope

from bot.commands import serving, workers
from bot.commands.serving import Serving
from bot.commands.terminal import show
from bot.commands.workers import Workers

_HERE = "tests.commands.stubborn"


async def deaf(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Begins as it should, and never ends."""
    await receive()
    await send({"type": "lifespan.startup.complete"})
    show(f"serves {os.getpid()}")
    await receive()
    while True:
        with suppress(BaseException):
            time.sleep(0.1)


async def good(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    await receive()
    await send({"type": "lifespan.startup.complete"})
    show(f"serves {os.getpid()}")
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


def loading() -> object:
    show("loads")
    time.sleep(60)
    return good


def late() -> object:
    time.sleep(2)
    return good


def _config(name: str, **options: object) -> uvicorn.Config:
    return uvicorn.Config(f"{_HERE}:{name}", port=0, ws="none", log_config=None, **options)


def _main(name: str) -> None:
    workers.GONE_WITHIN = serving.GONE_WITHIN = 1.0
    if name == "alone":
        uvloop.run(Serving(_config("deaf")).serve())
        return
    config = _config(name, factory=name in ("loading", "late"), workers=2)
    config.timeout_worker_healthcheck = 1
    listening = socket.create_server(("127.0.0.1", 0))
    Workers(config, sockets=[listening]).run()


if __name__ == "__main__":
    _main(sys.argv[1])
