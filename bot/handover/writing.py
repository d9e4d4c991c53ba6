"""What advisers write beside answers: drafts, notes, shared replies; and answers held a moment.

Implemented in `storage`. Each method is one transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.handover.case import Adviser
from bot.messages import Citation

LONGEST_NOTE = 4000
LONGEST_TITLE = 80
LONGEST_TAG = 40


@dataclass(frozen=True)
class HeldAnswer:
    """An answer that is sent at `due_at` unless it is taken back before."""

    key: str
    case_id: int
    conversation_id: str
    adviser: Adviser
    text: str
    due_at: datetime
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Note:
    id: int
    author: str
    text: str
    at: datetime
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """Somebody named the reader in a note of a case."""

    case_id: int
    first_name: str
    author: str
    at: datetime


@dataclass(frozen=True)
class SharedReply:
    """Words kept to be used again; everybody's if `owner_id` is None. `tag` goes on the case."""

    id: int
    title: str
    text: str
    owner_id: int | None = None
    tag: str | None = None


def filled(text: str, values: Mapping[str, str]) -> str:
    """A shared reply with its variables: « {prenom} », « {conseiller} »… One that is not known
    stays as it is, to be seen."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def mentioned(text: str, colleagues: Sequence[Adviser]) -> tuple[Adviser, ...]:
    """Who a note names: « @Claire L. », « @claire » when there is one Claire."""
    folded = text.casefold()
    firsts = [each.display_name.casefold().split()[0] for each in colleagues if each.display_name]
    named = []
    for each in colleagues:
        name = each.display_name.casefold()
        first = name.split()[0] if name else ""
        if f"@{name}" in folded or (firsts.count(first) == 1 and f"@{first}" in folded):
            named.append(each)
    return tuple(named)


class Writing(Protocol):
    async def draft(self, case_id: int, adviser: Adviser) -> str: ...

    async def keep_draft(self, case_id: int, adviser: Adviser, text: str, *, now: datetime) -> None:
        """Empty text forgets it; of a case that is gone, nothing is kept."""

    async def hold(self, answer: HeldAnswer) -> None:
        """The same key twice is one answer; the draft it was leaves."""

    async def held(self, case_id: int, adviser: Adviser) -> HeldAnswer | None:
        """The adviser's answer that may still be taken back."""

    async def take_back(self, case_id: int, adviser: Adviser, *, now: datetime) -> str | None:
        """Its words are the draft again; None if it is too late."""

    async def due(self, now: datetime) -> list[HeldAnswer]:
        """Answers whose moment has come."""

    async def let_go(self, key: str) -> None: ...

    async def add_note(
        self, case_id: int, author: Adviser, text: str, mentions: Sequence[Adviser], *, at: datetime
    ) -> bool:
        """False if the case is gone."""

    async def notes(self, case_id: int) -> list[Note]:
        """Oldest first."""

    async def mentions(self, adviser: Adviser) -> list[Mention]:
        """Not read yet, newest first."""

    async def read_mentions(self, case_id: int, adviser: Adviser, *, now: datetime) -> None: ...

    async def tags(self, case_id: int) -> tuple[str, ...]: ...

    async def tag(self, case_id: int, tag: str) -> None: ...

    async def untag(self, case_id: int, tag: str) -> None: ...

    async def replies(self, adviser: Adviser) -> list[SharedReply]:
        """Everybody's and the adviser's own, by title."""

    async def keep_reply(self, reply: SharedReply, *, now: datetime) -> None:
        """Add it (`id` 0) or replace it."""

    async def forget_reply(self, reply_id: int) -> None: ...
