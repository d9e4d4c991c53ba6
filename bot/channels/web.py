"""The HTTP API of the widget: a conversation, its messages, its live stream, its erasure."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import JSONResponse
from sse_starlette import EventSourceResponse, ServerSentEvent

from bot.channels.person import person_of
from bot.channels.problems import Problem
from bot.channels.receiving import Receiving
from bot.channels.wire import (
    FeedbackIn,
    MessageIn,
    PageOut,
    SentOut,
    StartedOut,
    StartIn,
    floor_out,
    message_out,
)
from bot.conversation.bus import Changed, Erased, News, Typing
from bot.conversation.conversations import Conversations
from bot.conversation.observing import Step
from bot.conversation.store import Page
from bot.messages import Author
from bot.texts import say

_PING_SECONDS = 15


def web_router(
    conversations: Conversations, receiving: Receiving, offers: Sequence[str] = ()
) -> APIRouter:
    """The routes under /api/conversations. `offers` is what else the widget may propose."""
    router = APIRouter(prefix="/api/conversations", tags=["conversations"])
    store = conversations.store

    Person = Annotated[str, Depends(person_of(conversations))]

    async def page(conversation_id: str, after: int) -> PageOut:
        read = await store.page(conversation_id, after=after)
        if read is None:
            raise Problem(401, say("refusals.unknown_person"))
        by_advisers = [each.seq for each in read.messages if each.author is Author.adviser]
        if by_advisers:  # what was read is not written by e-mail
            await store.mark_read(conversation_id, by_advisers[-1])
        return shown(read)

    def shown(read: Page) -> PageOut:
        return PageOut(
            messages=[message_out(message) for message in read.messages],
            floor=floor_out(read.conversation.floor, read.conversation.timezone),
            last_seq=read.messages[-1].seq if read.messages else read.after,
            ticked=list(read.ticked),
            offers=list(offers),
        )

    @router.post("", status_code=201)
    async def start(request: Request, asked: StartIn) -> StartedOut:
        address = request.client.host if request.client else "unknown"
        conversation_id, token = await receiving.start(
            address, zone=asked.timezone, language=asked.language, campaign=asked.campaign
        )
        first = await page(conversation_id, 0)
        return StartedOut(id=conversation_id, token=token, **dict(first))

    @router.post("/me/messages", status_code=201)
    async def send(
        conversation_id: Person,
        sent: MessageIn,
        idempotency_key: Annotated[str | None, Header(max_length=100)] = None,
    ) -> SentOut:
        if not idempotency_key:
            raise Problem(400, say("refusals.missing_key"))
        received = await receiving.send(
            conversation_id, text=sent.text, button=sent.button, key=idempotency_key
        )
        message, read = received.message, received.page
        with conversations.observer.within(Step.deliver, conversation_id, message.seq):
            after = shown(read) if read else await page(conversation_id, message.seq)
        return SentOut(message=message_out(message), **dict(after))

    @router.get("/me/messages")
    async def messages(
        conversation_id: Person, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
    ) -> PageOut:
        return await page(conversation_id, after)

    @router.get("/me/events")
    async def events(
        conversation_id: Person,
        after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
        last_event_id: Annotated[int | None, Header(ge=0, le=2**31 - 1)] = None,
    ) -> EventSourceResponse:
        known = after if last_event_id is None else last_event_id
        return EventSourceResponse(stream(conversation_id, known), ping=_PING_SECONDS)

    async def stream(conversation_id: str, known: int) -> AsyncIterator[ServerSentEvent]:
        with conversations.bus.listen(conversation_id) as news:
            with contextlib.suppress(Problem):  # erased before this stream heard of it
                async for event in events_since(conversation_id, known, news):
                    yield event
            yield ServerSentEvent("{}", event="erased")

    async def events_since(
        conversation_id: str, known: int, news: asyncio.Queue[News]
    ) -> AsyncIterator[ServerSentEvent]:
        """Until the conversation is erased."""
        update = await page(conversation_id, known)
        yield _update(update)
        while True:
            match await news.get():
                case Changed():
                    update = await page(conversation_id, update.last_seq)
                    yield _update(update)
                case Typing(name=name):
                    who = "bot" if name is None else "adviser"
                    yield ServerSentEvent(json.dumps({"who": who, "name": name}), event="typing")
                case Erased():
                    return

    @router.post("/me/feedback", status_code=204)
    async def feedback(conversation_id: Person, given: FeedbackIn) -> Response:
        rated = await store.rate(conversation_id, given.seq, useful=given.useful, why=given.why)
        if not rated:
            raise Problem(404, say("refusals.no_such_message"))
        return Response(status_code=204)

    @router.get("/me/export")
    async def export_all(conversation_id: Person) -> JSONResponse:
        exported = await conversations.export(conversation_id)
        name = 'attachment; filename="quebec-ville-etudes-mes-donnees.json"'
        return JSONResponse(
            exported, headers={"Content-Disposition": name, "Cache-Control": "no-store"}
        )

    @router.delete("/me", status_code=204)
    async def erase(conversation_id: Person) -> Response:
        await conversations.erase(conversation_id)
        return Response(status_code=204)

    return router


def _update(page: PageOut) -> ServerSentEvent:
    return ServerSentEvent(page.model_dump_json(), event="update", id=str(page.last_seq))
