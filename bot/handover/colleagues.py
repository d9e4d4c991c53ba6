"""Who else answers at the desk. Implemented in `storage`."""

from typing import Protocol

from bot.handover.case import Adviser


class Colleagues(Protocol):
    async def all(self) -> list[Adviser]:
        """Everybody who can sign in, by name."""
