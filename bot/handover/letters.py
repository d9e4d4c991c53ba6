"""Letters: what advisers said to a person who has gone and left an e-mail address.

A letter waits a while, for the person to come back by themselves and for the answers that follow
to go together. Its subject says nothing of anybody; its link opens the same conversation.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from bot.texts import say, say_to

logger = logging.getLogger(__name__)
GATHERED_FOR = timedelta(minutes=10)
"""How long answers are gathered, from the first the person has not read."""
GOOD_FOR = timedelta(days=30)
_TRY_AGAIN = timedelta(minutes=5)
_MOST_TRIES = 8


@dataclass(frozen=True)
class Letter:
    """What is posted: ready to be read, in plain text, and in HTML where that says more."""

    to: str
    subject: str
    text: str
    html: str | None = None


@dataclass(frozen=True)
class Due:
    """A letter to be written: to whom, and what advisers said that the person has not read."""

    conversation_id: str
    first_name: str
    email: str
    said: Sequence[tuple[str, str]]
    """Name and words, in order."""
    tries: int


class NotPosted(Exception):
    """The letter could not be handed over; it may be later."""


class Postman(Protocol):
    async def post(self, letter: Letter) -> None:
        """Hand a letter over to be delivered; raises NotPosted."""


class LetterStore(Protocol):
    """Each method is one transaction."""

    async def due(self, said_before: datetime, *, now: datetime) -> list[Due]:
        """Letters about what was said before then and is not read. Those that the person has read
        meanwhile are forgotten."""

    async def add_link(
        self, conversation_id: str, token_hash: bytes, expires_at: datetime
    ) -> bool: ...

    async def posted(self, conversation_id: str) -> None:
        """It is on its way; what is said from now on makes another letter."""

    async def put_off(self, conversation_id: str, until: datetime | None) -> None:
        """It could not be posted; None gives it up."""

    async def come_back(self, link_hash: bytes, secret_hash: bytes, *, now: datetime) -> str | None:
        """The conversation of a link still good, which `secret_hash` opens from now on."""


class Letters:
    """`link` puts a code into an address of ours."""

    def __init__(
        self,
        store: LetterStore,
        postman: Postman | None,
        *,
        link: Callable[[str], str],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._postman = postman
        self._link = link
        self._clock = clock

    async def post_what_is_due(self) -> int:
        """How many letters left. Without a postman, none."""
        if self._postman is None:
            return 0
        now = self._clock()
        due = await self._store.due(now - GATHERED_FOR, now=now)
        return sum([await self._post(each, self._postman, now) for each in due])

    async def _post(self, due: Due, postman: Postman, now: datetime) -> bool:
        code = secrets.token_urlsafe(32)
        expires_at = now + GOOD_FOR
        if not await self._store.add_link(due.conversation_id, _hash(code), expires_at):
            return False  # erased meanwhile
        try:
            await postman.post(_written(due, self._link(code)))
        except NotPosted:
            logger.warning("a letter could not be posted (try %d)", due.tries + 1)
            again = now + _TRY_AGAIN * 2**due.tries if due.tries + 1 < _MOST_TRIES else None
            await self._store.put_off(due.conversation_id, again)
            return False
        await self._store.posted(due.conversation_id)
        return True

    async def come_back(self, code: str) -> tuple[str, str] | None:
        """The conversation of a letter's link, and a secret of its own for this browser."""
        token = secrets.token_urlsafe(32)
        found = await self._store.come_back(_hash(code), _hash(token), now=self._clock())
        return None if found is None else (found, token)


def _hash(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def _written(due: Due, link: str) -> Letter:
    said = "\n\n".join(say("letters.said", name=name, words=words) for name, words in due.said)
    text = say_to(due.first_name, "letters.body", said=said, link=link)
    return Letter(due.email, say("letters.subject"), text)
