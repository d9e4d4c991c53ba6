"""The tables. Times are aware UTC; ids of conversations are random and never guessable."""

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.storage.append_only import guard
from bot.storage.sealing import ContactsSealed, ContactsSealedJson, Sealed


class UtcTime(TypeDecorator[datetime]):
    """An aware moment; SQLite forgets the zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=timezone.utc)


class Table(DeclarativeBase):
    type_annotation_map = {
        datetime: UtcTime,
        # none_as_null: nothing is NULL, not the JSON word for it, so that it can be asked for
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


_CONVERSATION = "conversations.id"


class ConversationRow(Table):
    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(64))
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    started_at: Mapped[datetime]
    heard_at: Mapped[datetime] = mapped_column(index=True)
    timezone: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    campaign: Mapped[str | None] = mapped_column(String(64))
    holder: Mapped[str] = mapped_column(String(10), default="bot")
    floor_version: Mapped[int] = mapped_column(Integer, default=0)
    last_seq: Mapped[int] = mapped_column(Integer, default=0)
    asked_seq: Mapped[int] = mapped_column(Integer, default=0)
    answered_seq: Mapped[int] = mapped_column(Integer, default=0)
    read_seq: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    """The last message that the person's own device has fetched while an adviser answered."""
    unreachable_at: Mapped[datetime | None]
    """Since when the person's channel refuses what is sent to them."""

    __table_args__ = (UniqueConstraint("channel", "address"),)


Index(
    "conversations_unanswered",
    ConversationRow.id,
    sqlite_where=ConversationRow.asked_seq > ConversationRow.answered_seq,
    postgresql_where=ConversationRow.asked_seq > ConversationRow.answered_seq,
)


ON_TELEGRAM = ConversationRow.channel == literal_column("'telegram'")  # as `OF_ADVISER` below
_reached_there = ON_TELEGRAM & ConversationRow.unreachable_at.is_(None)
Index(
    "conversations_on_telegram",
    ConversationRow.id,
    ConversationRow.last_seq,
    sqlite_where=_reached_there,
    postgresql_where=_reached_there,
)


class MessageRow(Table):
    __tablename__ = "messages"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    author: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(ContactsSealed)
    at: Mapped[datetime]
    name: Mapped[str | None] = mapped_column(String(80))
    external_id: Mapped[str | None] = mapped_column(String(100))
    button: Mapped[str | None] = mapped_column(String(500))
    buttons: Mapped[list[Any] | None]
    sources: Mapped[list[Any] | None]
    topic: Mapped[str | None] = mapped_column(String(120))
    useful: Mapped[bool | None] = mapped_column(Boolean)
    why: Mapped[str | None] = mapped_column(String(20))
    understanding: Mapped[dict[str, Any] | None]
    cards: Mapped[list[Any] | None]
    files: Mapped[list[Any] | None]
    lesson: Mapped[str | None] = mapped_column(String(16))
    """The kind of suggestion it will be, until it is gathered."""

    __table_args__ = (UniqueConstraint("conversation_id", "external_id"),)


Index(
    "messages_to_gather",
    MessageRow.conversation_id,
    MessageRow.seq,
    sqlite_where=MessageRow.lesson.is_not(None),
    postgresql_where=MessageRow.lesson.is_not(None),
)


class TickRow(Table):
    """A checklist item that a person has ticked; unticking removes it."""

    __tablename__ = "ticks"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), primary_key=True
    )
    item: Mapped[str] = mapped_column(String(120), primary_key=True)
    ticked_at: Mapped[datetime]


class DeliveryRow(Table):
    """How far a conversation was delivered to a channel that is sent to: its messages up to `seq`,
    and of the next one so many parts."""

    __tablename__ = "deliveries"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(Integer, default=0)
    part: Mapped[int] = mapped_column(Integer, default=0)


