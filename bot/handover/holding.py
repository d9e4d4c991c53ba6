"""Answers held for a moment, so that they may be taken back, then said.

Held in the database, not in a browser: whoever closes the page, or a service that is killed, loses
nothing. The form's key is the message's external id: said twice, it is one message.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.files.store import FileStore
from bot.handover.case import Refused
from bot.handover.desk_work import DeskWork
from bot.handover.writing import HeldAnswer, Writing

logger = logging.getLogger(__name__)


class Holding:
    def __init__(
        self, writing: Writing, files: FileStore, work: DeskWork, clock: Callable[[], datetime]
    ) -> None:
        self._writing = writing
        self._files = files
        self._work = work
        self._clock = clock

    async def say_what_is_due(self) -> int:
        """Say the answers whose moment has come; how many there were."""
        due = await self._writing.due(self._clock())
        for answer in due:
            await self._say(answer)
        return len(due)

    async def _say(self, answer: HeldAnswer) -> None:
        """One that may no longer be said (the case changed hands) is a draft again."""
        files = await self._files.prepared(answer.conversation_id, adviser_id=answer.adviser.id)
        said = await self._work.answer(
            answer.case_id,
            answer.adviser,
            answer.text,
            key=answer.key,
            files=files,
            sources=answer.sources,
        )
        if isinstance(said, Refused):
            logger.info("a held answer could not be said: %s", said.why.value)
            now = self._clock()
            await self._writing.keep_draft(answer.case_id, answer.adviser, answer.text, now=now)
        await self._writing.let_go(answer.key)
