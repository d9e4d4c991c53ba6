"""Letters leave by SMTP, and a person comes back by the link in one."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Annotated
from urllib.parse import unquote, urlsplit

import aiosmtplib
from fastapi import APIRouter
from pydantic import BaseModel, Field

from bot.channels.problems import Problem
from bot.handover.letters import Letter, Letters, NotPosted
from bot.texts import say

_SECONDS = 20
_PORTS = {"smtp": 25, "smtps": 465}


class SmtpPostman:
    """`url` is smtp://user:password@host:587 (encrypted as soon as the server offers it) or
    smtps://…; `sender` the address letters come from."""

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    async def post(self, letter: Letter) -> None:
        try:
            await aiosmtplib.send(
                _message(letter, self._sender),
                # One letter, one person: whatever a reader of the headers would make of them.
                recipients=[letter.to],
                hostname=self._url.hostname,
                port=self._url.port or _PORTS[self._url.scheme],
                username=_read(self._url.username),
                password=_read(self._url.password),
                use_tls=self._url.scheme == "smtps",
                timeout=_SECONDS,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise NotPosted from error


def _message(letter: Letter, sender: str) -> EmailMessage:
    """Raises ValueError unless `to` is one address and nothing else, and each header one line."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = _one(letter.to)
    message["Subject"] = letter.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html")
    return message


def _one(address: str) -> Address:
    try:
        return Address(addr_spec=address)
    except (MessageError, IndexError) as error:
        raise ValueError("not one address") from error


def _read(part: str | None) -> str | None:
    return None if part is None else unquote(part)


class ReturnIn(BaseModel):
    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16,64}$")]


class ReturnOut(BaseModel):
    """What the widget keeps of a conversation; earlier secrets of it stay good."""

    id: str
    token: str


def return_router(letters: Letters) -> APIRouter:
    """POST /api/conversations/return."""
    router = APIRouter(prefix="/api/conversations", tags=["letters"])

    @router.post("/return", status_code=201)
    async def come_back(sent: ReturnIn) -> ReturnOut:
        """Use the code of a letter's link (`chat#retour=CODE`): good for thirty days, as often as
        it is opened. 410 once it is spent, or the conversation erased."""
        found = await letters.come_back(sent.code)
        if found is None:
            raise Problem(410, say("refusals.link_spent"))
        conversation_id, token = found
        return ReturnOut(id=conversation_id, token=token)

    return router
