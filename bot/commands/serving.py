"""`qve serve` and `qve train`."""

import asyncio
import errno
import socket
from argparse import Namespace
from pathlib import Path
from typing import Any

import uvicorn
import uvloop

from bot.commands.preparing import load_library, open_database, ready_model
from bot.commands.terminal import (
    Refused,
    command,
    log_of,
    moment_in_words,
    show,
    show_ready,
    step,
)
from bot.commands.workers import serve_many
from bot.desk.entering.invitations import Invitation, first_invitation
from bot.lasting import lasting
from bot.settings import Settings
from bot.stopping import GONE_WITHIN, REQUESTS_END_WITHIN, be_gone_within
from bot.storage.adviser_store import SqlAccountStore
from bot.texts import say
from bot.wiring import build, build_app, clock, load_engine
from knowledge.library import Library


@command
def serve(arguments: Namespace, settings: Settings) -> int:
    """Check, train if needed, migrate, create the first account, and serve until told to stop."""
    workers = int(arguments.workers)
    if workers > 1 and not (settings.redis_url and settings.database.startswith("postgresql")):
        raise Refused(say("terminal.workers_share"))
    _check_port(settings)
    with lasting(), step("check_knowledge"):
        library = load_library()
    model = ready_model(settings)
    if workers > 1:
        uvloop.run(_prepare(settings))
        return serve_many(settings, _uvicorn_options(settings), workers)
    return int(uvloop.run(_serve(settings, library, model)))


def _uvicorn_options(settings: Settings) -> dict[str, Any]:
    return {
        "host": settings.host,
        "port": settings.port,
        "ws": "none",  # Rasa pins a websockets too old for uvicorn, and there are none here
        "log_config": None,
        "access_log": False,
        "timeout_graceful_shutdown": REQUESTS_END_WITHIN,
        "server_header": False,
        "proxy_headers": False,  # QVE_TRUSTED_PROXIES says whom to believe, in `build_app`
    }


async def _prepare(settings: Settings) -> None:
    """Once for all workers: tables, keys, the first account."""
    with step("migrate"):
        database = await open_database(settings)
    settings.keys()
    accounts = SqlAccountStore(database)
    _show(await first_invitation(accounts, now=clock(), public_url=settings.url))
    await database.close()


def _show(invitation: Invitation | None) -> None:
    if invitation is not None:
        expires = moment_in_words(invitation.expires_at)
        show(say("terminal.invitation", url=invitation.url, expires=expires))


async def _serve(settings: Settings, library: Library, model: Path) -> int:
    with step("migrate"):
        database = (await open_database(settings)).hurried()
    with lasting(), step("load"):
        service = build(settings, database, library, load_engine(model, database))
        app = build_app(service, tell=show)
    invitation = await first_invitation(service.accounts, now=clock(), public_url=settings.url)
    server = Serving(uvicorn.Config(app, **_uvicorn_options(settings)))
    serving = asyncio.create_task(server.serve())
    while not server.started and not serving.done():
        await asyncio.sleep(0.02)
    if server.started:
        show_ready(settings)
        _show(invitation)
        show(say("terminal.stop_hint", log=log_of(settings)))
    try:
        await serving
    except SystemExit as exit_:  # uvicorn's way to say that it could not start
        raise Refused(say("terminal.not_started", log=log_of(settings))) from exit_
    return 0


class Serving(uvicorn.Server):
    """Gone in time once it is told to stop, even if its own end hangs."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        be_gone_within(GONE_WITHIN)
        await super().shutdown(sockets)


@command
def train(arguments: Namespace, settings: Settings) -> int:
    """Train the model if what it is made from has changed."""
    load_library()
    ready_model(settings, force=arguments.force)
    return 0


def _check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            name = "terminal.port_in_use" if taken else "terminal.cannot_listen"
            reason = error.strerror or str(error)
            sentence = say(name, port=settings.port, host=settings.host, reason=reason)
            raise Refused(sentence) from error
