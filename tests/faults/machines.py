"""What the service stands on, of the tests' own, so that it may be killed: PostgreSQL, Redis, and
the processes of the service themselves."""

import json
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_FAKETIME = next(iter(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)
_POSTGRESQL = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
_WITHIN = 60.0


def missing() -> str:
    """What this machine lacks, or nothing."""
    if _POSTGRESQL is None or shutil.which("redis-server") is None:
        return "PostgreSQL and Redis are not installed here"
    return ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@dataclass
class Postgresql:
    """A cluster in `folder`; its server is told to flush nothing: what is killed is the process,
    not the machine."""

    folder: Path
    port: int = field(default_factory=free_port)
    on_a_disk_of_its_own: bool = False

    @property
    def url(self) -> str:
        return f"postgresql+asyncpg://qve@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.on_a_disk_of_its_own = _mounted(self.folder)
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            for parent in self.folder.parents:  # it must be able to walk there
                if parent.is_relative_to("/tmp") and parent != Path("/tmp"):
                    parent.chmod(parent.stat().st_mode | 0o011)
        self._run("initdb", "-D", self.folder / "data", "-U", "qve", "-A", "trust", "-E", "UTF8")
        with (self.folder / "data" / "postgresql.conf").open("a") as conf:
            conf.write(f"port={self.port}\nunix_socket_directories=''\nmax_connections=200\n")
            conf.write("fsync=off\nwal_level=minimal\nmax_wal_senders=0\nmax_wal_size=64MB\n")

    def start(self) -> None:
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.folder / "data", "-l", log, "-w", "-t", "60", "start")

    def stop(self) -> None:
        """At once, as when the process is killed."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop", check=False)

    def cut_connections(self) -> None:
        statement = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        )
        host = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "qve", "postgres")
        self._run("psql", *host, "-qAtc", statement, check=False)

    def fill_disk(self) -> None:
        with suppress(OSError), (self.folder / "filling").open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1 << 20))

    def make_room(self) -> None:
        (self.folder / "filling").unlink()

    def remove(self) -> None:
        if self.on_a_disk_of_its_own:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=False)

    def _run(self, name: str, *arguments: object, check: bool = True) -> None:
        assert _POSTGRESQL is not None
        command = [str(_POSTGRESQL / name), *map(str, arguments)]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(
            command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        assert not check or done.returncode == 0, done.stderr.decode()


def _mounted(folder: Path) -> bool:
    """A small disk that may be filled, where this user may mount one."""
    command = ["mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", str(folder)]
    return os.getuid() == 0 and subprocess.run(command, check=False).returncode == 0


@dataclass
class Redis:
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--save", "", "--dir", "/tmp"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(lambda: answers(self.port))

    def stop(self) -> None:
        """It keeps nothing: what it knew is forgotten."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@dataclass
class Process:
    """One of the service; SIGKILL is its only end."""

    database_url: str
    redis_url: str | None
    api_url: str
    log: Path
    port: int = field(default_factory=free_port)
    starts: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *, clock_off_by: int = 0) -> None:
        """`clock_off_by`: seconds that its clock is late or early."""
        options = {
            "port": self.port,
            "database_url": self.database_url,
            "redis_url": self.redis_url,
            "api_url": self.api_url,
        }
        environment = dict(os.environ)
        if clock_off_by and _FAKETIME is not None:
            shift = {"LD_PRELOAD": str(_FAKETIME), "FAKETIME": f"{clock_off_by:+d}"}
            environment |= {**shift, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        command = [sys.executable, str(Path(__file__).with_name("serving.py")), json.dumps(options)]
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(command, env=environment, stderr=output)
        self.starts += 1

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        self._signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait()

    def freeze(self) -> None:
        """As a machine that swaps: it believes that no time has passed."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def tell(self) -> str:
        """The end of its log, with what it has under way."""
        self._signal(signal.SIGUSR1)
        time.sleep(1)
        return self.log.read_text("utf-8", errors="replace")[-60_000:]

    def _signal(self, number: signal.Signals) -> None:
        if self.is_alive():
            assert self._process is not None
            self._process.send_signal(number)


def wait_until(so: object, within: float = _WITHIN) -> None:
    assert callable(so)
    deadline = time.monotonic() + within
    while not so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def clock_shift(chance: random.Random) -> int:
    return chance.choice((-7200, -300, 300, 7200)) if _FAKETIME is not None else 0
