"""What the buttons under a message carry: a letter, the conversation, the message, which one.

Telegram gives 64 bytes. What a button means stays in the conversation; a button of another one, or
of one that was erased, is known by its tag.
"""

from dataclasses import dataclass
from enum import Enum

_TAG = 8


class Kind(str, Enum):
    reply = "b"
    """`number`: which of the message's buttons."""
    rate = "f"
    """`number`: 1 useful, 0 not."""
    why = "w"
    """`number`: which reason, in the order of `Why`."""
    tick = "t"
    """`number`: twice which of the message's cards, and 1 to tick it."""
    calendar = "c"
    page = "p"
    adviser = "a"
    erase = "e"
    move = "m"
    """`tag` is the code of a link; `number`: 1 follows it, 0 does not."""
    nothing = "x"


@dataclass(frozen=True)
class Gesture:
    kind: Kind
    tag: str = ""
    seq: int = 0
    number: int = 0

    @property
    def data(self) -> str:
        """At most 64 bytes, whatever the message."""
        return f"{self.kind.value}:{self.tag}:{self.seq}:{self.number}"

    @classmethod
    def read(cls, data: str) -> "Gesture | None":
        """None if this service never wrote it."""
        try:
            kind, tag, seq, number = data.split(":")
            return cls(Kind(kind), tag, int(seq), int(number))
        except ValueError:
            return None


def tag_of(conversation_id: str) -> str:
    return conversation_id[:_TAG]