class MoveRow(Table):
    """A one-time link by which a person goes on at another door; only its hash is kept."""

    __tablename__ = "moves"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True
    )
    door: Mapped[str] = mapped_column(String(20))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class TelegramUpdateRow(Table):
    """What Telegram sent, until it is dealt with; then its number alone, to know it again."""

    __tablename__ = "telegram_updates"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    received_at: Mapped[datetime] = mapped_column(index=True)
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    body: Mapped[dict[str, Any] | None] = mapped_column(ContactsSealedJson)


Index(
    "telegram_updates_waiting",
    TelegramUpdateRow.update_id,
    sqlite_where=TelegramUpdateRow.body.is_not(None),
    postgresql_where=TelegramUpdateRow.body.is_not(None),
)


class PauseRow(Table):
    """A channel on which the assistant is silent for now, and what people are told of it."""

    __tablename__ = "pauses"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    since: Mapped[datetime]
    words: Mapped[str | None] = mapped_column(Text)
    by: Mapped[str | None] = mapped_column(String(40))
    """Who did it, as the log calls them."""


class TrackerEventRow(Table):
    """The engine's memory of a conversation, append-only."""

    __tablename__ = "tracker_events"

    conversation_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    event: Mapped[dict[str, Any]] = mapped_column(ContactsSealedJson)


class AdviserRow(Table):
    __tablename__ = "advisers"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    display_name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    institution: Mapped[str | None] = mapped_column(String(40))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    second_factor: Mapped[bytes | None] = mapped_column(LargeBinary(400))
    """Sealed by the desk; NULL without one."""
    last_step: Mapped[int] = mapped_column(Integer, default=0)
    """The step of the last code that was used: it and those before are spent."""


class RecoveryCodeRow(Table):
    """A code that stands for a second factor once; only its hash is kept."""

    __tablename__ = "recovery_codes"

    adviser_id: Mapped[int] = mapped_column(
        ForeignKey("advisers.id", ondelete="CASCADE"), primary_key=True
    )
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    used_at: Mapped[datetime | None]


class InvitationRow(Table):
    """A one-time link by which an adviser chooses a password; only its hash is kept."""

    __tablename__ = "invitations"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    adviser_id: Mapped[int] = mapped_column(ForeignKey("advisers.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SessionRow(Table):
    """An adviser's signed-in browser; only the hash of its cookie is kept."""

    __tablename__ = "sessions"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    adviser_id: Mapped[int] = mapped_column(
        ForeignKey("advisers.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    halfway: Mapped[bool] = mapped_column(Boolean, default=False)
    """The password was right, the second factor is still to come: nobody is signed in."""
    seen_at: Mapped[datetime | None]
    origin: Mapped[str | None] = mapped_column(String(64))
    browser: Mapped[str | None] = mapped_column(String(60))


class CaseRow(Table):
    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[datetime]
    promised_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    adviser_id: Mapped[int | None] = mapped_column(ForeignKey("advisers.id"))
    claimed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(12))
    institution: Mapped[str | None] = mapped_column(String(40))
    theme: Mapped[str | None] = mapped_column(String(40))
    """Of the message it is about, as the assistant understood it."""
    about_seq: Mapped[int | None] = mapped_column(Integer)
    """The message that led to it; NULL for the cases that ended before this was kept."""
    awaits_since: Mapped[datetime | None]
    """Since when the person waits for a word of ours; NULL when we wait for one of theirs."""
    snoozed_until: Mapped[datetime | None]
    announced: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    """How many times it was announced again since it waits."""
    queued_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    team_told_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    satisfaction: Mapped[int | None] = mapped_column(Integer)

    __table_args__ = (
        Index("cases_queue", "state", "promised_at", "id"),
        # A number is never given twice: the log speaks of erased cases by theirs.
        {"sqlite_autoincrement": True},
    )


_is_ended, _is_open = CaseRow.state == "ended", CaseRow.state != "ended"
Index(
    "cases_ended", CaseRow.ended_at, CaseRow.id, sqlite_where=_is_ended, postgresql_where=_is_ended
)
Index(
    "cases_one_open",
    CaseRow.conversation_id,
    unique=True,
    sqlite_where=_is_open,
    postgresql_where=_is_open,
)


class AttachmentRow(Table):
    """A file of a conversation. Without a `seq` it waits for the answer of the adviser who
    prepared it."""

    __tablename__ = "attachments"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True
    )
    seq: Mapped[int | None] = mapped_column(Integer)
    adviser_id: Mapped[int | None] = mapped_column(ForeignKey("advisers.id"))
    name: Mapped[str] = mapped_column(String(130))
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]


class AttachmentContentRow(Table):
    """A file's bytes; they go with what they are the bytes of."""

    __tablename__ = "attachment_contents"

    attachment_id: Mapped[str] = mapped_column(
        ForeignKey("attachments.id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ContactRow(Table):
    """What a person left to be reached by, sealed; erased with the conversation."""

    __tablename__ = "contacts"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), primary_key=True
    )
    first_name: Mapped[str] = mapped_column(Sealed)
    email: Mapped[str | None] = mapped_column(Sealed)


class SuggestionRow(Table):
    """What a person asked, redacted, for advisers to decide on. It names its conversation (and
    goes with it) while it is open; accepted or missing, it soon belongs to nobody."""

    __tablename__ = "suggestions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE")
    )
    seq: Mapped[int | None] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    why: Mapped[str | None] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    sameness: Mapped[str] = mapped_column(String(64), index=True)
    times: Mapped[int] = mapped_column(Integer, default=1)
    at: Mapped[datetime]
    candidates: Mapped[list[Any] | None]
    state: Mapped[str] = mapped_column(String(10), default="open")
    topic: Mapped[str | None] = mapped_column(String(120))
    verdict: Mapped[str | None] = mapped_column(String(12))
    """What an adviser said of the answer, with the two that follow (see `RemarkRow`)."""
    wished: Mapped[str | None] = mapped_column(String(120))
    comment: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("advisers.id"))
    decided_at: Mapped[datetime | None]
    written_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        Index("suggestions_by_state", "state", "sameness"),
    )


