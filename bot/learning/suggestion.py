"""A suggestion: something a person asked that the assistant may learn, if an adviser says so.

    open ──accept(topic) / missing / dismiss──► accepted | missing | dismissed ──undo──► open

Nothing is learnt by itself: an accepted suggestion is written into its topic's file by a command,
and read again by whoever publishes the knowledge.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256

from bot.learning.remark import Verdict
from bot.messages import Message, TopicMatch, Understanding, Why
from knowledge.folding import fold

_NOT_UNDERSTOOD = "out_of_scope"
_LANGUAGE = "fr"
# What is said around a request for an adviser is not what the request is about.
AROUND_A_REQUEST = frozenset({"adviser_contact", "small_talk", "privacy", "nonsense"})


class Kind(str, Enum):
    """Why a message is worth a look."""

    not_understood = "not_understood"
    unhelpful = "unhelpful"
    case_opened = "case_opened"
    taught = "taught"
    """An adviser said something of the answer: see `remark`."""


class State(str, Enum):
    open = "open"
    accepted = "accepted"
    missing = "missing"
    dismissed = "dismissed"


@dataclass(frozen=True)
class Suggestion:
    """`text` is redacted. `times`: how many messages said the same, folded. `by` is an adviser's
    display name. `candidates`: what the assistant thought of when it was asked, best first.
    `why`: what was wrong with the answer, if somebody said so."""

    id: int
    kind: Kind
    text: str
    at: datetime
    times: int
    candidates: tuple[TopicMatch, ...] = ()
    state: State = State.open
    topic: str | None = None
    by: str | None = None
    why: Why | None = None
    taught: "Taught | None" = None


@dataclass(frozen=True)
class Taught:
    """What an adviser said of the answer, their comment redacted like the question. `case_id` while
    the conversation is known."""

    verdict: Verdict
    topic: str | None
    comment: str
    by: str | None
    case_id: int | None


@dataclass(frozen=True)
class Decision:
    """What an adviser made of a suggestion; `topic` with `accepted`, and only then."""

    state: State
    topic: str | None = None


@dataclass(frozen=True)
class AlreadyDecided:
    """Somebody was quicker."""

    by: str


@dataclass(frozen=True)
class Gone:
    """There is no such suggestion any more: its conversation was erased, or it is gathered anew."""


def not_understood(message: Message, understanding: Understanding) -> bool:
    """Whether a message to the assistant is one it should perhaps have understood: words, in
    French, that it took for another matter than its own. Nonsense teaches nothing."""
    return (
        message.button is None
        and understanding.theme == _NOT_UNDERSTOOD
        and understanding.language == _LANGUAGE
    )


def what_opened(understood: Iterable[tuple[int, str]]) -> int | None:
    """The seq of the message a case is about, among (seq, theme) newest first: not « oui », nor the
    first name that was asked for."""
    return next((seq for seq, theme in understood if theme not in AROUND_A_REQUEST), None)


def sameness(text: str) -> str:
    """The same for two texts that differ by capitals, accents and punctuation only."""
    return sha256(fold(text).encode()).hexdigest()
