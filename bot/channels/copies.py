"""The whole thread by e-mail, to an address that the person gives and that is kept nowhere.

It leaves at once or not at all. Whoever has a conversation may send its words to any address: so
few letters leave, they say why they come, and what the person wrote carries no link.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Annotated
from zoneinfo import ZoneInfo

from email_validator import EmailNotValidError, validate_email
from fastapi import APIRouter, Depends, Request, Response
from jinja2 import Environment
from pydantic import BaseModel, Field

from bot.cards import cited, lines
from bot.channels.limits import HOUR, Allowance
from bot.channels.person import person_of
from bot.channels.printing import printed_conversation, said_on
from bot.channels.problems import Problem
from bot.channels.templating import templates
from bot.conversation.conversations import Conversations
from bot.conversation.store import Page
from bot.handover.letters import Letter, NotPosted, Postman
from bot.messages import Author, Message
from bot.texts import say

# With a bare domain, a mail reader makes a link of its own; « ok.merci » is none.
_DOMAINS = "com|net|org|info|biz|io|co|me|ly|ru|cn|fr|ca|be|ch|eu|xyz|top|shop|site|online|link|app"
_LINK = re.compile(
    rf"\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:{_DOMAINS}|[a-z]{{2,}}(?=/))\b\S*",
    re.IGNORECASE,
)


class CopyIn(BaseModel):
    email: Annotated[str, Field(max_length=254)]


@dataclass(frozen=True)
class CopyLimits:
    """How many letters an hour: for a conversation, an address, a network address, everybody."""

    conversation: Allowance
    address: Allowance
    network: Allowance
    everybody: Allowance

    @classmethod
    def usual(cls, allowance: Callable[[str, int, int], Allowance]) -> "CopyLimits":
        """`allowance` makes one from its name, a count and a period."""
        counts = {"conversation": 5, "address": 5, "network": 15, "everybody": 100}
        return cls(
            **{name: allowance(f"copies.{name}", count, HOUR) for name, count in counts.items()}
        )

    async def seconds_to_wait(self, conversation_id: str, email: str, network_address: str) -> int:
        """0 and counted; the narrowest first, so that who insists takes nothing from the others."""
        hashed = sha256(email.casefold().encode()).hexdigest()  # never the address
        asked = (
            (self.conversation, conversation_id),
            (self.address, hashed),
            (self.network, network_address),
            (self.everybody, ""),
        )
        for allowance, key in asked:
            if seconds := await allowance.seconds_to_wait(key):
                return seconds
        return 0


def copies_router(
    conversations: Conversations,
    postman: Postman | None,
    limits: CopyLimits,
    *,
    url: str,
    clock: Callable[[], datetime],
) -> APIRouter:
    """POST /api/conversations/me/copies; `url` is the public address of the service."""
    router = APIRouter(prefix="/api/conversations/me/copies", tags=["copies"])
    Person = Annotated[str, Depends(person_of(conversations))]

    @router.post("", status_code=204)
    async def send(request: Request, conversation_id: Person, asked: CopyIn) -> Response:
        """204 once a mail server has taken the letter; 503 if none does, and nothing has left."""
        if postman is None:
            raise Problem(404, say("copies.none"))
        email = _address(asked.email)
        page = await conversations.store.page(conversation_id, after=0)
        if page is None:
            raise Problem(401, say("refusals.unknown_person"))
        if all(message.author is not Author.person for message in page.messages):
            raise Problem(409, say("copies.empty"))
        network = request.client.host if request.client else "unknown"
        if seconds := await limits.seconds_to_wait(conversation_id, email, network):
            headers = {"Retry-After": str(seconds)}
            raise Problem(429, say("copies.too_many"), headers=headers)
        try:
            await postman.post(written(page, email, url=url, at=clock()))
        except NotPosted as error:
            raise Problem(503, say("copies.not_posted")) from error
        return Response(status_code=204)

    return router


def _address(email: str) -> str:
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Problem(422, say("copies.bad_email")) from error


def written(page: Page, email: str, *, url: str, at: datetime) -> Letter:
    """The letter, as text and as HTML. Its subject names nobody; no link in it opens anything."""
    zone = page.conversation.timezone
    messages = [_without_links(message) for message in page.messages]
    why = say("copies.why", moment=said_on(at, ZoneInfo(zone)))
    values = {"why": why, "service": say("copies.service", url=url)}
    text = (
        _templates()
        .get_template("copy.txt")
        .render(messages=messages, zone=ZoneInfo(zone), **values)
    )
    html = printed_conversation(
        messages, frozenset(page.ticked), zone=zone, printed_at=at, sent=values
    )
    return Letter(email, say("copies.subject"), text, html)


def _without_links(message: Message) -> Message:
    if message.author is not Author.person:
        return message
    return replace(message, text=_LINK.sub(say("redaction.link"), message.text))


@cache
def _templates() -> Environment:
    return templates(markup=False, said_on=said_on, lines=lines, cited=cited)
