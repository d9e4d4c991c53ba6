"""The links by which a person goes on at another door: from the widget to Telegram, and back."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from bot.channels.person import person_of
from bot.channels.problems import Problem
from bot.conversation.conversations import Conversations
from bot.conversation.moving import Moving
from bot.texts import say

TELEGRAM = "telegram"
WEB = "web"


class LinkOut(BaseModel):
    """A link that works once, until `expires_at`."""

    url: str
    expires_at: datetime


class CodeIn(BaseModel):
    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16,64}$")]


class SessionOut(BaseModel):
    """What the widget keeps of a conversation."""

    id: str
    token: str


def moving_router(
    conversations: Conversations, moving: Moving, telegram_link: Callable[[str], str | None]
) -> APIRouter:
    """`telegram_link` puts a code into a deep link; None while Telegram cannot be reached."""
    router = APIRouter(prefix="/api/conversations", tags=["moving"])
    Person = Annotated[str, Depends(person_of(conversations))]

    @router.post("/me/telegram", status_code=201)
    async def to_telegram(conversation_id: Person) -> LinkOut:
        """A link that opens this conversation in Telegram, once."""
        if telegram_link("") is None:
            raise Problem(404, say("refusals.no_telegram"))
        offer = await moving.offer(conversation_id, TELEGRAM)
        return LinkOut(url=str(telegram_link(offer.code)), expires_at=offer.expires_at)

    @router.post("/continue", status_code=201)
    async def to_web(sent: CodeIn) -> SessionOut:
        """Use a link that Telegram gave: the secret it returns opens the conversation here; the
        one before it opens nothing any more."""
        moved = await moving.to_web(WEB, sent.code)
        if moved is None:
            raise Problem(410, say("refusals.link_spent"))
        conversation_id, token = moved
        return SessionOut(id=conversation_id, token=token)

    return router
