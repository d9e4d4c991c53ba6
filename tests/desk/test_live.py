"""Event streams."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import cast

import pytest
from desk_bench import Bench
from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse
from starlette.requests import Request

from bot.conversation.bus import Changed, Typing
from bot.conversation.conversations import hash_token
from bot.desk import live
from bot.desk.entering.access import SESSION_COOKIE, Visit

pytestmark = pytest.mark.asyncio


class Stream:
    """The names of the events a page is told."""

    def __init__(self, response: object) -> None:
        assert isinstance(response, EventSourceResponse)
        self._events = cast("AsyncIterator[ServerSentEvent]", response.body_iterator)

    async def next(self) -> str | None:
        return (await asyncio.wait_for(self._events.__anext__(), 2)).event

    async def silent(self) -> bool:
        try:
            await asyncio.wait_for(self._events.__anext__(), 0.5)
        except asyncio.TimeoutError:
            return True
        return False


async def visiting(bench: Bench) -> tuple[Request, Visit]:
    adviser, browser = await bench.adviser()
    token = browser.http.cookies[SESSION_COOKIE]
    return Request({"type": "http", "state": {"desk": bench.desk}}), Visit(adviser, token)


async def test_a_stream_begins_by_making_its_page_catch_up(bench: Bench) -> None:
    request, visit = await visiting(bench)
    assert await Stream(await live.queue_events(request, visit)).next() == "changed"


async def test_the_queue_hears_of_every_conversation_and_news_close_together_are_one(
    bench: Bench,
) -> None:
    request, visit = await visiting(bench)
    stream = Stream(await live.queue_events(request, visit))
    await stream.next()
    for n in range(5):
        bench.bus.tell(Changed(f"conversation {n}"))
    assert await stream.next() == "changed"
    assert await stream.silent()


async def test_a_case_is_told_of_its_own_conversation_and_of_the_queue(bench: Bench) -> None:
    case_id = await bench.open_case()
    request, visit = await visiting(bench)
    stream = Stream(await live.case_events(request, visit, case_id))
    await stream.next()
    bench.bus.tell(Changed(await bench.conversation_of(case_id)))
    assert [await stream.next(), await stream.next()] == ["changed", "queue"]
    bench.bus.tell(Changed("another"))
    assert await stream.next() == "queue"


async def test_typing_alone_is_no_news(bench: Bench) -> None:
    request, visit = await visiting(bench)
    stream = Stream(await live.queue_events(request, visit))
    await stream.next()
    bench.bus.tell(Typing("conversation"))
    assert await stream.silent()


@pytest.mark.parametrize("ending", ["signed out", "expired"])
async def test_a_stream_ends_with_its_session(bench: Bench, ending: str) -> None:
    request, visit = await visiting(bench)
    stream = Stream(await live.queue_events(request, visit))
    await stream.next()
    if ending == "expired":
        bench.clock.advance(timedelta(hours=12))
    else:
        await bench.accounts.close_session(hash_token(visit.token))
    bench.bus.tell(Changed("conversation"))
    with pytest.raises(StopAsyncIteration):
        await stream.next()
