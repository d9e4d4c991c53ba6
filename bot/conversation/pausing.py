"""A channel on which the assistant is made silent for a while: people's messages are kept and
answered afterwards, and they are told so; advisers go on. Implemented in `storage`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Pause:
    """`words`: what people are told instead of our own sentence. `by`: an adviser's name, or who
    else it was, as in the log."""

    since: datetime
    words: str | None = None
    by: str | None = None


class Pauses(Protocol):
    """Each method is one transaction; every process reads them at each turn."""

    async def pause(self, channel: str, *, words: str | None, actor: str, now: datetime) -> bool:
        """False if it was paused already; its words are then changed."""

    async def resume(self, channel: str, *, actor: str) -> bool:
        """False if it was not paused."""

    async def paused(self) -> Mapping[str, Pause]:
        """By channel."""
