"""The live stream, through a real server: each message once, in order, whatever is cut."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio
import uvicorn
from httpx_sse import EventSource, ServerSentEvent
from web_client import ME, Writer, writer

from bot.conversation.bus import Changed
from bot.storage.personal_records import SqlPersonalRecords
from bot.wiring import Service, build_app

PATIENCE = 5.0


@dataclass
class Server:
    url: str
    service: Service


@pytest_asyncio.fixture
async def server(service: Service) -> AsyncIterator[Server]:
    """The application behind uvicorn, on a free port."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        build_app(service), ws="none", log_config=None, timeout_graceful_shutdown=1
    )
    running = uvicorn.Server(config)
    serving = asyncio.create_task(running.serve([listening]))
    while not running.started:
        await asyncio.sleep(0.01)
    yield Server(f"http://127.0.0.1:{listening.getsockname()[1]}", service)
    running.should_exit = True
    await serving


class Stream:
    """The events of a stream, one by one."""

    def __init__(self, source: EventSource) -> None:
        self._events = source.aiter_sse()

    async def next(self) -> ServerSentEvent:
        return await asyncio.wait_for(self._events.__anext__(), PATIENCE)

    async def update(self) -> dict[str, Any]:
        """The next update, whoever is seen typing meanwhile."""
        while (event := await self.next()).event != "update":
            assert event.event == "typing"
        page: dict[str, Any] = json.loads(event.data)
        assert event.id == str(page["last_seq"])
        return page

    async def texts_until(self, last: str) -> list[str]:
        texts: list[str] = []
        while last not in texts:
            texts += [message["text"] for message in (await self.update())["messages"]]
        return texts


@asynccontextmanager
async def events(lea: Writer, *, last_event_id: str | None = None) -> AsyncIterator[Stream]:
    headers = {**lea.bearer, "Accept": "text/event-stream"}
    if last_event_id is not None:
        headers["Last-Event-ID"] = last_event_id
    async with lea.http.stream("GET", f"{ME}/events", headers=headers) as response:
        assert response.status_code == 200
        yield Stream(EventSource(response))


@asynccontextmanager
async def somebody(server: Server) -> AsyncIterator[Writer]:
    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE) as http:
        yield await writer(http)


async def test_a_stream_begins_with_everything_that_is_not_known_yet(server: Server) -> None:
    async with somebody(server) as lea:
        await lea.send("bonjour")
        async with events(lea) as stream:
            page = await stream.update()
    assert [message["seq"] for message in page["messages"]] == [1, 2, 3]
    assert page["floor"]["holder"] == "bot"


async def test_what_happens_next_arrives_without_asking(server: Server) -> None:
    async with somebody(server) as lea, events(lea) as stream:
        await stream.update()
        await lea.send("bonjour")
        assert await stream.texts_until("écho : bonjour") == ["bonjour", "écho : bonjour"]


async def test_that_somebody_prepares_an_answer_is_told(server: Server) -> None:
    async with somebody(server) as lea, events(lea) as stream:
        await stream.update()
        await lea.send("bonjour")
        seen = []
        while "typing" not in [event.event for event in seen]:
            seen.append(await stream.next())
    assert json.loads(seen[-1].data) == {"who": "bot", "name": None}


async def test_a_cut_stream_is_resumed_without_loss_or_repeat(server: Server) -> None:
    async with somebody(server) as lea:
        async with events(lea) as stream:
            known = str((await stream.update())["last_seq"])
        await lea.send("pendant la coupure")
        await lea.send("encore")
        received: list[int] = []
        for _ in range(3):  # cut again and again
            async with events(lea, last_event_id=known) as stream:
                page = await stream.update()
            received += [message["seq"] for message in page["messages"]]
            known = str(page["last_seq"])
    assert received == [2, 3, 4, 5]


async def test_messages_sent_while_streams_come_and_go_arrive_once_each(server: Server) -> None:
    async with somebody(server) as lea:
        sending = asyncio.create_task(_send_all(lea, 10))
        known, received = "1", []
        while len(received) < 20:
            async with events(lea, last_event_id=known) as stream:
                for _ in range(2):
                    page = await stream.update()
                    received += [message["seq"] for message in page["messages"]]
                    known = str(page["last_seq"])
                    if len(received) == 20:
                        break
        await sending
    assert received == list(range(2, 22))


async def _send_all(lea: Writer, count: int) -> None:
    for number in range(count):
        await lea.send(f"message {number}")


async def test_two_pages_of_one_person_see_the_same(server: Server) -> None:
    async with somebody(server) as lea, events(lea) as one, events(lea) as two:
        await one.update()
        await two.update()
        await lea.send("bonjour")
        expected = ["bonjour", "écho : bonjour"]
        assert await one.texts_until("écho : bonjour") == expected
        assert await two.texts_until("écho : bonjour") == expected


async def test_nobody_hears_of_anothers_conversation(server: Server) -> None:
    async with somebody(server) as lea, somebody(server) as marc, events(marc) as his:
        await his.update()
        await lea.send("mon secret")
        await marc.send("bonjour")
        assert await his.texts_until("écho : bonjour") == ["bonjour", "écho : bonjour"]


async def test_erasing_ends_every_stream_with_a_word(server: Server) -> None:
    async with somebody(server) as lea, events(lea) as stream:
        await stream.update()
        await lea.http.request("DELETE", ME, headers=lea.bearer)
        assert (await stream.next()).event == "erased"
        with pytest.raises(StopAsyncIteration):
            await stream.next()


async def test_a_stream_that_was_behind_when_all_was_erased_ends_the_same_way(
    server: Server,
) -> None:
    async with somebody(server) as lea, events(lea) as stream:
        await stream.update()
        elsewhere = SqlPersonalRecords(server.service.database)
        await elsewhere.erase(lea.id, actor="person")  # its news do not come here
        server.service.conversations.bus.tell(Changed(lea.id))
        assert (await stream.next()).event == "erased"


async def test_a_stream_is_not_held_back_to_be_compressed(server: Server) -> None:
    async with somebody(server) as lea:
        lea.http.headers["Accept-Encoding"] = "gzip"
        async with events(lea) as stream:
            assert (await stream.update())["last_seq"] == 1
