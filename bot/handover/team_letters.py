"""The team is written to about the cases that everybody was shown and nobody took: numbers alone.

A case is told once while it waits in a queue; one whose letter could not leave is told next time.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.handover.case import tell_team
from bot.handover.desk_work import DeskWork
from bot.handover.letters import Letter, NotPosted, Postman
from bot.handover.office import Office
from bot.handover.roles import SHOWN_TO_ALL
from bot.handover.store import CaseStore
from bot.texts import say

logger = logging.getLogger(__name__)


class TeamLetters:
    """`link` is the desk's address. Without a postman, or a team's address, nothing is written."""

    def __init__(
        self,
        store: CaseStore,
        work: DeskWork,
        office: Office,
        postman: Postman | None,
        *,
        link: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._work = work
        self._office = office
        self._postman = postman
        self._link = link
        self._clock = clock

    async def write(self) -> int:
        """Of how many cases the team was told."""
        to = (await self._office.terms()).team_email
        if self._postman is None or not to:
            return 0
        waiting = [each.case for each in await self._store.waiting()]
        nobodys = [
            case.id
            for case in waiting
            if case.announced > SHOWN_TO_ALL and case.team_told_at is None
        ]
        if not nobodys:
            return 0
        cases = ", ".join(str(each) for each in sorted(nobodys))
        text = say("letters.late", cases=cases, link=self._link)
        try:
            await self._postman.post(Letter(to, say("letters.late_subject"), text))
        except NotPosted:
            logger.warning("the team could not be written to; tried again")
            return 0
        for case_id in nobodys:
            await self._work.perform(case_id, tell_team(now=self._clock()), None)
        return len(nobodys)
