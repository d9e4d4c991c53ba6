"""`qve serve --workers N`: processes on one port, that share PostgreSQL and Redis.

uvicorn keeps them: one that dies or hangs is started again, SIGHUP replaces them one by one.
"""

import os
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from bot.commands.preparing import load_library, ready_model
from bot.commands.terminal import Refused, log_of, quiet, show, show_ready
from bot.lasting import lasting
from bot.settings import Settings
from bot.storage.database import Database
from bot.texts import say
from bot.watching.metrics import share_figures
from bot.wiring import build, build_app, load_engine

# Seconds in which a worker has loaded its model, on a busy machine.
_READY_WITHIN = 120.0


def serve_many(settings: Settings, uvicorn_options: dict[str, Any], workers: int) -> int:
    """Until told to stop. `uvicorn_options`: those of one process. Refused: a worker that cannot
    start. What they log goes to stderr: a file that each of them rotates loses lines."""
    os.environ["QVE_LOG_TO"] = "stderr"  # of the workers too
    quiet(Settings())
    share_figures(settings.var / "figures")
    config = uvicorn.Config(
        "bot.commands.workers:worker", factory=True, workers=workers, **uvicorn_options
    )
    serving = _Workers(config, sockets=[config.bind_socket()])
    serving.run()
    if not serving.ready:
        raise Refused(say("terminal.not_started", log=log_of(Settings())))
    return 0


def worker() -> FastAPI:
    """The application of one worker, in its own process."""
    settings = Settings()
    quiet(settings)
    database = Database(settings.database, settings.keys).hurried()
    model = ready_model(settings, quiet=True)
    with lasting():
        service = build(settings, database, load_library(), load_engine(model, database))
        return build_app(service, show)


class _Workers(Multiprocess):
    """Says when every worker serves."""

    ready = False

    def init_processes(self) -> None:
        super().init_processes()
        self.ready = all(
            process.wait_until_ready(_READY_WITHIN, self.should_exit) for process in self.processes
        )
        if self.ready:
            settings = Settings()
            show_ready(settings)
            show(say("terminal.stop_hint", log=log_of(settings)))
        else:
            self.should_exit.set()
