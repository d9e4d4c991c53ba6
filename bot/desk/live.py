"""Event streams: a page is told that something changed, then asks for the fragment it lacks.

Nothing is sent that a page could miss: the first event of a stream makes it catch up. The stream
of a case also says who else has it open, and who is writing: each tells the others while it lasts.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse
from starlette.requests import Request
from starlette.responses import Response

from bot.conversation.bus import Looking, News, Typing
from bot.conversation.conversations import hash_token
from bot.desk.case import Standing, standing_of
from bot.desk.entering.access import Acting, CaseId, Signed, Visit
from bot.desk.needs import Desk, desk_of
from bot.desk.pages import draw, refusal

_TOGETHER_SECONDS = 0.2
"""News that come so close make one event."""
_CHECK_SECONDS = 30.0
"""How often a silent stream makes sure that the adviser is still signed in."""
_GONE_AFTER = timedelta(seconds=100)
_WRITES_FOR = timedelta(seconds=6)
_NOTHING = 204


async def queue_events(request: Request, visit: Signed) -> Response:
    return EventSourceResponse(_queue_stream(desk_of(request), visit))


async def case_events(request: Request, visit: Signed, case_id: CaseId) -> Response:
    file = await desk_of(request).cases.find(case_id)
    if file is None:
        return refusal(request, 404)
    return EventSourceResponse(_case_stream(request, visit, file.conversation.id))


async def typing(request: Request, visit: Acting, case_id: CaseId) -> Response:
    """Whoever has the case is writing: the person sees it, and the colleagues who look."""
    desk = desk_of(request)
    file = await desk.cases.find(case_id)
    if file is not None and standing_of(file.case, visit.adviser) is Standing.mine:
        desk.bus.tell(Typing(file.conversation.id, visit.adviser.display_name))
    return Response(status_code=_NOTHING)


async def _queue_stream(desk: Desk, visit: Visit) -> AsyncIterator[ServerSentEvent]:
    with desk.bus.listen() as news:
        yield _event("changed")
        while True:
            heard = await _heard(news, _CHECK_SECONDS)
            if not await _still_signed_in(desk, visit):
                return
            if _conversations(heard):
                yield _event("changed")


class Around:
    """Who else has the case open, and who writes in it."""

    def __init__(self, visit: Visit) -> None:
        self._me = visit.adviser
        self._seen: dict[int, tuple[str, datetime]] = {}
        self._writes: dict[str, datetime] = {}

    def hear(self, news: News, now: datetime) -> None:
        match news:
            case Looking(adviser_id=self._me.id):
                return
            case Looking(here=True):
                self._seen[news.adviser_id] = (news.name, now)
            case Looking():
                self._seen.pop(news.adviser_id, None)
            case Typing(name=str(name)) if name != self._me.display_name:
                self._writes[name] = now

    def names(self, now: datetime) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who looks, and who writes."""
        writing = {name for name, at in self._writes.items() if now - at < _WRITES_FOR}
        looking = {name for name, at in self._seen.values() if now - at < _GONE_AFTER}
        return tuple(sorted(looking - writing)), tuple(sorted(writing))


async def _case_stream(
    request: Request, visit: Visit, conversation_id: str
) -> AsyncIterator[ServerSentEvent]:
    """`changed` for what the page shows, `queue` for what its counts show, `presence` with who
    else is there."""
    desk = desk_of(request)
    around = Around(visit)
    shown: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    me = Looking(conversation_id, visit.adviser.id, visit.adviser.display_name)
    with desk.bus.listen() as news:
        try:
            desk.bus.tell(Looking(conversation_id, me.adviser_id, me.name, asks=True))
            yield _event("changed")
            while True:
                heard = await _heard(news, _WRITES_FOR.seconds if shown[1] else _CHECK_SECONDS)
                if not await _still_signed_in(desk, visit):
                    return
                here = [each for each in heard if each.conversation_id == conversation_id]
                for each in here:
                    around.hear(each, desk.clock())
                asked = any(isinstance(each, Looking) and each.asks for each in here)
                if asked or not heard:
                    desk.bus.tell(me)
                if around.names(desk.clock()) != shown:
                    shown = around.names(desk.clock())
                    values = {"looking": shown[0], "writing": shown[1]}
                    html = draw(request, "presence.html", values)
                    yield ServerSentEvent(data=html, event="presence")
                changed = _conversations(heard)
                if conversation_id in changed:
                    yield _event("changed")
                if changed:
                    yield _event("queue")
        finally:
            desk.bus.tell(Looking(conversation_id, me.adviser_id, me.name, here=False))


async def _heard(news: asyncio.Queue[News], patience: float) -> list[News]:
    """What came together; nothing after a long silence."""
    try:
        first = await asyncio.wait_for(news.get(), patience)
    except asyncio.TimeoutError:
        return []
    await asyncio.sleep(_TOGETHER_SECONDS)
    heard = [first]
    while not news.empty():
        heard.append(news.get_nowait())
    return heard


def _conversations(heard: list[News]) -> set[str]:
    """Those with something new to read."""
    return {each.conversation_id for each in heard if not isinstance(each, Typing | Looking)}


async def _still_signed_in(desk: Desk, visit: Visit) -> bool:
    return await desk.accounts.session(hash_token(visit.token), desk.clock()) is not None


def _event(name: str) -> ServerSentEvent:
    return ServerSentEvent(data="", event=name)
