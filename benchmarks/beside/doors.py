"""The two doors by which a person asks and gets the answer: our HTTP API, Rasa's REST channel.

Both answer the request itself once the answer exists. Ours is made sure of: if a page came back
without an answer, the page is asked for until it has one.
"""

import asyncio
import uuid
from collections.abc import Mapping
from enum import Enum
from typing import Any, Protocol

from aiohttp import ClientSession

_AGAIN = 0.005


class Side(str, Enum):
    ours = "ours"
    stock = "stock"


class Unanswered(Exception):
    """The service refused, failed, or said nothing."""


class Person(Protocol):
    """Somebody with a conversation of their own, which begins with the first question."""

    async def ask(self, question: str) -> None:
        """Return once the answer has arrived. Raises Unanswered."""


class OurPerson:
    """Opens the conversation with the first question, as stock does: it counts in its time."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self._session, self._at = session, f"{url}/api/conversations"
        self._headers: dict[str, str] = {}

    async def ask(self, question: str) -> None:
        if not self._headers:
            self._headers = {"Authorization": f"Bearer {await self.open()}"}
        key = {"Idempotency-Key": str(uuid.uuid4())}
        sent = {"json": {"text": question}, "headers": self._headers | key}
        page = await _answer(self._session, "POST", f"{self._at}/me/messages", **sent)
        after = page["message"]["seq"]
        while all(message["author"] == "person" for message in page["messages"]):
            await asyncio.sleep(_AGAIN)
            where = f"{self._at}/me/messages?after={after}"
            page = await _answer(self._session, "GET", where, headers=self._headers)

    async def open(self) -> str:
        """Begin the conversation; its secret."""
        page = await _answer(self._session, "POST", self._at, json={})
        return str(page["token"])


class StockPerson:
    def __init__(self, session: ClientSession, url: str) -> None:
        self._session, self._at = session, f"{url}/webhooks/rest/webhook"
        self._sender = str(uuid.uuid4())

    async def ask(self, question: str) -> None:
        said = {"sender": self._sender, "message": question}
        if not await _answer(self._session, "POST", self._at, json=said):
            raise Unanswered("no reply")


_PEOPLE: Mapping[Side, type[OurPerson] | type[StockPerson]] = {
    Side.ours: OurPerson,
    Side.stock: StockPerson,
}


def somebody(side: Side, session: ClientSession, url: str) -> Person:
    return _PEOPLE[side](session, url)


async def _answer(session: ClientSession, method: str, url: str, **sent: Any) -> Any:
    async with session.request(method, url, **sent) as response:
        if not response.ok:
            raise Unanswered(f"{response.status} {await response.text()}")
        return await response.json()
