"""What learning needs to be kept by. Implemented in `storage`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.handover.case import Adviser
from bot.learning.suggestion import AlreadyDecided, Decision, Gone, Kind, Suggestion
from bot.messages import TopicMatch, Why


@dataclass(frozen=True)
class Noticed:
    """A message that was marked to be gathered, and the question it stands for.

    `seq` is the marked message (an answer judged unhelpful, or the question itself), `asked_seq`
    the question. `text` is as the person wrote it; None if it was a button. `names` are what the
    person is known to be called. `why` is what they found wrong with an unhelpful answer.
    """

    conversation_id: str
    seq: int
    asked_seq: int
    kind: Kind
    text: str | None
    at: datetime
    candidates: tuple[TopicMatch, ...] = ()
    names: tuple[str, ...] = ()
    why: Why | None = None
    comment: str = ""
    """An adviser's, of a `taught` one."""


@dataclass(frozen=True)
class Gathered:
    """What was noticed, its text and its comment redacted; no text when nothing is left to learn
    from."""

    noticed: Noticed
    text: str | None
    comment: str = ""


class LessonStore(Protocol):
    """What gathering asks for. Each method is one transaction."""

    async def noticed(self, limit: int) -> list[Noticed]:
        """Messages marked and not gathered yet."""

    async def keep(self, gathered: Sequence[Gathered]) -> int:
        """Add suggestions and take the marks away, together; how many were added.

        A message makes one suggestion, whoever gathers it and however often. A text already
        decided on only counts once more; an erased conversation leaves nothing; who gave a name
        since it was noticed keeps the mark, to be redacted with it.
        """

    async def settle(self, *, decided_before: datetime) -> None:
        """Forget whose question it was, of what was accepted or found missing before then."""


class SuggestionStore(Protocol):
    """What deciding asks for. Each method is one transaction."""

    async def count_open(self, reader: Adviser | None = None) -> int:
        """How many different texts wait for a decision. What an adviser taught from a case is
        there for a reader who reaches the case, and for nobody else."""

    async def open(
        self, reader: Adviser | None = None, *, after: int, limit: int
    ) -> list[Suggestion]:
        """Open suggestions, one for each different text: what was taught first, then the most
        frequent, then the newest. `after` are skipped."""

    async def decide(
        self, suggestion_id: int, decision: Decision, *, adviser: Adviser, now: datetime
    ) -> Suggestion | AlreadyDecided | Gone:
        """Decide for all that say the same. Of two advisers at once, the second is refused.

        The adviser's decision before this one is final from now on.
        """

    async def last_decided(self, adviser: Adviser, *, since: datetime) -> Suggestion | None:
        """The adviser's last decision, if it can still be undone."""

    async def undo(self, suggestion_id: int, *, adviser: Adviser, since: datetime) -> bool:
        """Open it again; False if it is not the adviser's last decision, or is final."""

    async def accepted(self) -> list[Suggestion]:
        """Accepted and not written into the knowledge yet, one for each text, oldest first."""

    async def missing(self) -> list[Suggestion]:
        """Of which an adviser said that a topic is missing: most frequent first."""

    async def mark_written(self, suggestion_ids: Sequence[int], *, now: datetime) -> None:
        """They are in the topics' files now, with all that say the same."""
