"""This product beside stock Rasa, on one machine, in one run: `make bench`.

Stock is `rasa init`, trained and served as its documentation does (`rasa run`, REST channel), from
the same installed versions. Each is asked 200 questions, one after the other, by the same client,
in one conversation. Prints a table with the ratio; no figure here is a test.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import httpx

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MESSAGES = 200
_QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
OUR_QUESTIONS = (
    "combien coute le caq",
    "on peut bosser combien d'heures par semaine",
    "c'est quoi un cegep",
    "bonjour",
    "quelle météo à Lyon",
)
STOCK_QUESTIONS = ("hello", "i am sad", "great", "bye", "are you a bot")


@dataclass(frozen=True)
class Measured:
    """Seconds to train and to start until the first answer; megabytes; milliseconds a message."""

    train: float
    start: float
    memory: float
    p50: float
    p95: float


def ours(folder: Path) -> Measured:
    environment = {
        **os.environ,
        "QVE_VAR": str(folder / "var"),
        "QVE_MODEL_DIR": str(folder / "models"),
        "QVE_MESSAGES_PER_MINUTE": "100000",
        "QVE_PORT": str(_free_port()),
    }
    train = _timed([BIN / "qve", "train"], ROOT, environment)
    url = f"http://127.0.0.1:{environment['QVE_PORT']}"
    with _served([BIN / "qve", "serve"], ROOT, environment) as process, httpx.Client() as client:
        started = time.perf_counter()
        opened = _until_answered(lambda: client.post(f"{url}/api/conversations", json={}))
        token = opened.json()["token"]

        def ask(question: str) -> httpx.Response:
            return client.post(
                f"{url}/api/conversations/me/messages",
                json={"text": question},
                headers={
                    "Authorization": f"Bearer {token}",
                    "Idempotency-Key": str(uuid.uuid4()),
                },
            )

        ask(OUR_QUESTIONS[0]).raise_for_status()
        start = time.perf_counter() - started
        return _measure(train, start, process, ask, OUR_QUESTIONS)


def stock(folder: Path) -> Measured:
    environment = {**os.environ, **_QUIET}
    subprocess.run(
        [BIN / "rasa", "init", "--no-prompt", "--init-dir", folder],
        env=environment,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    train = _timed([BIN / "rasa", "train", "--force"], folder, environment)
    port = _free_port()
    command = [BIN / "rasa", "run", "--port", str(port), "--credentials", "credentials.yml"]
    with _served(command, folder, environment) as process, httpx.Client() as client:
        started = time.perf_counter()

        def ask(question: str) -> httpx.Response:
            return client.post(
                f"http://127.0.0.1:{port}/webhooks/rest/webhook",
                json={"sender": "somebody", "message": question},
                timeout=60,
            )

        _until_answered(lambda: ask(STOCK_QUESTIONS[0]))
        start = time.perf_counter() - started
        return _measure(train, start, process, ask, STOCK_QUESTIONS)


def _measure(
    train: float,
    start: float,
    process: "subprocess.Popen[bytes]",
    ask: Callable[[str], httpx.Response],
    questions: tuple[str, ...],
) -> Measured:
    times = []
    for number in range(MESSAGES):
        started = time.perf_counter()
        ask(questions[number % len(questions)]).raise_for_status()
        times.append((time.perf_counter() - started) * 1000)
    cut = quantiles(times, n=100)
    return Measured(train, start, _memory(process.pid), cut[49], cut[94])


def _memory(pid: int) -> float:
    """Resident megabytes of the process that serves, at the end."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no memory figure")


def _timed(command: list[object], folder: Path, environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - started


@contextmanager
def _served(
    command: list[object], folder: Path, environment: dict[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _until_answered(ask: Callable[[], httpx.Response]) -> httpx.Response:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        try:
            answer = ask()
            if answer.is_success and answer.content != b"[]":
                return answer
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("never answered")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        our, its = ours(Path(first)), stock(Path(second))
    print(f"{'':28}{'ours':>10}{'stock Rasa':>12}{'ratio':>8}")
    for label, name in (
        ("train (s)", "train"),
        ("start to first answer (s)", "start"),
        ("memory (MB)", "memory"),
        (f"p50 of {MESSAGES} messages (ms)", "p50"),
        (f"p95 of {MESSAGES} messages (ms)", "p95"),
    ):
        mine, other = getattr(our, name), getattr(its, name)
        print(f"{label:28}{mine:10.1f}{other:12.1f}{mine / other:8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
