"""A case and all that may happen to it. Pure: values in, values out, nothing stored.

    waiting ──claim──► claimed ──give back / close──► ended
       ▲                  │
       └────release───────┘        waiting ──expire / withdraw──► ended

Each act returns a `Step` (the new case, who gets the floor, what is said, how it is logged) or a
`Refusal`. The store applies a step whole or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.messages import Author, FileRef, Holder, Reason, Reply


class State(str, Enum):
    waiting = "waiting"
    claimed = "claimed"
    ended = "ended"


class Ending(str, Enum):
    """How a case ended. Each ending has one closing message."""

    given_back = "given_back"
    closed = "closed"
    unclaimed = "unclaimed"
    withdrawn = "withdrawn"


class Refusal(str, Enum):
    """Why an act was refused. The words are chosen where it is shown."""

    unknown = "unknown"
    taken = "taken"
    not_yours = "not_yours"
    ended = "ended"


@dataclass(frozen=True)
class Adviser:
    """Somebody who answers at the desk. `display_name` is what the person sees."""

    id: int
    email: str
    display_name: str
    role: str = "adviser"
    institution: str | None = None

    @property
    def actor(self) -> str:
        """How the log names them."""
        return f"adviser:{self.id}"


@dataclass(frozen=True)
class Case:
    """An escalated conversation: why, since when, what was promised, who has it, how it ended."""

    id: int
    conversation_id: str
    reason: Reason
    opened_at: datetime
    promised_at: datetime
    state: State = State.waiting
    adviser: Adviser | None = None
    claimed_at: datetime | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None
    institution: str | None = None
    """The one the person named; None: the common queue."""


@dataclass(frozen=True)
class Refused:
    """The act was not done. `by` is who has the case, when that is the reason."""

    why: Refusal
    by: Adviser | None = None


@dataclass(frozen=True)
class Step:
    """What an act changes, to be stored whole or not at all. `verb` goes to the log."""

    case: Case
    holder: Holder
    verb: str
    say: tuple[Reply, ...] = ()


Act = Callable[[Case], Step | Refused]


def claim(adviser: Adviser, *, now: datetime, announce: Reply) -> Act:
    """Take a waiting case. Claiming one's own case again changes nothing and is not refused."""

    def act(case: Case) -> Step | Refused:
        if case.state is State.ended:
            return Refused(Refusal.ended)
        if case.adviser is not None and case.adviser.id != adviser.id:
            return Refused(Refusal.taken, by=case.adviser)
        if case.adviser is not None:
            return Step(case, Holder.adviser, "case.claimed_again")
        taken = replace(case, state=State.claimed, adviser=adviser, claimed_at=now)
        return Step(taken, Holder.adviser, "case.claimed", (announce,))

    return act


def _held_by(case: Case, adviser: Adviser) -> Refused | None:
    if case.state is State.ended:
        return Refused(Refusal.ended)
    if case.adviser is None or case.adviser.id != adviser.id:
        return Refused(Refusal.not_yours, by=case.adviser)
    return None


def answer(
    adviser: Adviser, *, text: str, key: str | None = None, files: tuple[FileRef, ...] = ()
) -> Act:
    """Say something to the person; only who holds the case may. Files alone are said by name."""
    words = text or ", ".join(file.name for file in files)

    def act(case: Case) -> Step | Refused:
        if refused := _held_by(case, adviser):
            return refused
        said = Reply(
            words,
            author=Author.adviser,
            name=adviser.display_name,
            external_id=key,
            files=files,
        )
        return Step(case, Holder.adviser, "case.answered", (said,))

    return act


def release(adviser: Adviser, *, promised_at: datetime, announce: Reply) -> Act:
    """Put the case back in the queue, with a new promise to the person."""

    def act(case: Case) -> Step | Refused:
        if refused := _held_by(case, adviser):
            return refused
        waiting = replace(
            case, state=State.waiting, adviser=None, claimed_at=None, promised_at=promised_at
        )
        return Step(waiting, Holder.waiting, "case.released", (announce,))

    return act


def end(adviser: Adviser, ending: Ending, *, now: datetime, announce: Reply) -> Act:
    """Give the floor back to the assistant, or close: either way the assistant answers again."""

    def act(case: Case) -> Step | Refused:
        if refused := _held_by(case, adviser):
            return refused
        ended = replace(case, state=State.ended, ended_at=now, ending=ending)
        return Step(ended, Holder.bot, f"case.{ending.value}", (announce,))

    return act


def withdraw(*, now: datetime) -> Act:
    """The person takes the request back. What they are told is said by the assistant."""

    def act(case: Case) -> Step | Refused:
        if case.state is not State.waiting:
            return Refused(Refusal.taken if case.state is State.claimed else Refusal.ended)
        ended = replace(case, state=State.ended, ended_at=now, ending=Ending.withdrawn)
        return Step(ended, Holder.bot, "case.withdrawn")

    return act


def expire(*, now: datetime, announce: Reply) -> Act:
    """End a case nobody took. A case somebody has is never cut."""

    def act(case: Case) -> Step | Refused:
        if case.state is not State.waiting:
            return Refused(Refusal.taken if case.state is State.claimed else Refusal.ended)
        ended = replace(case, state=State.ended, ended_at=now, ending=Ending.unclaimed)
        return Step(ended, Holder.bot, "case.unclaimed", (announce,))

    return act
