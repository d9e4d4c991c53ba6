"""What the assistant has come to know of a person, for the adviser. Implemented in `storage`."""

from collections.abc import Mapping
from typing import Protocol


class Known(Protocol):
    async def of(self, conversation_id: str) -> Mapping[str, str]:
        """The parts of the profile that are known, by name; nothing that is not known."""
