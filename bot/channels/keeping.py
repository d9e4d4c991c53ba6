"""What a person keeps of an answer: its dates in a calendar, a page on paper, steps ticked."""

from datetime import datetime, timezone
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from fastapi.responses import HTMLResponse

from bot.channels import calendar, printing
from bot.channels.person import person_of
from bot.channels.problems import Problem
from bot.conversation.bus import Changed
from bot.conversation.conversations import Conversations
from bot.messages import Message
from bot.texts import say

Seq = Annotated[int, Path(ge=1, le=2**31 - 1)]
# PostgreSQL cannot keep a zero character.
Item = Annotated[str, Path(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]
_NOT_KEPT = {"Cache-Control": "no-store"}


def cards_router(conversations: Conversations) -> APIRouter:
    """The routes under /api/conversations/me about the cards of a message."""
    router = APIRouter(prefix="/api/conversations/me", tags=["cards"])
    store = conversations.store
    Person = Annotated[str, Depends(person_of(conversations))]

    async def message_at(conversation_id: str, seq: int) -> Message:
        following = await store.messages(conversation_id, after=seq - 1)
        if not following or following[0].seq != seq:
            raise Problem(404, say("refusals.no_such_message"))
        return following[0]

    @router.get("/messages/{seq}/calendar", response_class=Response)
    async def calendar_file(conversation_id: Person, seq: Seq) -> Response:
        """The dated cards of a message, one all-day event each, with reminders."""
        file = calendar.calendar_of(await message_at(conversation_id, seq))
        if file is None:
            raise Problem(404, say("refusals.no_dates"))
        attachment = {"Content-Disposition": f'attachment; filename="{calendar.FILE}"'}
        return Response(file, media_type=calendar.MEDIA_TYPE, headers={**_NOT_KEPT, **attachment})

    @router.get("/messages/{seq}/page", response_class=HTMLResponse)
    async def page(conversation_id: Person, seq: Seq) -> HTMLResponse:
        """A message, its cards and its sources, as a page to print."""
        message = await message_at(conversation_id, seq)
        html = printing.printed_page(message, frozenset(await store.ticked(conversation_id)))
        policy = {"Content-Security-Policy": printing.content_policy()}
        return HTMLResponse(html, headers={**_NOT_KEPT, **policy})

    @router.get("/page", response_class=HTMLResponse)
    async def whole_page(conversation_id: Person) -> HTMLResponse:
        """Every message, its cards and its sources, as a page to print."""
        read = await store.page(conversation_id, after=0)
        if read is None:
            raise Problem(401, say("refusals.unknown_person"))
        html = printing.printed_conversation(
            read.messages,
            frozenset(read.ticked),
            zone=read.conversation.timezone,
            printed_at=datetime.now(timezone.utc),
        )
        policy = {"Content-Security-Policy": printing.content_policy()}
        return HTMLResponse(html, headers={**_NOT_KEPT, **policy})

    # An item's name may hold a slash.
    @router.put("/ticks/{item:path}", status_code=204)
    async def tick(conversation_id: Person, item: Item) -> Response:
        """A checklist item is done; only one that a card of this conversation offers."""
        if not await store.tick(conversation_id, item, at=datetime.now(timezone.utc)):
            raise Problem(404, say("refusals.no_such_item"))
        conversations.bus.tell(Changed(conversation_id))
        return Response(status_code=204)

    @router.delete("/ticks/{item:path}", status_code=204)
    async def untick(conversation_id: Person, item: Item) -> Response:
        """It is not, after all; asking twice changes nothing."""
        await store.untick(conversation_id, item)
        conversations.bus.tell(Changed(conversation_id))
        return Response(status_code=204)

    return router
