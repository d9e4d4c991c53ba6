"""What an adviser does with a case, as the desk asks for it: one method, one act."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.handover.case import (
    Act,
    Adviser,
    Case,
    Ending,
    Outcome,
    Refused,
    answer,
    claim,
    end,
    release,
    relieve,
    reopen,
    send_to,
    snooze,
    transfer,
)
from bot.handover.hours import speak
from bot.handover.office import Office, promise
from bot.handover.store import CaseFile, CaseStore
from bot.messages import Author, Button, Citation, FileRef, Reply
from bot.texts import say

SATISFACTION = ("/helped_3", "/helped_2", "/helped_1")
"""The payloads of the buttons by which a person says how well an adviser helped them."""

Announce = Callable[[str], None]
"""Told the id of a conversation that has something new."""


def promise_in_words(moment: datetime, person_timezone: str) -> str:
    """« d'ici lundi 30 novembre à 13 h, heure de Québec (19 h à Paris) »."""
    spoken = speak(moment, person_timezone)
    if spoken.person_hour is None:
        return say("handover.promise_quebec", day=spoken.day, hour=spoken.hour)
    return say(
        "handover.promise_both",
        day=spoken.day,
        hour=spoken.hour,
        person_hour=spoken.person_hour,
        person_city=spoken.person_city,
    )


class DeskWork:
    """Every act that changes a case. Afterwards the conversation's listeners are told.

    `resume` is called when the assistant may have the floor again, so that a message that came
    meanwhile is answered.
    """

    def __init__(
        self,
        store: CaseStore,
        *,
        office: Office,
        clock: Callable[[], datetime],
        announce: Announce,
        resume: Callable[[str], Awaitable[object]],
    ) -> None:
        self._store = store
        self._office = office
        self._clock = clock
        self._announce = announce
        self._resume = resume

    async def claim(self, case_id: int, adviser: Adviser) -> Case | Refused:
        announce = _system(say("handover.claimed", adviser=adviser.display_name))
        return await self.perform(
            case_id, claim(adviser, now=self._clock(), announce=announce), adviser
        )

    async def answer(
        self,
        case_id: int,
        adviser: Adviser,
        text: str,
        *,
        key: str | None = None,
        files: tuple[FileRef, ...] = (),
        sources: tuple[Citation, ...] = (),
    ) -> Case | Refused:
        """Say something to the person. The same `key` again is the same answer, said once."""
        return await self.perform(
            case_id, answer(adviser, text=text, key=key, files=files, sources=sources), adviser
        )

    async def release(
        self, case_id: int, adviser: Adviser, *, by: Adviser | None = None
    ) -> Case | Refused:
        """Put the case back in the queue; `by` somebody else, when its adviser cannot."""
        act = await self._releasing(case_id, adviser, said="handover.released")
        return await self.perform(case_id, act, by or adviser)

    async def transfer(self, case_id: int, adviser: Adviser, to: Adviser) -> Case | Refused:
        act = self._transferring(adviser, to, said="handover.transferred")
        return await self.perform(case_id, act, adviser)

    async def relieve(
        self, case_id: int, adviser: Adviser, cover: Adviser | None
    ) -> Case | Refused:
        """Of an adviser who is away, and whose word the person waits for: to who takes over, else
        back in its queue with a new promise. Refused once the person waits no more."""
        if cover is not None:
            act = self._transferring(adviser, cover, said="handover.covered")
        else:
            act = await self._releasing(case_id, adviser, said="handover.relieved")
        return await self.perform(case_id, relieve(adviser, act), None)

    async def _releasing(self, case_id: int, adviser: Adviser, *, said: str) -> Act:
        now, file = self._clock(), await self._store.find(case_id)
        institution = None if file is None else file.case.institution
        promised_at = await promise(self._office, institution, now)
        words = promise_in_words(promised_at, _timezone(file))
        announce = _system(say(said, adviser=adviser.display_name, promise=words))
        return release(adviser, now=now, promised_at=promised_at, announce=announce)

    def _transferring(self, adviser: Adviser, to: Adviser, *, said: str) -> Act:
        words = say(said, adviser=adviser.display_name, to=to.display_name)
        return transfer(adviser, to, now=self._clock(), announce=_system(words))

    async def send_to(
        self, case_id: int, adviser: Adviser, institution: str | None, *, called: str
    ) -> Case | Refused:
        """Put the case in the queue of an institution; `called` is how it is named to people."""
        now = self._clock()
        file = await self._store.find(case_id)
        promised_at = await promise(self._office, institution, now)
        words = promise_in_words(promised_at, _timezone(file))
        announce = _system(say("handover.sent_on", to=called, promise=words))
        act = send_to(adviser, institution, now=now, promised_at=promised_at, announce=announce)
        return await self.perform(case_id, act, adviser)

    async def snooze(
        self, case_id: int, adviser: Adviser, until: datetime | None
    ) -> Case | Refused:
        return await self.perform(case_id, snooze(adviser, until), adviser)

    async def reopen(self, case_id: int, adviser: Adviser) -> Case | Refused:
        announce = _system(say("handover.reopened", adviser=adviser.display_name))
        act = reopen(adviser, now=self._clock(), announce=announce)
        return await self.perform(case_id, act, adviser)

    async def give_back(self, case_id: int, adviser: Adviser) -> Case | Refused:
        return await self._end(case_id, adviser, Ending.given_back)

    async def close(
        self,
        case_id: int,
        adviser: Adviser,
        *,
        outcome: Outcome = Outcome.answered,
        ask: bool = False,
    ) -> Case | Refused:
        """`ask`: the person is asked whether they were helped, with buttons."""
        words = say("handover.closed", adviser=adviser.display_name)
        announce = _system(words)
        if ask:
            question = f"{words} {say('handover.helped')}"
            announce = Reply(question, author=Author.system, buttons=_satisfaction())
        act = end(adviser, Ending.closed, now=self._clock(), announce=announce, outcome=outcome)
        return await self.perform(case_id, act, adviser)

    async def _end(self, case_id: int, adviser: Adviser, ending: Ending) -> Case | Refused:
        announce = _system(say(f"handover.{ending.value}", adviser=adviser.display_name))
        act = end(adviser, ending, now=self._clock(), announce=announce)
        return await self.perform(case_id, act, adviser)

    async def perform(self, case_id: int, act: Act, adviser: Adviser | None) -> Case | Refused:
        """Do an act, by an adviser or (None) by the service itself."""
        actor = "system" if adviser is None else f"adviser:{adviser.id}"
        done = await self._store.apply(case_id, act, actor=actor)
        if isinstance(done, Case):
            self._announce(done.conversation_id)
            await self._resume(done.conversation_id)
        return done


def _timezone(file: CaseFile | None) -> str:
    return "America/Toronto" if file is None else file.conversation.timezone


def _satisfaction() -> tuple[Button, ...]:
    names = ("handover.helped_yes", "handover.helped_partly", "handover.helped_no")
    grades = zip(names, SATISFACTION, strict=True)
    return tuple(Button(say(name), payload) for name, payload in grades)


def _system(text: str) -> Reply:
    return Reply(text, author=Author.system)
