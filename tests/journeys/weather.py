"""The road between a browser and the service: it slows down, falls silent, breaks, loses words."""

import asyncio
import contextlib
import threading
from enum import Enum

_CHUNK = 64 * 1024


class Weather(Enum):
    """What happens to what passes."""

    fair = "fair"
    slow = "slow"  # each way takes a second more
    silent = "silent"  # nothing passes and nobody says so: a phone that left the network
    down = "down"  # connections are refused and cut
    answers_lost = "answers lost"  # the service hears and does; its answer never arrives


class Road:
    """A TCP relay on a port of its own, in a thread; `weather` may change at any time."""

    SLOWNESS = 1.0

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._weather = Weather.fair
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.url = ""

    def __enter__(self) -> "Road":
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._stop is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def turns(self, weather: Weather) -> None:
        """From now on; what is `down` also cuts what was connected."""
        self._weather = weather
        if weather is Weather.down:
            self.cuts()

    def cuts(self) -> None:
        """Every connection, once."""
        self._loop.call_soon_threadsafe(self._cut)

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stop.wait()
        server.close()
        self._cut()
        await asyncio.sleep(0.05)

    def _cut(self) -> None:
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._weather is Weather.down:
            writer.transport.abort()
            return
        try:
            there = await asyncio.open_connection("127.0.0.1", self._to_port)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, there[1]}
        try:
            await asyncio.gather(
                self._carry(reader, there[1], homeward=False),
                self._carry(there[0], writer, homeward=True),
            )
        finally:
            self._writers -= {writer, there[1]}

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, homeward: bool
    ) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(_CHUNK):
                if self._weather is Weather.slow:
                    await asyncio.sleep(self.SLOWNESS)
                if self._weather is Weather.silent:
                    assert self._stop is not None
                    await self._stop.wait()  # for ever: such a connection does not come back
                if self._weather is Weather.answers_lost and homeward:
                    break
                writer.write(chunk)
                await writer.drain()
        writer.transport.abort()
