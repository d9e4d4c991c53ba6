"""What an adviser says of an answer of the assistant, from the case they read it in.

It becomes a suggestion like what people themselves find wrong (see `gathering`): redacted, decided
on by an adviser, gone with the conversation. Until then it can be taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from bot.handover.case import Adviser

LONGEST_COMMENT = 500


class Verdict(str, Enum):
    wrong = "wrong"
    """What it says is false, or no longer true."""
    other_topic = "other_topic"
    """Right in itself, and not what was asked: another topic was."""
    missing = "missing"
    """Nothing answers this yet."""


@dataclass(frozen=True)
class Remark:
    """`seq` is the answer's. `topic` with `other_topic`, and only then. `by` is the adviser."""

    seq: int
    verdict: Verdict
    by: Adviser
    at: datetime
    topic: str | None = None
    comment: str = ""


@dataclass(frozen=True)
class Noted:
    """It is kept, in place of the same adviser's earlier one."""


@dataclass(frozen=True)
class AlreadyNoted:
    """A colleague said something of this answer before."""

    by: str


@dataclass(frozen=True)
class NoSuchAnswer:
    """The conversation has no answer of the assistant there."""


class Remarks(Protocol):
    """Implemented in `storage`. Each method is one transaction."""

    async def of(self, conversation_id: str) -> Mapping[int, Remark]:
        """By the answer's seq."""

    async def note(
        self, case_id: int, conversation_id: str, remark: Remark
    ) -> Noted | AlreadyNoted | NoSuchAnswer: ...

    async def take_back(self, case_id: int, conversation_id: str, seq: int, by: Adviser) -> bool:
        """False if it is not the adviser's, or was decided on meanwhile."""
