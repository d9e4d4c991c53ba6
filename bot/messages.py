"""The words every room shares, as frozen values. Wire formats are mapped to them at the edges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

# The payload of the button by which a person asks for an adviser. The assistant offers it under
# its answers; an answer judged unhelpful offers it by itself.
ASK_ADVISER = "/ask_adviser"
# That of the button by which a person confirms that everything about them is to be erased.
ERASE = "/erase_everything"


CHANNELS = ("web", "telegram")


class Author(str, Enum):
    """Who said a message."""

    person = "person"
    bot = "bot"
    adviser = "adviser"
    system = "system"


class Holder(str, Enum):
    """Who has the floor: who speaks next to the person."""

    bot = "bot"
    waiting = "waiting"
    adviser = "adviser"


class Reason(str, Enum):
    """Why a conversation was escalated."""

    asked = "asked"
    personal_case = "personal_case"
    misunderstood = "misunderstood"
    negative_feedback = "negative_feedback"
    topic = "topic"


class CardKind(str, Enum):
    """What a card shows."""

    step = "step"
    programme = "programme"
    event = "event"
    institution = "institution"
    budget = "budget"
    comparison = "comparison"


class Why(str, Enum):
    """What was wrong with an answer, said in one tap by whoever judged it unhelpful."""

    wrong = "wrong"
    unclear = "unclear"
    incomplete = "incomplete"
    not_my_question = "not_my_question"


@dataclass(frozen=True)
class Address:
    """Where a person is reached: the channel and their key on it (Telegram: the chat's id)."""

    channel: str
    key: str


@dataclass(frozen=True)
class Button:
    """A ready-made message; `payload` is what the engine receives, never shown."""

    title: str
    payload: str


@dataclass(frozen=True)
class Citation:
    """A source as it is shown under an answer; `as_of` is ready to be read."""

    title: str
    url: str
    publisher: str
    official: bool
    as_of: str


@dataclass(frozen=True)
class Fact:
    """One line of a card, both sides ready to be read."""

    label: str
    value: str


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Card:
    """A thing shown beside an answer: a step of a plan, a programme, an event, a budget…

    `mark` is a short word shown as a badge (« en retard »). `starts` and `ends` are the first and
    the last day of what is dated; one without the other is the day itself, or a deadline. `tick`
    names the checklist item that the person may tick.
    """

    kind: CardKind
    title: str
    text: str = ""
    facts: tuple[Fact, ...] = ()
    link: Link | None = None
    mark: str | None = None
    starts: date | None = None
    ends: date | None = None
    tick: str | None = None
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class FileRef:
    """A file that a message carries; its bytes are asked for by `id`. `size` is in bytes."""

    id: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Incoming:
    """What a channel received. The same `external_id` in a conversation is the same message.

    `button` is the payload of a button that was offered; `text` is then its title.
    """

    conversation_id: str
    text: str
    external_id: str
    at: datetime
    button: str | None = None


@dataclass(frozen=True)
class Reply:
    """One thing to say to the person, before it has a place in the conversation.

    With an `external_id`, saying it again is refused by the store: it is the same message.
    """

    text: str
    author: Author = Author.bot
    name: str | None = None
    external_id: str | None = None
    buttons: tuple[Button, ...] = ()
    sources: tuple[Citation, ...] = ()
    topic: str | None = None
    cards: tuple[Card, ...] = ()
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True)
class TopicMatch:
    id: str
    theme: str
    confidence: float


@dataclass(frozen=True)
class Understanding:
    """What the engine made of one message; kept beside it for the adviser and for learning."""

    theme: str
    topics: tuple[TopicMatch, ...] = ()
    candidates: tuple[TopicMatch, ...] = ()
    personal_case: bool = False
    handover_offered: bool = False
    language: str = "fr"
    milliseconds: float = 0.0


@dataclass(frozen=True)
class HandoverRequest:
    """The person accepted to speak with an adviser and left what they wished to leave."""

    reason: Reason
    first_name: str
    email: str | None = None
    institution: str | None = None
    """The one the person named, by its id in the knowledge."""


@dataclass(frozen=True)
class Outcome:
    """All that one turn of the engine leads to.

    `memory` is what the engine wants to find again at the next turn (opaque to everyone else); it
    is stored in the same transaction as the replies, or not at all. `withdrawn`: the person takes
    back the request for an adviser. `erased`: they want everything erased, after these replies.
    """

    replies: Sequence[Reply] = ()
    understanding: Understanding | None = None
    handover: HandoverRequest | None = None
    withdrawn: bool = False
    erased: bool = False
    satisfaction: int | None = None
    """How well an adviser helped, from 1 to 3, as the person says of the case that ended last."""
    memory: Sequence[Mapping[str, object]] = ()

    @property
    def concerns_adviser(self) -> bool:
        """Whether it asks for one, takes that back, or grades one: most turns do not."""
        graded = self.satisfaction is not None
        return self.handover is not None or self.withdrawn or graded


@dataclass(frozen=True)
class Message:
    """One utterance, with its place in its conversation."""

    conversation_id: str
    seq: int
    author: Author
    text: str
    at: datetime
    name: str | None = None
    external_id: str | None = None
    button: str | None = None
    buttons: tuple[Button, ...] = ()
    sources: tuple[Citation, ...] = ()
    topic: str | None = None
    useful: bool | None = None
    why: Why | None = None
    understanding: Understanding | None = None
    cards: tuple[Card, ...] = ()
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True)
class Floor:
    """Who has the floor; `version` changes each time it does."""

    holder: Holder = Holder.bot
    version: int = 0
    adviser: str | None = None
    promised_at: datetime | None = None


@dataclass(frozen=True)
class Conversation:
    """What is known of a conversation beside its messages. `timezone` is an IANA name;
    `unreachable_since`: the person's channel refuses what is sent to them."""

    id: str
    address: Address
    started_at: datetime
    timezone: str
    language: str = "fr"
    campaign: str | None = None
    floor: Floor = field(default_factory=Floor)
    last_seq: int = 0
    unreachable_since: datetime | None = None
