"""The queue at 100,000 cases, with 200 advisers' event streams open: `python -m benchmarks.desk`.

On SQLite, or on the database given by `--url` (which must be empty: it is filled). Times are
server-side: a request of an adviser who is signed in, from the router to the last byte, the median
and the worst of thirty. Fails above 150 ms.
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
from sqlalchemy import insert, text

from bot.conversation.bus import Changed
from bot.conversation.conversations import hash_token
from bot.desk.access import SESSION_COOKIE, Visit
from bot.desk.live import _queue_stream
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.desk_tables import SearchRow
from bot.storage.migrate import migrate
from bot.storage.tables import CaseRow, ContactRow, ConversationRow, MessageRow
from bot.wiring import Service, _desk, build, build_app
from knowledge.folding import fold
from knowledge.library import Library

_OPEN_SHARE = 0.05
_AT_ONCE = 5_000
_RUNS = 30
_LIMIT = 0.150
_STREAMS = 200
_TOKEN = "benchmark" * 4
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
            await session.execute(insert(ConversationRow), [_conversation(n, now) for n in numbers])
            await session.execute(insert(ContactRow), [_contact(n) for n in numbers])
            await session.execute(insert(MessageRow), [_message(n, now) for n in numbers])
            await session.execute(insert(CaseRow), [_case(n, now, cases) for n in numbers])
            await session.execute(insert(SearchRow), [_words(n) for n in numbers])
    async with database.write() as session:
        await session.execute(text("ANALYZE"))


def _said(n: int) -> str:
    return f"Mon permis a été refusé, numéro {n}; la bourse Lavoisier couvre-t-elle le CAQ?"


def _conversation(n: int, now: datetime) -> dict[str, object]:
    return {
        **{"id": f"c{n}", "channel": "web", "address": f"c{n}", "timezone": "Europe/Paris"},
        **{"started_at": now, "heard_at": now, "language": "fr", "last_seq": 1},
    }


def _contact(n: int) -> dict[str, object]:
    return {"conversation_id": f"c{n}", "first_name": f"Léa {n}", "email": f"lea{n}@exemple.fr"}


def _message(n: int, now: datetime) -> dict[str, object]:
    return {"conversation_id": f"c{n}", "seq": 1, "author": "person", "text": _said(n), "at": now}


def _case(n: int, now: datetime, cases: int) -> dict[str, object]:
    is_open = n > cases * (1 - _OPEN_SHARE)
    opened_at = now - timedelta(minutes=cases - n)
    return {
        **{"conversation_id": f"c{n}", "reason": "asked", "opened_at": opened_at},
        **{"promised_at": opened_at + timedelta(hours=4), "announced": 0},
        "state": "waiting" if is_open else "ended",
        "ended_at": None if is_open else opened_at + timedelta(hours=2),
        "ending": None if is_open else "closed",
        "theme": ("caq", "housing", "tuition")[n % 3],
        "institution": (None, "laval", "limoilou", None)[n % 4],
        "awaits_since": opened_at if is_open else None,
    }


def _words(n: int) -> dict[str, object]:
    return {"conversation_id": f"c{n}", "words": fold(f"Léa {n} {_said(n)}")}


async def _signed_in(service: Service) -> Visit:
    adviser = await service.accounts.add(
        email="mesure@exemple.org", display_name="Mesure", role="adviser", institution="laval"
    )
    assert adviser is not None
    now = datetime.now(timezone.utc)
    await service.accounts.open_session(
        adviser.id, hash_token(_TOKEN), now, now + timedelta(hours=1)
    )
    return Visit(adviser, _TOKEN)


async def _measure(http: httpx.AsyncClient, path: str) -> list[float]:
    times = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        response = await http.get(path, headers={"accept": "text/html"})
        times.append(time.perf_counter() - began)
        assert response.status_code == 200, response.status_code
        await asyncio.sleep(0)
    return times


async def _run(url: str, cases: int) -> int:
    database = Database(url, Settings().keys)
    await migrate(database)
    began = time.perf_counter()
    await _fill(database, cases)
    print(f"{cases} cases written in {time.perf_counter() - began:.0f} s")
    service = build(Settings(database_url=url), database, Library.load(), None)  # type: ignore[arg-type]
    visit = await _signed_in(service)
    desk = _desk(service)
    heard = 0

    async def listen() -> None:
        nonlocal heard
        async for _ in _queue_stream(desk, visit):
            heard += 1

    streams = [asyncio.create_task(listen()) for _ in range(_STREAMS)]
    transport = httpx.ASGITransport(build_app(service))
    cookies = {SESSION_COOKIE: _TOKEN}
    worst = 0.0
    async with httpx.AsyncClient(
        transport=transport, base_url="http://mesure", cookies=cookies
    ) as http:
        await http.get(
            "/desk/", headers={"accept": "text/html"}
        )  # templates and knowledge are read once
        for name, path in _PAGES.items():
            times = await _measure(http, path)
            middle = statistics.median(times)
            worst = max(worst, middle)
            print(f"{name:>14}: median {middle * 1000:6.1f} ms, worst {max(times) * 1000:6.1f} ms")
        began = time.perf_counter()
        before = heard
        service.conversations.bus.tell(Changed("c1"))
        while heard < before + _STREAMS:
            await asyncio.sleep(0.01)
        print(f"{_STREAMS} streams told in {(time.perf_counter() - began) * 1000:.0f} ms")
    for stream in streams:
        stream.cancel()
    await asyncio.gather(*streams, return_exceptions=True)
    await database.close()
    return 0 if worst < _LIMIT else 1


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
