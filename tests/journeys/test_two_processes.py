"""Two processes on one PostgreSQL and one Redis are one service."""

import asyncio
import contextlib
import json
import os
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from httpx_sse import connect_sse

from tests.journeys.service import RunningService

_POSTGRESQL = os.environ.get(
    "QVE_TEST_POSTGRESQL_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres"
)
_REDIS = os.environ.get("QVE_TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
_REQUIRED = os.environ.get("QVE_TEST_REQUIRE_SERVICES") == "1"


async def _on_server(statement: str) -> None:
    connection = await asyncpg.connect(_POSTGRESQL.replace("+asyncpg", ""), timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture
def shared() -> Iterator[dict[str, str]]:
    """The settings of processes that share a database of their own, and Redis."""
    name = f"qve_two_{secrets.token_hex(6)}"
    try:
        asyncio.run(_on_server(f"CREATE DATABASE {name}"))
    except (OSError, asyncio.TimeoutError, asyncpg.PostgresError) as error:
        if _REQUIRED:
            pytest.fail(f"PostgreSQL is required here and does not answer: {error}")
        pytest.skip("PostgreSQL does not answer on this machine")
    yield {
        "QVE_DATABASE_URL": f"{_POSTGRESQL.rsplit('/', 1)[0]}/{name}",
        "QVE_REDIS_URL": _REDIS,
        # Redis remembers for an hour who opened how many, whoever else used it.
        "QVE_CONVERSATIONS_PER_HOUR": "100000",
    }
    asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def two(shared: dict[str, str], tmp_path: Path) -> Iterator[tuple[RunningService, RunningService]]:
    services = []
    for number in ("first", "second"):
        (tmp_path / number).mkdir()
        services.append(RunningService(tmp_path / number, **shared))
    try:
        for running in services:
            running.start()
        yield services[0], services[1]
    finally:
        for running in services:
            running.stop()


@pytest.fixture
def of_two_workers(shared: dict[str, str], tmp_path: Path) -> Iterator[RunningService]:
    running = RunningService(tmp_path, workers=2, **shared)
    try:
        running.start()
        yield running
    finally:
        running.stop()


def test_what_is_written_to_one_process_is_heard_live_from_the_other(
    two: tuple[RunningService, RunningService],
) -> None:
    first, second = two
    token = httpx.post(f"{first.url}/api/conversations", json={}).json()["token"]
    secret = {"Authorization": f"Bearer {token}"}
    heard: list[dict[str, object]] = []
    listening = threading.Thread(target=_listen, args=(second.url, secret, heard), daemon=True)
    listening.start()
    _wait_until(lambda: len(heard) > 0)

    _write(first.url, secret, "combien coute le caq")

    _wait_until(lambda: any(message["author"] == "bot" for message in heard))
    assert [message["seq"] for message in heard] == [1, 2, 3]


def test_workers_on_one_port_lose_nothing_when_one_of_them_dies(
    of_two_workers: RunningService,
) -> None:
    url = of_two_workers.url
    _wait_until(lambda: "Prêt" in of_two_workers.terminal, within=120)
    assert "Journal technique\u00a0: la sortie d’erreur" in of_two_workers.terminal
    logged = [json.loads(line) for line in of_two_workers.terminal.splitlines() if line[:1] == "{"]
    taken_up = [line for line in logged if line["event"].startswith("turns taken up again")]
    assert len(taken_up) == 2, "each worker says it on one stream; none rotates another's file"
    token = httpx.post(f"{url}/api/conversations", json={}).json()["token"]
    secret = {"Authorization": f"Bearer {token}"}
    heard: list[dict[str, object]] = []
    threading.Thread(target=_listen, args=(url, secret, heard), daemon=True).start()
    _wait_until(lambda: len(heard) > 0)
    _write(url, secret, "combien coute le caq")
    _wait_until(lambda: len(heard) == 3)

    of_two_workers.kill_a_worker()
    _write(url, secret, "et combien de temps")

    def thread() -> list[str]:
        answer = httpx.get(f"{url}/api/conversations/me/messages", headers=secret, timeout=20)
        return [message["author"] for message in answer.json()["messages"]]

    _wait_until(lambda: thread()[1:] == ["person", "bot"] * 2, within=60)


def _write(url: str, secret: dict[str, str], text: str) -> None:
    """As the widget does: again, with the same key, until it is answered."""
    headers = {**secret, "Idempotency-Key": str(uuid.uuid4())}
    for _ in range(20):
        with contextlib.suppress(httpx.TransportError):
            httpx.post(
                f"{url}/api/conversations/me/messages",
                json={"text": text},
                headers=headers,
                timeout=20,
            ).raise_for_status()
            return
        time.sleep(0.5)
    raise AssertionError("nobody took the message")


def _listen(url: str, secret: dict[str, str], heard: list[dict[str, object]]) -> None:
    """What a widget keeps: each message once, in order."""
    address = f"{url}/api/conversations/me/events"
    with (
        httpx.Client(timeout=30) as client,
        connect_sse(client, "GET", address, headers=secret) as stream,
    ):
        for event in stream.iter_sse():
            if event.event == "update":
                heard.extend(json.loads(event.data)["messages"])


def _wait_until(so: Callable[[], bool], within: float = 10) -> None:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if so():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")
