"""The product as a new user starts it: the real command, a real port, a folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

_STARTED_WITHIN = 240


class RunningService:
    """`qve serve` in its own process; `kill` is SIGKILL, and `start` finds the same database."""

    def __init__(self, folder: Path, *, workers: int = 1, **settings: str) -> None:
        self.folder = folder
        self._workers = workers
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._output = folder / "terminal.txt"

    def start(self) -> None:
        environment = {
            **os.environ,
            "QVE_PORT": str(self.port),
            "QVE_VAR": str(self.folder),
            **self._settings,
        }
        output = self._output.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve", "--workers", str(self._workers)],
            env=environment,
            stdout=output,
            stderr=output,
        )
        self._wait_until_it_answers()

    def kill(self) -> None:
        """As a power cut would: nothing is finished, nothing is said."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def kill_a_worker(self) -> None:
        """One of several; whoever keeps them starts another."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text()
        workers = [pid for pid in children.split() if b"spawn_main" in _command_of(pid)]
        assert len(workers) == self._workers, self.terminal
        os.kill(int(workers[0]), signal.SIGKILL)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=60)

    @property
    def terminal(self) -> str:
        return self._output.read_text("utf-8")

    def invitation(self) -> str:
        """The one-time link the terminal showed last."""
        *_, link = re.findall(r"http\S+/desk/invitation/\S+", self.terminal)
        return str(link)

    def add_adviser(self, email: str, name: str, *more: str) -> str:
        """`qve desk add-adviser`, for a second adviser; returns the invitation's link."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", "desk", "add-adviser", email, "--name", name, *more],
            env={**os.environ, "QVE_PORT": str(self.port), "QVE_VAR": str(self.folder)},
            capture_output=True,
            text=True,
            check=True,
        )
        [link] = re.findall(r"http\S+/desk/invitation/\S+", done.stdout)
        return str(link)

    def _wait_until_it_answers(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + _STARTED_WITHIN
        while time.monotonic() < deadline:
            assert self._process.poll() is None, self.terminal
            try:
                if httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"not started within {_STARTED_WITHIN} s:\n{self.terminal}")


def _command_of(pid: str) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