class SettledDayRow(Table):
    """A day (Québec's) that was counted once and for all."""

    __tablename__ = "settled_days"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)


class IndicatorRow(Table):
    """How many, in one settled day: it outlives the conversations, and says nothing of anybody."""

    __tablename__ = "indicators"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    measure: Mapped[str] = mapped_column(String(20), primary_key=True)
    dimension: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(120), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


Index("messages_by_time", MessageRow.at)
OF_ADVISER = MessageRow.author == literal_column(
    "'adviser'"
)  # a bound value finds no partial index
Index(
    "messages_of_advisers",
    MessageRow.conversation_id,
    MessageRow.at,
    sqlite_where=OF_ADVISER,
    postgresql_where=OF_ADVISER,
)
Index("conversations_by_start", ConversationRow.started_at)
Index("cases_by_opening", CaseRow.opened_at)
Index("cases_by_end", CaseRow.ended_at)


class LogRow(Table):
    """What was done to a case or an account, by whom, when, from where. Append-only (see
    `append_only`), and nobody's words: a case is a number, which says nothing once it is erased."""

    __tablename__ = "log"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime]
    verb: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(40), index=True)
    case_id: Mapped[int | None] = mapped_column(Integer, index=True)
    account_id: Mapped[int | None] = mapped_column(Integer, index=True)
    """The account it was done to."""
    origin: Mapped[str | None] = mapped_column(String(64))
    """The network address of the adviser who did it; never a person's."""
    reason: Mapped[str | None] = mapped_column(String(40))
    """Of a closed list: free words could name somebody, for ever."""
    detail: Mapped[str | None] = mapped_column(String(80))
    """What was changed, in names and numbers of ours; for the same reason, nobody's words."""


guard(Table.metadata.tables["log"])

# For statements on the path of a message: they are built once, and make no objects of rows.
ADVISERS = Table.metadata.tables["advisers"]
CASES = Table.metadata.tables["cases"]
CONVERSATIONS = Table.metadata.tables["conversations"]
MESSAGES = Table.metadata.tables["messages"]
PAUSES = Table.metadata.tables["pauses"]
TICKS = Table.metadata.tables["ticks"]
TRACKER_EVENTS = Table.metadata.tables["tracker_events"]
