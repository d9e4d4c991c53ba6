"""The shapes of the HTTP API: what comes in, what goes out. Mapped to our own words at once."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.handover.desk_work import promise_in_words
from bot.messages import Card, CardKind, Citation, Floor, Message, Why

DEFAULT_TIMEZONE = "Europe/Paris"  # most people write from France


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return DEFAULT_TIMEZONE
    return name


class _In(BaseModel):
    model_config = ConfigDict(extra="ignore")


class StartIn(_In):
    timezone: Annotated[str, Field(max_length=64), AfterValidator(_known_timezone)] = (
        DEFAULT_TIMEZONE
    )
    language: Literal["fr", "en"] = "fr"
    # PostgreSQL cannot keep a zero character.
    campaign: Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$")] | None = None
    topic: Annotated[str, Field(max_length=120)] | None = None


class MessageIn(_In):
    """`button` is the payload of a button that was offered; `text` is then its title."""

    text: str = ""
    button: Annotated[str, Field(max_length=500)] | None = None


class FeedbackIn(_In):
    """`why` goes with an answer that was not useful; with a useful one it is not kept."""

    seq: int = Field(ge=1, le=2**31 - 1)
    useful: bool
    why: Why | None = None


class ButtonOut(BaseModel):
    title: str
    payload: str


class SourceOut(BaseModel):
    title: str
    url: str
    publisher: str
    official: bool
    as_of: str


class FactOut(BaseModel):
    label: str
    value: str


class LinkOut(BaseModel):
    label: str
    url: str


class CardOut(BaseModel):
    """`starts` and `ends` are the first and the last day; `tick` is what `/me/ticks/` takes."""

    kind: CardKind
    title: str
    text: str
    facts: list[FactOut]
    link: LinkOut | None
    mark: str | None
    starts: date | None
    ends: date | None
    tick: str | None
    sources: list[SourceOut]


class FileOut(BaseModel):
    """Downloaded at /api/conversations/me/files/{id}. `size` is in bytes."""

    id: str
    name: str
    media_type: str
    size: int


class MessageOut(BaseModel):
    seq: int
    author: Literal["person", "bot", "adviser", "system"]
    name: str | None
    text: str
    at: datetime
    external_id: str | None
    buttons: list[ButtonOut]
    sources: list[SourceOut]
    cards: list[CardOut]
    files: list[FileOut]
    topic: str | None
    useful: bool | None


class FloorOut(BaseModel):
    holder: Literal["bot", "waiting", "adviser"]
    adviser: str | None
    promised_at: datetime | None
    promise: str | None


class PageOut(BaseModel):
    """Messages after a seq, who has the floor, and the checklist items that are done."""

    messages: list[MessageOut]
    floor: FloorOut
    last_seq: int
    ticked: list[str]
    offers: list[str] = []
    """What else the service offers here and now: `telegram`."""


class StartedOut(PageOut):
    id: str
    token: str


class SentOut(PageOut):
    message: MessageOut


def message_out(message: Message) -> MessageOut:
    return MessageOut(
        seq=message.seq,
        author=message.author.value,
        name=message.name,
        text=message.text,
        at=message.at,
        external_id=message.external_id,
        buttons=[ButtonOut(title=b.title, payload=b.payload) for b in message.buttons],
        sources=_sources_out(message.sources),
        cards=[_card_out(card) for card in message.cards],
        files=[FileOut(**asdict(file)) for file in message.files],
        topic=message.topic,
        useful=message.useful,
    )


def _card_out(card: Card) -> CardOut:
    return CardOut(
        kind=card.kind,
        title=card.title,
        text=card.text,
        facts=[FactOut(label=fact.label, value=fact.value) for fact in card.facts],
        link=LinkOut(label=card.link.label, url=card.link.url) if card.link else None,
        mark=card.mark,
        starts=card.starts,
        ends=card.ends,
        tick=card.tick,
        sources=_sources_out(card.sources),
    )


def _sources_out(sources: Iterable[Citation]) -> list[SourceOut]:
    return [
        SourceOut(
            title=source.title,
            url=source.url,
            publisher=source.publisher,
            official=source.official,
            as_of=source.as_of,
        )
        for source in sources
    ]


def floor_out(floor: Floor, timezone: str) -> FloorOut:
    promised_at = floor.promised_at
    return FloorOut(
        holder=floor.holder.value,
        adviser=floor.adviser,
        promised_at=promised_at,
        promise=None if promised_at is None else promise_in_words(promised_at, timezone),
    )
