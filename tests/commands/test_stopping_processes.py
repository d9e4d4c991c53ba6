"""`qve serve` ends in time when it is told to, whatever its processes do."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.settings import ROOT


class Started:
    """One of the servers of `stubborn`, in its own process."""

    def __init__(self, name: str, folder: Path) -> None:
        self._output = folder / "said.txt"
        with self._output.open("wb") as output:
            command = [sys.executable, "-m", "tests.commands.stubborn", name]
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdout=output, stderr=output, start_new_session=True
            )

    def has_said(self, word: str, *, times: int) -> list[str]:
        """What followed that word, once it was said so often."""
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            found = re.findall(rf"^{word}(.*)$", self._output.read_text("utf-8"), re.MULTILINE)
            if len(found) >= times:
                return found
            time.sleep(0.05)
        raise AssertionError(self._output.read_text("utf-8"))

    def ends_within(self, seconds: float) -> int:
        self.process.terminate()
        return self.process.wait(seconds)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Started]]:
    started: list[Started] = []

    def starting(name: str) -> Started:
        started.append(Started(name, tmp_path))
        return started[-1]

    yield starting
    for each in started:
        with suppress(ProcessLookupError):
            os.killpg(each.process.pid, signal.SIGKILL)


def test_a_stop_is_heard_while_the_workers_load(start: Callable[[str], Started]) -> None:
    server = start("loading")
    server.has_said("loads", times=2)
    assert server.ends_within(10) == 0


def test_a_worker_that_does_not_end_is_killed(start: Callable[[str], Started]) -> None:
    server = start("deaf")
    server.has_said("serves", times=2)
    server.has_said("Prêt", times=1)
    assert server.ends_within(10) == 0


def test_a_process_alone_that_does_not_end_is_cut(start: Callable[[str], Started]) -> None:
    server = start("alone")
    server.has_said("serves", times=1)
    assert server.ends_within(10) == 1


def test_a_signal_replaces_every_worker_however_long_it_loads(
    start: Callable[[str], Started],
) -> None:
    server = start("late")
    server.has_said("Prêt", times=1)
    before = server.has_said("serves", times=2)
    server.process.send_signal(signal.SIGHUP)
    assert len({*before, *server.has_said("serves", times=4)}) == 4
    assert server.ends_within(10) == 0
