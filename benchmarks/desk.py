"""The desk at 100,000 cases, with 200 advisers' event streams open: `python -m benchmarks.desk`.

On SQLite, or on the database given by `--url` (which must be empty: it is filled). Times are
server-side: a request of a coordinator who is signed in, from the router to the last byte, the
median and the worst of thirty. Fails above 150 ms for the queue; for the dashboard, above a second
as it is in service (two weeks counted from the messages), and 150 ms where every day is kept.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import httpx
from fastapi import FastAPI
from sqlalchemy import insert, text

from bot.conversation.bus import Changed
from bot.conversation.conversations import hash_token
from bot.desk.entering.access import SESSION_COOKIE, Visit
from bot.desk.live import _queue_stream
from bot.reporting.indicators import SETTLED_AFTER_DAYS
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.desk_tables import SearchRow
from bot.storage.indicator_store import SqlIndicatorStore
from bot.storage.migrate import migrate
from bot.storage.tables import CaseRow, ContactRow, ConversationRow, MessageRow
from bot.wiring import Service, build, build_app, desk_of
from knowledge.folding import fold
from knowledge.library import Library

_OPEN_SHARE = 0.05
_AT_ONCE = 5_000
_RUNS = 30
_LIMIT = 0.150
_STREAMS = 200
_LONGEST_COUNT = 1.0
_PAGES = {
    "first page": "/desk/",
    "all open": "/desk/?view=open",
    "closed": "/desk/?view=closed",
    "filters": "/desk/?view=open&theme=caq&institution=laval&waits=24",
    "rare words": "/desk/?view=closed&q=lavoisier 77777",
    "common words": "/desk/?view=closed&q=permis refus",
}


async def _fill(database: Database, cases: int) -> None:
    now = datetime.now(timezone.utc)
    for first in range(0, cases, _AT_ONCE):
        numbers = range(first + 1, min(first + _AT_ONCE, cases) + 1)
        async with database.write() as session:
            await session.execute(
                insert(ConversationRow), [_conversation(n, _opened(n, now, cases)) for n in numbers]
            )
            await session.execute(insert(ContactRow), [_contact(n) for n in numbers])
            said = [row for n in numbers for row in _messages(n, _opened(n, now, cases))]
            await session.execute(insert(MessageRow), said)
            await session.execute(insert(CaseRow), [_case(n, now, cases) for n in numbers])
            await session.execute(insert(SearchRow), [_words(n) for n in numbers])
    async with database.write() as session:
        await session.execute(text("ANALYZE"))


def _said(n: int) -> str:
    return f"Mon permis a été refusé, numéro {n}; la bourse Lavoisier couvre-t-elle le CAQ?"


def _conversation(n: int, at: datetime) -> dict[str, object]:
    return {
        **{"id": f"c{n}", "channel": "web", "address": f"c{n}", "timezone": "Europe/Paris"},
        **{"started_at": at, "heard_at": at, "language": "fr", "last_seq": 3},
        "campaign": (None, "lyon", "bordeaux")[n % 3],
    }


def _contact(n: int) -> dict[str, object]:
    return {"conversation_id": f"c{n}", "first_name": f"Léa {n}", "email": f"lea{n}@exemple.fr"}


def _opened(n: int, now: datetime, cases: int) -> datetime:
    return now - timedelta(minutes=cases - n)


def _messages(n: int, at: datetime) -> list[dict[str, object]]:
    """A question, the assistant's answer, and an adviser's in nine of ten cases."""
    theme = ("caq", "housing", "tuition", "out_of_scope")[n % 4]
    topics = [] if theme == "out_of_scope" else [{"id": f"{theme}/one", "theme": theme}]
    candidates = [{"id": "caq/one", "theme": "caq", "confidence": 0.3}]
    understood = {"theme": theme, "topics": topics, "candidates": candidates}
    blank = {"conversation_id": f"c{n}", "understanding": None, "useful": None, "topic": None}
    question = {"seq": 1, "author": "person", "text": _said(n), "at": at}
    answer = {"seq": 2, "author": "bot", "text": "Comptez 134 $.", "topic": f"{theme}/one"}
    answer |= {"at": at, "useful": (None, True, False)[n % 3]}
    human = {"seq": 3, "author": "adviser", "text": "Bonjour", "at": at + timedelta(hours=n % 90)}
    said = [{**blank, **question, "understanding": understood}, {**blank, **answer}]
    return [*said, {**blank, **human}] if n % 10 else said


def _case(n: int, now: datetime, cases: int) -> dict[str, object]:
    is_open = n > cases * (1 - _OPEN_SHARE)
    opened_at = _opened(n, now, cases)
    return {
        **{"conversation_id": f"c{n}", "reason": "asked", "opened_at": opened_at},
        **{"promised_at": opened_at + timedelta(hours=4), "announced": 0},
        "state": "waiting" if is_open else "ended",
        "ended_at": None if is_open else opened_at + timedelta(hours=2),
        "ending": None if is_open else "closed",
        "satisfaction": None if is_open else (None, 1, 2, 3)[n % 4],
        "theme": ("caq", "housing", "tuition")[n % 3],
        "institution": (None, "laval", "limoilou", None)[n % 4],
        "awaits_since": opened_at if is_open else None,
    }


def _words(n: int) -> dict[str, object]:
    return {"conversation_id": f"c{n}", "words": fold(f"Léa {n} {_said(n)}")}


async def _signed_in(service: Service, role: str) -> Visit:
    adviser = await service.accounts.add(
        email=f"{role}@exemple.org", display_name="Mesure", role=role, institution="laval"
    )
    assert adviser is not None
    now, token = datetime.now(timezone.utc), role * 8
    await service.accounts.open_session(
        adviser.id, hash_token(token), now, now + timedelta(hours=1)
    )
    return Visit(adviser, token)


async def _measure(http: httpx.AsyncClient, name: str, path: str, *, runs: int = _RUNS) -> float:
    """The median, in seconds."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        response = await http.get(path, headers={"accept": "text/html"})
        times.append(time.perf_counter() - began)
        assert response.status_code == 200, response.status_code
        await asyncio.sleep(0)
    middle = statistics.median(times)
    print(f"{name:>24}: median {middle * 1000:6.1f} ms, worst {max(times) * 1000:6.1f} ms")
    return middle


