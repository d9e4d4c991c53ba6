"""`/readyz` tells the truth about each part, and no secret; `/healthz` that somebody is there."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from builders import BrokenEngine, service_on
from fastapi import FastAPI

from bot.watching.doors import health_router
from bot.watching.readiness import Part, examine, is_ready
from tests.channels.web_client import web

NOBODY = "redis://:s3cret@127.0.0.1:9/0"
UNREACHABLE = "postgresql+asyncpg://qve:s3cret@127.0.0.1:9/qve"


async def look(http: httpx.AsyncClient) -> tuple[int, dict[str, dict[str, object]]]:
    response = await http.get("/readyz")
    assert "s3cret" not in response.text
    assert response.headers["cache-control"] == "no-store"
    return response.status_code, response.json()["parts"]


async def test_a_service_that_has_everything_is_ready(sqlite_url: str) -> None:
    async with web(service_on(sqlite_url)) as http:
        status, parts = await look(http)
    assert status == 200
    assert set(parts) == {"database", "model", "knowledge"}
    assert all(part == {"ok": True, "why": None, "needed": True} for part in parts.values())


async def test_without_its_database_it_is_not_and_yet_alive(sqlite_url: str) -> None:
    async with web(service_on(UNREACHABLE)) as http:
        status, parts = await look(http)
        alive = await http.get("/healthz")
    assert status == 503
    assert parts["database"] == {"ok": False, "why": "unreachable", "needed": True}
    assert parts["model"]["ok"], "the others are told apart"
    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})


async def test_a_database_nobody_migrated_is_not_ready(tmp_path: object) -> None:
    async with web(service_on(f"sqlite+aiosqlite:///{tmp_path}/empty.sqlite3")) as http:
        status, parts = await look(http)
    assert (status, parts["database"]["ok"]) == (503, False)


async def test_a_model_that_no_longer_reads_is_not_ready(sqlite_url: str) -> None:
    async with web(service_on(sqlite_url, BrokenEngine())) as http:
        status, parts = await look(http)
    assert status == 503
    assert parts["model"] == {"ok": False, "why": "unreachable", "needed": True}


async def test_without_redis_turns_go_on_and_it_is_said(sqlite_url: str) -> None:
    async with web(service_on(sqlite_url, redis_url=NOBODY)) as http:
        status, parts = await look(http)
    assert status == 200
    assert parts["redis"] == {"ok": False, "why": "unreachable", "needed": False}


async def test_a_part_that_says_nothing_is_silent_and_the_probe_has_its_answer() -> None:
    async def never() -> None:
        await asyncio.Event().wait()

    found = await examine({"database": Part(never)}, within=0.01)
    assert found["database"].why == "silent"
    assert not is_ready(found)


@pytest_asyncio.fixture
async def counted() -> AsyncIterator[tuple[httpx.AsyncClient, list[int]]]:
    looks: list[int] = []

    async def count() -> None:
        looks.append(1)

    app = FastAPI()
    app.include_router(health_router({"database": Part(count)}, good_for=3600))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://qve.test"
    ) as http:
        yield http, looks


async def test_whoever_asks_without_end_asks_nothing_of_the_database(
    counted: tuple[httpx.AsyncClient, list[int]],
) -> None:
    http, looks = counted
    answers = await asyncio.gather(*(http.get("/readyz") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(looks) == 1
