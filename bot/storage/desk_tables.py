"""The tables of the advisers' work, beside the cases themselves."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.sealing import ContactsSealed, Sealed
from bot.storage.tables import CaseRow, Table

_CONVERSATION, _ADVISER = "conversations.id", "advisers.id"


class SearchRow(Table):
    """The words of a conversation that has a case, folded, to be searched (see `searching`): no
    contact among them."""

    __tablename__ = "search_documents"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), unique=True
    )
    words: Mapped[str] = mapped_column(Text)


class DraftRow(Table):
    """What an adviser is writing in a case, until it is sent."""

    __tablename__ = "drafts"

    case_id: Mapped[int] = mapped_column(
        ForeignKey(CaseRow.id, ondelete="CASCADE"), primary_key=True
    )
    adviser_id: Mapped[int] = mapped_column(
        ForeignKey(_ADVISER, ondelete="CASCADE"), primary_key=True
    )
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(ContactsSealed)
    updated_at: Mapped[datetime]


class HeldAnswerRow(Table):
    """An answer sent a few seconds ago, that may still be taken back."""

    __tablename__ = "held_answers"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True
    )
    case_id: Mapped[int] = mapped_column(ForeignKey(CaseRow.id, ondelete="CASCADE"))
    adviser_id: Mapped[int] = mapped_column(ForeignKey(_ADVISER, ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(ContactsSealed)
    sources: Mapped[list[Any] | None]
    due_at: Mapped[datetime] = mapped_column(index=True)


class NoteRow(Table):
    """What advisers tell each other about a case; the person never reads it in the thread."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True
    )
    case_id: Mapped[int] = mapped_column(ForeignKey(CaseRow.id, ondelete="CASCADE"), index=True)
    adviser_id: Mapped[int] = mapped_column(ForeignKey(_ADVISER))
    text: Mapped[str] = mapped_column(ContactsSealed)
    at: Mapped[datetime]


class RemarkRow(Table):
    """What an adviser said of an answer of the assistant, as they wrote it; `seq` is the answer's.
    Redacted, it becomes a suggestion."""

    __tablename__ = "remarks"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey(CaseRow.id, ondelete="CASCADE"), index=True)
    adviser_id: Mapped[int] = mapped_column(ForeignKey(_ADVISER))
    verdict: Mapped[str] = mapped_column(String(12))
    topic: Mapped[str | None] = mapped_column(String(120))
    comment: Mapped[str] = mapped_column(ContactsSealed)
    at: Mapped[datetime]


class MentionRow(Table):
    """An adviser named in a note, until they have read it."""

    __tablename__ = "mentions"

    note_id: Mapped[int] = mapped_column(
        ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True
    )
    adviser_id: Mapped[int] = mapped_column(
        ForeignKey(_ADVISER, ondelete="CASCADE"), primary_key=True, index=True
    )
    read_at: Mapped[datetime | None]


class TagRow(Table):
    """A word put on a case."""

    __tablename__ = "tags"

    case_id: Mapped[int] = mapped_column(
        ForeignKey(CaseRow.id, ondelete="CASCADE"), primary_key=True
    )
    tag: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True
    )


class SharedReplyRow(Table):
    """A reply written once: everybody's, or one adviser's (`owner_id`)."""

    __tablename__ = "shared_replies"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey(_ADVISER, ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    tag: Mapped[str | None] = mapped_column(String(40))
    updated_at: Mapped[datetime]


class AbsenceRow(Table):
    """An adviser who is away, until the morning of a day."""

    __tablename__ = "absences"

    adviser_id: Mapped[int] = mapped_column(
        ForeignKey(_ADVISER, ondelete="CASCADE"), primary_key=True
    )
    since: Mapped[datetime]
    until: Mapped[date]
    cover_id: Mapped[int | None] = mapped_column(ForeignKey(_ADVISER, ondelete="SET NULL"))
    """Who takes over."""


class RotaRow(Table):
    """Who answers for the common queue on a half-day of the week (Monday is 0)."""

    __tablename__ = "rota"

    weekday: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    half: Mapped[str] = mapped_column(String(9), primary_key=True)
    adviser_id: Mapped[int] = mapped_column(
        ForeignKey(_ADVISER, ondelete="CASCADE"), primary_key=True
    )


class RotaExceptionRow(Table):
    """Who answers on a half-day of a date, in place of the weekly pattern; NULL alone: nobody."""

    __tablename__ = "rota_exceptions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    half: Mapped[str] = mapped_column(String(9))
    adviser_id: Mapped[int | None] = mapped_column(ForeignKey(_ADVISER, ondelete="CASCADE"))


class DeskSettingRow(Table):
    """A value agreed on at the desk, in place of the one the service was started with."""

    __tablename__ = "desk_settings"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(254))


class HoursRow(Table):
    """An institution's own opening hours, in Québec's time; "" is the common queue."""

    __tablename__ = "institution_hours"

    institution: Mapped[str] = mapped_column(String(40), primary_key=True)
    opens: Mapped[time]
    closes: Mapped[time]
    days: Mapped[str] = mapped_column(String(7))
    """Weekdays as digits, Monday 0: "01234"."""


class ClosureRow(Table):
    """A day on which an institution does not answer, beside Québec's holidays; "" is everyone."""

    __tablename__ = "closures"

    institution: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(80))


class LetterRow(Table):
    """A letter to be sent to a person who has gone: what was said after `after_seq`."""

    __tablename__ = "letters"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), primary_key=True
    )
    after_seq: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(Integer, default=0)


class ReturnLinkRow(Table):
    """A link in a letter that opens the conversation again; only its hash is kept."""

    __tablename__ = "return_links"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[datetime]


class SecretRow(Table):
    """Another secret of the same conversation: a browser that came back by a letter's link."""

    __tablename__ = "conversation_secrets"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]


class DeviceRow(Table):
    """A browser that asked to be notified of an adviser's answer: `wanted_at` is when to tell it,
    nothing when there is nothing to tell."""

    __tablename__ = "devices"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(_CONVERSATION, ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    endpoint: Mapped[str] = mapped_column(Sealed)
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    added_at: Mapped[datetime]
    wanted_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(Integer, default=0)


class AttemptRow(Table):
    """How often a door of the desk was tried under one name, of which only a hash is kept; for an
    hour at most."""

    __tablename__ = "sign_in_attempts"

    name: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(index=True)
    until: Mapped[datetime]


class IdentityRow(Table):
    """An account as an identity provider knows it (see `bot.desk.entering.identity`)."""

    __tablename__ = "identities"

    issuer: Mapped[str] = mapped_column(String(255), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    adviser_id: Mapped[int] = mapped_column(ForeignKey(_ADVISER, ondelete="CASCADE"))
    linked_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("issuer", "adviser_id"),)
