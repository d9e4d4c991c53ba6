"""`qve serve --workers N`: processes on one port, that share PostgreSQL and Redis.

uvicorn keeps them: one that dies or hangs is started again, SIGHUP replaces them one by one.
"""

import logging
import os
import signal
import time
from collections.abc import Sequence
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from bot.commands.preparing import load_library, ready_model
from bot.commands.terminal import Refused, log_of, quiet, show, show_ready
from bot.lasting import lasting
from bot.settings import Settings
from bot.stopping import GONE_WITHIN
from bot.storage.database import Database
from bot.texts import say
from bot.watching.metrics import share_figures
from bot.wiring import build, build_app, load_engine

logger = logging.getLogger(__name__)
# Seconds in which a worker has loaded its model, on a busy machine.
_READY_WITHIN = 120.0
_BETWEEN_LOOKS = 0.5
_ENDING = {signal.SIGINT, signal.SIGTERM}


def serve_many(settings: Settings, uvicorn_options: dict[str, Any], workers: int) -> int:
    """Until told to stop. `uvicorn_options`: those of one process. Refused: a worker that cannot
    start. What they log goes to stderr: a file that each of them rotates loses lines."""
    os.environ["QVE_LOG_TO"] = "stderr"  # of the workers too
    quiet(Settings())
    share_figures(settings.var / "figures")
    config = uvicorn.Config(
        "bot.commands.workers:worker", factory=True, workers=workers, **uvicorn_options
    )
    serving = Workers(config, sockets=[config.bind_socket()])
    serving.run()
    if serving.failed:
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


class Workers(Multiprocess):
    """Says when every worker serves. Told to stop, it is gone in `stopping.LONGEST`: uvicorn hears
    nothing while a worker loads, and waits for ever for one that does not end."""

    failed = False
    """A worker could not start."""

    def init_processes(self) -> None:
        super().init_processes()
        for index, process in enumerate(self.processes):
            if not self._serves(process):
                self._give_up(self.processes[index:])
                return
        settings = Settings()
        show_ready(settings)
        show(say("terminal.stop_hint", log=log_of(settings)))

    def restart_all(self) -> None:
        """Each new one serves before the old one stops. uvicorn's gives it five seconds, in which
        no model is loaded."""
        for index, old in enumerate(self.processes):
            new = Process(self.config, self.sockets)
            new.start()
            if not self._serves(new):
                new.kill()
                new.join()
                logger.error("a new worker does not serve: the others stay as they are")
                return
            old.terminate()
            _see_off([old])
            self.processes[index] = new

    def join_all(self) -> None:
        _see_off(self.processes)

    def _give_up(self, loading: Sequence[Process]) -> None:
        """Those that load have nothing under way, and would load it all before they end."""
        self.failed = not self.should_exit.is_set()
        self.should_exit.set()
        for each in loading:
            each.kill()

    def _serves(self, process: Process) -> bool:
        """Once it does; False if it cannot, or if everything is to stop."""
        deadline = time.monotonic() + _READY_WITHIN
        while not process.wait_until_ready(_BETWEEN_LOOKS):
            if _ENDING.intersection(self.signal_queue):
                self.should_exit.set()
            late = time.monotonic() > deadline
            if late or self.should_exit.is_set() or not process.process.is_alive():
                return False
        return True


def _see_off(processes: Sequence[Process]) -> None:
    """Told to end, they have so long together; one that is still there is killed."""
    deadline = time.monotonic() + GONE_WITHIN
    for each in processes:
        each.process.join(max(0.0, deadline - time.monotonic()))
        if each.process.is_alive():
            logger.error("a worker did not stop in time: killed")
            each.kill()
        each.join()
