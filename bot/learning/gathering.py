"""Gathers what there is to learn from: redacts the marked messages, and keeps them as suggestions.

A message is marked when it is stored as not understood, when its answer is judged unhelpful, when
it opens a case: one column, written with what is written anyway. The mark goes away in the very
transaction that adds the suggestion. So a gathering reads new messages only, however many are
stored, can be cut anywhere or run twice at once, and never misses one that was rated late.

It runs by itself every few minutes (`wiring`), not when the page is opened: redacting loads a
language model for seconds, which nobody should wait for, and the count in the navigation is right
before anybody opens the page.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol

from bot.learning.store import Gathered, LessonStore, Noticed
from bot.learning.suggestion import Kind
from bot.privacy.redaction import Personal, says_nothing

UNDO_WITHIN = timedelta(hours=1)
"""How long an adviser may take a decision back; then whose question it was is forgotten."""
_TOGETHER = 25
"""Messages in one transaction: short, as people's messages wait for it on SQLite."""


class Redaction(Protocol):
    async def redact(self, written: Sequence[Personal]) -> list[str]:
        """The texts without anything personal, in order."""


StartRedaction = Callable[[], AbstractAsyncContextManager[Redaction]]


class Gathering:
    """`redaction` is started only when there is something to redact."""

    def __init__(
        self, store: LessonStore, redaction: StartRedaction, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._redaction = redaction
        self._clock = clock

    async def gather(self) -> int:
        """Everything marked so far; how many suggestions were added."""
        await self._store.settle(decided_before=self._clock() - UNDO_WITHIN)
        noticed = await self._store.noticed(_TOGETHER)
        if not noticed:
            return 0
        added = 0
        async with self._redaction() as redaction:
            while noticed:
                added += await self._store.keep(await _redacted(redaction, noticed))
                noticed = await self._store.noticed(_TOGETHER)
        return added


async def _redacted(redaction: Redaction, noticed: Sequence[Noticed]) -> list[Gathered]:
    written = [Personal(each.text or "", each.names) for each in noticed]
    written += [Personal(each.comment, each.names) for each in noticed]
    redacted = await redaction.redact(written)
    texts, comments = redacted[: len(noticed)], redacted[len(noticed) :]
    return [
        Gathered(each, text if _teaches(each, text) else None, comment)
        for each, text, comment in zip(noticed, texts, comments, strict=True)
    ]


def _teaches(noticed: Noticed, text: str) -> bool:
    """What an adviser took the trouble to say is looked at, however little was asked."""
    return noticed.kind is Kind.taught or not says_nothing(text)
