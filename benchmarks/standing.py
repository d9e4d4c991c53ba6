"""What one scrape costs: the figures that /metrics reads from the database, at N conversations.

    python -m benchmarks.standing [--conversations 100000] [--url postgresql+asyncpg://…]

Every tenth conversation is on Telegram, delivered but for one in a thousand; one in a hundred has
a case. Without --url, a SQLite file that is thrown away.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import insert

from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.storage.standing_store import SqlStanding
from bot.storage.tables import CaseRow, ConversationRow, DeliveryRow, MessageRow

_AT_ONCE = 5_000
_SCRAPES = 20


async def fill(database: Database, count: int) -> None:
    now = datetime.now(timezone.utc)
    for first in range(0, count, _AT_ONCE):
        numbers = range(first, min(first + _AT_ONCE, count))
        conversations = [_conversation(n, now - timedelta(minutes=n % 200_000)) for n in numbers]
        messages = [
            {"conversation_id": f"c{n}", "seq": seq, "author": author, "text": "x", "at": now}
            for n in numbers
            for seq, author in ((1, "system"), (2, "person"), (3, "bot"))
        ]
        delivered = [
            {"conversation_id": f"c{n}", "seq": 2 if n % 1_000 == 0 else 3, "part": 0}
            for n in numbers
            if n % 10 == 0
        ]
        cases = [
            {
                "conversation_id": f"c{n}",
                "reason": "asked",
                "opened_at": now,
                "promised_at": now,
                "state": "waiting" if n % 1_000 == 0 else "ended",
                "announced": 0,
            }
            for n in numbers
            if n % 100 == 0
        ]
        async with database.write() as session:
            await session.execute(insert(ConversationRow), conversations)
            await session.execute(insert(MessageRow), messages)
            await session.execute(insert(DeliveryRow), delivered)
            await session.execute(insert(CaseRow), cases)


def _conversation(number: int, at: datetime) -> dict[str, object]:
    return {
        "id": f"c{number}",
        "channel": "telegram" if number % 10 == 0 else "web",
        "address": str(number),
        "started_at": at,
        "heard_at": at,
        "timezone": "Europe/Paris",
        "language": "fr",
        "holder": "bot",
        "floor_version": 0,
        "last_seq": 3,
        "asked_seq": 2,
        "answered_seq": 2,
    }


async def measure(url: str, count: int) -> None:
    database = Database(url)
    await migrate(database)
    await fill(database, count)
    if not url.startswith("sqlite"):
        async with database.engine.connect() as connection:
            await connection.exec_driver_sql("ANALYZE")
    took = []
    for _ in range(_SCRAPES):
        started = time.perf_counter()
        standing = await SqlStanding(database).standing(datetime.now(timezone.utc))
        took.append((time.perf_counter() - started) * 1000)
    await database.close()
    print(standing)
    print(f"{count} conversations: median {statistics.median(took):.1f} ms, max {max(took):.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--url")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.url or f"sqlite+aiosqlite:///{Path(folder) / 'bench.sqlite3'}"
        asyncio.run(measure(url, asked.conversations))


if __name__ == "__main__":
    main()
