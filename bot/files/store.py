"""What keeping files needs. Implemented in `storage`, in the database: a file is stored, exported
and erased with the conversation it belongs to, and no web server can ever serve it by itself."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from bot.files.checking import FitFile
from bot.messages import FileRef, Message

MOST_IN_A_CONVERSATION = 20
MOST_WITH_AN_ANSWER = 5


@dataclass(frozen=True)
class Kept:
    """The message that carries a person's file. `again`: this very file was kept before."""

    message: Message
    again: bool


class NotKept(str, Enum):
    """Why a file was not kept."""

    unknown = "unknown"
    """There is no such conversation."""
    not_now = "not_now"
    """No adviser has the floor: nobody would read it."""
    too_many = "too_many"
    key_reused = "key_reused"


@dataclass(frozen=True)
class Content:
    """A file to be downloaded."""

    ref: FileRef
    content: bytes


class FileStore(Protocol):
    """Each method is one transaction."""

    async def receive(
        self, conversation_id: str, file: FitFile, *, external_id: str, at: datetime
    ) -> Kept | NotKept:
        """A person's file, as a message of theirs under the next seq; its text is the file's name.
        The same `external_id` twice is one message."""

    async def content(self, conversation_id: str, file_id: str) -> Content | None:
        """A file that was said in this conversation, or was prepared for it."""

    async def prepare(
        self, conversation_id: str, file: FitFile, *, adviser_id: int, at: datetime
    ) -> FileRef | NotKept:
        """Keep an adviser's file until the answer that will carry it is sent."""

    async def prepared(self, conversation_id: str, *, adviser_id: int) -> tuple[FileRef, ...]:
        """What the adviser's next answer will carry, in the order it was added."""

    async def discard(self, conversation_id: str, file_id: str, *, adviser_id: int) -> None:
        """Forget a file that was prepared and not sent."""
