"""What is kept about a person: all of it can be shown, and all of it can be erased."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

Records = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by table, ready for JSON; secrets left out."""


class PersonalRecords(Protocol):
    """Implemented in `storage`, over every table that names a conversation."""

    async def export(self, conversation_id: str) -> Records | None:
        """Everything there is about one conversation; None if there is nothing."""

    async def erase(self, conversation_id: str, *, actor: str, reason: str | None = None) -> bool:
        """Remove all of it at once; False if there was nothing. `reason` goes to the log."""