def _as(app: FastAPI, visit: Visit) -> httpx.AsyncClient:
    cookies = {SESSION_COOKIE: visit.token}
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://mesure", cookies=cookies)


async def _queue_is_quick(app: FastAPI, visit: Visit) -> bool:
    async with _as(app, visit) as http:
        await http.get("/desk/", headers={"accept": "text/html"})  # templates are read once
        medians = [await _measure(http, name, path) for name, path in _PAGES.items()]
    return max(medians) < _LIMIT


async def _dashboard_is_quick(app: FastAPI, visit: Visit, database: Database) -> bool:
    """With nothing kept, as it never is; as it is in service; with every day kept."""
    async with _as(app, visit) as http:
        await _measure(http, "dashboard, nothing kept", "/desk/dashboard", runs=3)
        await _settle(database, SETTLED_AFTER_DAYS)
        served = await _measure(http, "dashboard, in service", "/desk/dashboard", runs=5)
        await _settle(database, 1)
        kept = await _measure(http, "dashboard, days kept", "/desk/dashboard")
    return served < _LONGEST_COUNT and kept < _LIMIT


async def _settle(database: Database, days_ago: int) -> None:
    began = time.perf_counter()
    through = (datetime.now(timezone.utc) - timedelta(days=days_ago)).date()
    days = await SqlIndicatorStore(database).settle(through, at_most=1000)
    print(f"{days} days settled in {time.perf_counter() - began:.1f} s")


async def _run(url: str, cases: int) -> int:
    database = Database(url, Settings().keys)
    await migrate(database)
    began = time.perf_counter()
    await _fill(database, cases)
    print(f"{cases} cases written in {time.perf_counter() - began:.0f} s")
    service = build(Settings(database_url=url), database, Library.load(), None)  # type: ignore[arg-type]
    adviser = await _signed_in(service, "adviser")
    coordinator = await _signed_in(service, "coordinator")
    desk, app = desk_of(service), build_app(service)
    heard = 0

    async def listen() -> None:
        nonlocal heard
        async for _ in _queue_stream(desk, adviser):
            heard += 1

    streams = [asyncio.create_task(listen()) for _ in range(_STREAMS)]
    quick = await _queue_is_quick(app, adviser)
    began = time.perf_counter()
    before = heard
    service.conversations.bus.tell(Changed("c1"))
    while heard < before + _STREAMS:
        await asyncio.sleep(0.01)
    print(f"{_STREAMS} streams told in {(time.perf_counter() - began) * 1000:.0f} ms")
    quick &= await _dashboard_is_quick(app, coordinator, database)
    for stream in streams:
        stream.cancel()
    await asyncio.gather(*streams, return_exceptions=True)
    await database.close()
    return 0 if quick else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--url")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.url or f"sqlite+aiosqlite:///{Path(folder) / 'desk.sqlite3'}"
        return asyncio.run(_run(url, asked.cases))


if __name__ == "__main__":
    sys.exit(main())
