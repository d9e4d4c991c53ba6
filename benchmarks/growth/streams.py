"""Thousands of windows open, nobody saying anything: memory, and a message meanwhile.

Whoever holds the streams is a process of its own, and is not weighed.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median

from aiohttp import ClientSession, ClientTimeout, TCPConnector

from benchmarks.beside.doors import OurPerson
from benchmarks.beside.serving import Running
from benchmarks.growth.pair import Pace, alone

_AT_ONCE = 50
_OPENED_WITHIN = 600


@dataclass(frozen=True)
class Streamed:
    """Megabytes and milliseconds (p50), before the streams and while they are open. `alive`: how
    many of them heard their conversation's first page and were still open at the end."""

    memory: tuple[float, float]
    p50: tuple[float, float]
    alive: int


def measure(running: Running, questions: tuple[str, ...], pace: Pace, count: int) -> Streamed:
    """`running` must allow so many connections."""
    before = median(alone(running.url, questions, pace))
    empty = running.memory()
    with _held(running.url, count) as streams:
        meanwhile = median(alone(running.url, questions, pace))
        full = running.memory()
        streams.send("how many?")
        return Streamed((empty, full), (before, meanwhile), streams.recv())


@contextmanager
def _held(url: str, count: int) -> Iterator[Connection]:
    """Streams in another process; it answers how many are open. Raises RuntimeError if not all
    open."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_hold_here, args=(url, count, theirs))
    process.start()
    theirs.close()
    try:
        if not ours.poll(_OPENED_WITHIN) or ours.recv() != count:
            raise RuntimeError("not all streams could be opened")
        yield ours
    finally:
        process.terminate()
        process.join()


def _hold_here(url: str, count: int, asked: Connection) -> None:
    asyncio.run(_hold(url, count, asked))


async def _hold(url: str, count: int, asked: Connection) -> None:
    patience = ClientTimeout(total=None)
    async with ClientSession(connector=TCPConnector(limit=0), timeout=patience) as session:
        holder = _Holder(session, url)
        await holder.open(count)
        asked.send(holder.alive)
        while await asyncio.to_thread(asked.recv):
            asked.send(holder.alive)


class _Holder:
    def __init__(self, session: ClientSession, url: str) -> None:
        self._session, self._url = session, url
        self._few = asyncio.Semaphore(_AT_ONCE)
        self._streams: set[asyncio.Task[None]] = set()
        self.alive = 0

    async def open(self, count: int) -> None:
        """Return once each has heard its first page."""
        await asyncio.gather(*(self._open() for _ in range(count)))

    async def _open(self) -> None:
        async with self._few:
            secret = await OurPerson(self._session, self._url).open()
            heard = asyncio.Event()
            self._streams.add(asyncio.create_task(self._listen(secret, heard)))
            await heard.wait()

    async def _listen(self, secret: str, heard: asyncio.Event) -> None:
        where = f"{self._url}/api/conversations/me/events"
        headers = {"Authorization": f"Bearer {secret}"}
        try:
            async with self._session.get(where, headers=headers) as response:
                response.raise_for_status()
                await response.content.readline()
                self.alive += 1
                heard.set()
                async for _ in response.content.iter_any():
                    pass
                self.alive -= 1
        finally:
            heard.set()
