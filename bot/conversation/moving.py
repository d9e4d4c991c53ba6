"""A person goes on at another door with the same conversation, by a link that works once."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.conversation.conversations import hash_token
from bot.messages import Address

# Long enough to find one's telephone; short enough for a link left on a screen to be worth nothing.
_GOOD_FOR = timedelta(minutes=15)
_CODE_BYTES = 24


@dataclass(frozen=True)
class Offer:
    """What goes into the link; shown once, kept nowhere."""

    code: str
    expires_at: datetime


@dataclass(frozen=True)
class Move:
    """What a link leads to. `good`: neither used nor past its time."""

    conversation_id: str
    good: bool


class MoveStore(Protocol):
    """Each method is one transaction; a link is known by its hash and the door it leads to."""

    async def add(
        self, conversation_id: str, door: str, token_hash: bytes, expires_at: datetime
    ) -> None:
        """Keep a link; earlier ones of the conversation to that door are no longer good."""

    async def find(self, door: str, token_hash: bytes, now: datetime) -> Move | None: ...

    async def use_at(self, token_hash: bytes, address: Address, now: datetime) -> bool:
        """Use a link to `address.channel`, once: the conversation is reached there from now on,
        and delivered from the person's last message. False if it is not good, or if another
        conversation is reached there."""

    async def use_on_web(self, door: str, token_hash: bytes, secret: bytes, now: datetime) -> bool:
        """Use a link to the web, once: `secret`, a hash, opens the conversation from now on."""


class Moving:
    """Offers and uses the links."""

    def __init__(self, store: MoveStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def offer(self, conversation_id: str, door: str) -> Offer:
        offer = Offer(secrets.token_urlsafe(_CODE_BYTES), self._clock() + _GOOD_FOR)
        await self._store.add(conversation_id, door, hash_token(offer.code), offer.expires_at)
        return offer

    async def find(self, door: str, code: str) -> Move | None:
        return await self._store.find(door, hash_token(code), self._clock())

    async def to(self, address: Address, code: str) -> bool:
        return await self._store.use_at(hash_token(code), address, self._clock())

    async def to_web(self, door: str, code: str) -> tuple[str, str] | None:
        """The conversation's id and the new secret that opens it; None if the link is not good."""
        hashed = hash_token(code)
        move = await self._store.find(door, hashed, self._clock())
        token = secrets.token_urlsafe(32)
        if move is None:
            return None
        used = await self._store.use_on_web(door, hashed, hash_token(token), self._clock())
        return (move.conversation_id, token) if used else None
