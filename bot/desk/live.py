"""Event streams: a page is told that something changed, then asks for the fragment it lacks.

Nothing is sent that a page could miss: the first event of a stream makes it catch up.
"""

import asyncio
from collections.abc import AsyncIterator

from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse
from starlette.requests import Request
from starlette.responses import Response

from bot.conversation.bus import News, Typing
from bot.conversation.conversations import hash_token
from bot.desk.access import CaseId, Signed, Visit
from bot.desk.needs import Desk, desk_of
from bot.desk.pages import refusal

_TOGETHER_SECONDS = 0.2
"""News that come so close make one event."""
_CHECK_SECONDS = 30.0
"""How often a silent stream makes sure that the adviser is still signed in."""


async def queue_events(request: Request, visit: Signed) -> Response:
    return EventSourceResponse(_stream(desk_of(request), visit, None))


async def case_events(request: Request, visit: Signed, case_id: CaseId) -> Response:
    desk = desk_of(request)
    file = await desk.cases.find(case_id)
    if file is None:
        return refusal(request, 404)
    return EventSourceResponse(_stream(desk, visit, file.conversation.id))


async def _stream(
    desk: Desk, visit: Visit, conversation_id: str | None
) -> AsyncIterator[ServerSentEvent]:
    """`changed` for what the page shows, `queue` for what its counts show."""
    with desk.bus.listen() as news:
        yield _event("changed")
        while True:
            heard = await _heard(news)
            if not await _still_signed_in(desk, visit):
                return
            if not heard:
                continue
            if conversation_id is None or conversation_id in heard:
                yield _event("changed")
            if conversation_id is not None:
                yield _event("queue")


async def _heard(news: asyncio.Queue[News]) -> set[str]:
    """The conversations that have something new; empty after a long silence."""
    try:
        first = await asyncio.wait_for(news.get(), _CHECK_SECONDS)
    except asyncio.TimeoutError:
        return set()
    await asyncio.sleep(_TOGETHER_SECONDS)
    heard = [first]
    while not news.empty():
        heard.append(news.get_nowait())
    return {each.conversation_id for each in heard if not isinstance(each, Typing)}


async def _still_signed_in(desk: Desk, visit: Visit) -> bool:
    return await desk.accounts.session(hash_token(visit.token), desk.clock()) is not None


def _event(name: str) -> ServerSentEvent:
    return ServerSentEvent(data="", event=name)
