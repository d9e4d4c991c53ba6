"""A case and all that may happen to it. Pure: values in, values out, nothing stored.

    waiting ──claim──► claimed ──give back / close──► ended ──reopen──► claimed
       ▲                  │ ▲│
       └─release / send on┘ └┴ answer, transfer, snooze
                                   waiting ──expire / withdraw──► ended

Each act returns a `Step` (the new case, who gets the floor, what is said, how it is logged) or a
`Refusal`. The store applies a step whole or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.messages import Author, Citation, FileRef, Holder, Reason, Reply


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


class Outcome(str, Enum):
    """What came of a case, as the adviser who closed it says."""

    answered = "answered"
    referred = "referred"
    no_reply = "no_reply"
    not_ours = "not_ours"


class Refusal(str, Enum):
    """Why an act was refused. The words are chosen where it is shown."""

    unknown = "unknown"
    taken = "taken"
    not_yours = "not_yours"
    ended = "ended"
    not_ended = "not_ended"
    other_open = "other_open"


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
    theme: str | None = None
    awaits_since: datetime | None = None
    """Since when the person waits for a word of ours; None when we wait for one of theirs."""
    snoozed_until: datetime | None = None
    announced: int = 0
    """How many times it was announced again since it waits."""
    queued_at: datetime | None = None
    """Since when it is in a queue, as it came there last."""
    announced_at: datetime | None = None
    """When it was announced last, coming to a queue included."""
    team_told_at: datetime | None = None
    """When the team was written to, since it waits."""
    outcome: Outcome | None = None
    satisfaction: int | None = None


@dataclass(frozen=True)
class Refused:
    """The act was not done. `by` is who has the case, when that is the reason."""

    why: Refusal
    by: Adviser | None = None


@dataclass(frozen=True)
class Step:
    """What an act changes, to be stored whole or not at all. `verb` goes to the log. `new_hands`:
    another adviser has the floor, and pages that show the case must know."""

    case: Case
    holder: Holder
    verb: str
    say: tuple[Reply, ...] = ()
    new_hands: bool = False


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
    adviser: Adviser,
    *,
    text: str,
    key: str | None = None,
    files: tuple[FileRef, ...] = (),
    sources: tuple[Citation, ...] = (),
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
            sources=sources,
            files=files,
        )
        answered = replace(case, awaits_since=None, snoozed_until=None)
        return Step(answered, Holder.adviser, "case.answered", (said,))

    return act


def release(adviser: Adviser, *, now: datetime, promised_at: datetime, announce: Reply) -> Act:
    """Put the case back in the queue, with a new promise to the person."""

    def act(case: Case) -> Step | Refused:
        if refused := _held_by(case, adviser):
            return refused
        return Step(_waiting(case, now, promised_at), Holder.waiting, "case.released", (announce,))

    return act


def _waiting(case: Case, now: datetime, promised_at: datetime) -> Case:
    return replace(
        case,
        state=State.waiting,
        adviser=None,
        claimed_at=None,
        promised_at=promised_at,
        awaits_since=case.awaits_since or now,
        snoozed_until=None,
        announced=0,
        queued_at=now,
        announced_at=now,
        team_told_at=None,
    )


def transfer(adviser: Adviser, to: Adviser, *, now: datetime, announce: Reply) -> Act:
    """Give the case to a colleague, who has it from then on."""

    def act(case: Case) -> Step | Refused:
        if refused := _held_by(case, adviser):
            return refused
        theirs = replace(case, adviser=to, claimed_at=now, snoozed_until=None)
        return Step(theirs, Holder.adviser, "case.transferred", (announce,), new_hands=True)

    return act


def send_to(
    adviser: Adviser,
    institution: str | None,
    *,
    now: datetime,
    promised_at: datetime,
    announce: Reply,
) -> Act:
    """Put the case in the queue of an institution (None: the common one), with a new promise."""

    def act(case: Case) -> Step | Refused:
        if refused := _held_by(case, adviser):
            return refused
        theirs = replace(_waiting(case, now, promised_at), institution=institution)
        return Step(theirs, Holder.waiting, "case.sent_on", (announce,))

    return act


def snooze(adviser: Adviser, until: datetime | None) -> Act:
    """Out of sight until then, or until the person writes; None wakes it up."""

    def act(case: Case) -> Step | Refused:
        if refused := _held_by(case, adviser):
            return refused
        verb = "case.woken" if until is None else "case.snoozed"
        return Step(replace(case, snoozed_until=until), Holder.adviser, verb)

    return act


def reopen(adviser: Adviser, *, now: datetime, announce: Reply) -> Act:
    """An ended case again, in the hands of who reopens it. The store refuses it while the person
    has another open."""

    def act(case: Case) -> Step | Refused:
        if case.state is not State.ended:
            return Refused(Refusal.not_ended, by=case.adviser)
        again = replace(
            case,
            state=State.claimed,
            adviser=adviser,
            claimed_at=now,
            ended_at=None,
            ending=None,
            outcome=None,
        )
        return Step(again, Holder.adviser, "case.reopened", (announce,))

    return act


def relieve(adviser: Adviser, act: Act) -> Act:
    """Pass on the case of an adviser who is away, while the person waits for a word of theirs."""

    def relieved(case: Case) -> Step | Refused:
        if (refused := _held_by(case, adviser)) or case.awaits_since is None:
            return refused or Refused(Refusal.not_yours, by=adviser)
        return act(case)

    return relieved


def announce_again(
    seen: int, *, now: datetime, promised_at: datetime | None = None, tell: tuple[Reply, ...] = ()
) -> Act:
    """Nobody took it: it is announced once more, with a new promise if the last was broken. `seen`
    is how often it had been when that was decided: of two who decide it at once, one does it."""

    def act(case: Case) -> Step | Refused:
        if refused := _not_waiting(case, seen):
            return refused
        more = replace(
            case,
            announced=case.announced + 1,
            announced_at=now,
            promised_at=promised_at or case.promised_at,
        )
        return Step(more, Holder.waiting, "case.announced_again", tell)

    return act


def promise_anew(broken: datetime, *, promised_at: datetime, announce: Reply) -> Act:
    """The hours changed: nobody answers any more when it was promised (`broken`)."""

    def act(case: Case) -> Step | Refused:
        if refused := _not_waiting(case, case.announced):
            return refused
        if case.promised_at != broken:
            return Refused(Refusal.taken)
        anew = replace(case, promised_at=promised_at)
        return Step(anew, Holder.waiting, "case.promised_anew", (announce,))

    return act


def tell_team(*, now: datetime) -> Act:
    """The team was written to: once, however long the case still waits in its queue."""

    def act(case: Case) -> Step | Refused:
        if refused := _not_waiting(case, case.announced):
            return refused
        return Step(replace(case, team_told_at=now), Holder.waiting, "case.team_told")

    return act


def _not_waiting(case: Case, announced: int) -> Refused | None:
    if case.state is State.ended:
        return Refused(Refusal.ended)
    gone_on = case.state is State.claimed or case.announced != announced
    return Refused(Refusal.taken, by=case.adviser) if gone_on else None


def end(
    adviser: Adviser,
    ending: Ending,
    *,
    now: datetime,
    announce: Reply,
    outcome: Outcome | None = None,
) -> Act:
    """Give the floor back to the assistant, or close: either way the assistant answers again."""

    def act(case: Case) -> Step | Refused:
        if refused := _held_by(case, adviser):
            return refused
        ended = replace(_ended(case, ending, now), outcome=outcome)
        return Step(ended, Holder.bot, f"case.{ending.value}", (announce,))

    return act


def _ended(case: Case, ending: Ending, now: datetime) -> Case:
    return replace(
        case,
        state=State.ended,
        ended_at=now,
        ending=ending,
        awaits_since=None,
        snoozed_until=None,
    )


def withdraw(*, now: datetime) -> Act:
    """The person takes the request back. What they are told is said by the assistant."""

    def act(case: Case) -> Step | Refused:
        if refused := _not_waiting(case, case.announced):
            return refused
        ended = _ended(case, Ending.withdrawn, now)
        return Step(ended, Holder.bot, "case.withdrawn")

    return act


def expire(*, now: datetime, announce: Reply) -> Act:
    """End a case nobody took. A case somebody has is never cut."""

    def act(case: Case) -> Step | Refused:
        if refused := _not_waiting(case, case.announced):
            return refused
        ended = _ended(case, Ending.unclaimed, now)
        return Step(ended, Holder.bot, "case.unclaimed", (announce,))

    return act
