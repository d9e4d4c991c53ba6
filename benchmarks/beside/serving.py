"""Starting what serves, waiting for its first answer, and weighing it."""

import asyncio
import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientError, ClientSession

from benchmarks.beside.doors import Side, Unanswered, somebody

_PATIENCE = 900.0
_AGAIN = 0.1
_LEAVES_WITHIN = 30.0


@dataclass(frozen=True)
class Command:
    words: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    log: Path

    def run(self) -> float:
        """Seconds. Raises CalledProcessError."""
        began = time.perf_counter()
        with self.log.open("a") as log:
            subprocess.run(
                self.words,
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                check=True,
            )
        return time.perf_counter() - began


@dataclass(frozen=True)
class Running:
    """What serves at `url`; `start` are the seconds from its first process to its first answer."""

    side: Side
    url: str
    processes: tuple["subprocess.Popen[bytes]", ...]
    start: float

    def processor_seconds(self) -> float:
        """What all its processes have used so far."""
        return sum(_ticks(pid) for pid in self._pids()) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes of all its processes and theirs: proportional set sizes, so that what two of
        them share is counted once."""
        return sum(map(_megabytes, self._pids()))

    def _pids(self) -> set[int]:
        return {pid for process in self.processes for pid in _family(process.pid)}


@contextmanager
def serving(side: Side, url: str, commands: Sequence[Command], question: str) -> Iterator[Running]:
    """All commands at once, until the end of the block; ready when a question is answered."""
    with ExitStack() as stack:
        began = time.perf_counter()
        processes = tuple(stack.enter_context(_process(command)) for command in commands)
        asyncio.run(_first_answer(side, url, question, processes, commands[0].log))
        yield Running(side, url, processes, time.perf_counter() - began)


@contextmanager
def _process(command: Command) -> Iterator["subprocess.Popen[bytes]"]:
    with command.log.open("a") as log:
        process = subprocess.Popen(
            command.words,
            cwd=command.folder,
            env=command.environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=_LEAVES_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


async def _first_answer(
    side: Side, url: str, question: str, processes: Sequence["subprocess.Popen[bytes]"], log: Path
) -> None:
    deadline = time.monotonic() + _PATIENCE
    async with ClientSession() as session:
        while time.monotonic() < deadline:
            if any(process.poll() is not None for process in processes):
                raise RuntimeError(f"it ended before it answered: {_last_words(log)}")
            try:
                return await somebody(side, session, url).ask(question)
            except (Unanswered, ClientError, OSError):
                await asyncio.sleep(_AGAIN)
    raise RuntimeError(f"it never answered: {_last_words(log)}")


def _last_words(log: Path) -> str:
    return log.read_text(errors="replace")[-500:]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def allow_many_connections() -> None:
    """For this process and those that it starts."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def quiet_environment(**more: object) -> dict[str, str]:
    """This process's, nothing of it said or sent by Rasa."""
    hushed = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    return {**os.environ, **hushed, **{name: str(value) for name, value in more.items()}}


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _ticks(pid: int) -> int:
    """In user and in kernel mode."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12])


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
