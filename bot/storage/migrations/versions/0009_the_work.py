"""the advisers' work: queue, search, drafts, notes, shared replies, routing, letters."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FTS = """
CREATE VIRTUAL TABLE case_words USING fts5(
    words, content='search_documents', content_rowid='id', prefix='2 3', tokenize='ascii'
)
"""
_FTS_TRIGGERS = (
    """CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN
    INSERT INTO case_words(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN
    INSERT INTO case_words(case_words, rowid, words) VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER search_documents_changed AFTER UPDATE ON search_documents BEGIN
    INSERT INTO case_words(case_words, rowid, words) VALUES ('delete', old.id, old.words);
    INSERT INTO case_words(rowid, words) VALUES (new.id, new.words); END""",
)
_GIN = """
CREATE INDEX search_documents_words ON search_documents USING gin (to_tsvector('simple', words))
"""


def _of_conversation() -> sa.Column[str]:
    return sa.Column(
        "conversation_id",
        sa.String(length=36),
        sa.ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
    )


def _of(table: str, name: str, *, key: bool = False) -> sa.Column[int]:
    reference = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name, sa.Integer(), reference, primary_key=key, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("theme", sa.String(length=40), nullable=True))
        batch_op.add_column(_moment("awaits_since", nullable=True))
        batch_op.add_column(_moment("snoozed_until", nullable=True))
        batch_op.add_column(
            sa.Column("announced", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("outcome", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("satisfaction", sa.Integer(), nullable=True))
    op.execute("UPDATE cases SET awaits_since = opened_at WHERE state <> 'ended'")
    ended = sa.text("state = 'ended'")
    is_open = sa.text("state != 'ended'")
    op.create_index(
        "cases_ended", "cases", ["ended_at", "id"], sqlite_where=ended, postgresql_where=ended
    )
    op.create_index(
        "cases_one_open",
        "cases",
        ["conversation_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("read_seq", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "search_documents",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_conversation(),
        sa.Column("words", sa.Text(), nullable=False),
        sa.UniqueConstraint("conversation_id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_FTS)
        for trigger in _FTS_TRIGGERS:
            op.execute(trigger)
    else:
        op.execute(_GIN)
    _writing()
    _routing()
    _letters()


def _writing() -> None:
    op.create_table(
        "drafts",
        _of("cases", "case_id", key=True),
        _of("advisers", "adviser_id", key=True),
        _of_conversation(),
        sa.Column("text", sa.Text(), nullable=False),
        _moment("updated_at"),
    )
    op.create_table(
        "held_answers",
        sa.Column("key", sa.String(length=80), primary_key=True),
        _of_conversation(),
        _of("cases", "case_id"),
        _of("advisers", "adviser_id"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=True),
        _moment("due_at"),
    )
    op.create_index("ix_held_answers_due_at", "held_answers", ["due_at"])
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_conversation(),
        _of("cases", "case_id"),
        sa.Column("adviser_id", sa.Integer(), sa.ForeignKey("advisers.id"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _moment("at"),
    )
    op.create_index("ix_notes_case_id", "notes", ["case_id"])
    op.create_table(
        "mentions",
        _of("notes", "note_id", key=True),
        _of("advisers", "adviser_id", key=True),
        _moment("read_at", nullable=True),
    )
    op.create_index("ix_mentions_adviser_id", "mentions", ["adviser_id"])
    op.create_table(
        "tags",
        _of("cases", "case_id", key=True),
        sa.Column("tag", sa.String(length=40), primary_key=True),
        _of_conversation(),
    )
    op.create_table(
        "shared_replies",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "owner_id",
            sa.Integer(),
            sa.ForeignKey("advisers.id", ondelete="CASCADE"),
            nullable=True,
        ),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=True),
        _moment("updated_at"),
    )
    op.create_index("ix_shared_replies_owner_id", "shared_replies", ["owner_id"])
    for table in ("drafts", "held_answers", "notes", "tags"):
        op.create_index(f"ix_{table}_conversation_id", table, ["conversation_id"])


def _routing() -> None:
    op.create_table(
        "absences",
        _of("advisers", "adviser_id", key=True),
        sa.Column("until", sa.Date(), nullable=False),
    )
    op.create_table(
        "rota",
        sa.Column("weekday", sa.Integer(), primary_key=True, autoincrement=False),
        _of("advisers", "adviser_id", key=True),
    )
    op.create_table(
        "institution_hours",
        sa.Column("institution", sa.String(length=40), primary_key=True),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("days", sa.String(length=7), nullable=False),
    )
    op.create_table(
        "closures",
        sa.Column("institution", sa.String(length=40), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("label", sa.String(length=80), nullable=False),
    )


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column(
            "conversation_id",
            sa.String(length=36),
            sa.ForeignKey("conversations.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("after_seq", sa.Integer(), nullable=False),
        _moment("due_at"),
        sa.Column("tries", sa.Integer(), nullable=False),
    )
    op.create_index("ix_letters_due_at", "letters", ["due_at"])
    op.create_table(
        "return_links",
        sa.Column("token_hash", sa.LargeBinary(length=32), primary_key=True),
        _of_conversation(),
        _moment("expires_at"),
    )
    op.create_table(
        "conversation_secrets",
        sa.Column("token_hash", sa.LargeBinary(length=32), primary_key=True),
        _of_conversation(),
        _moment("created_at"),
    )
    for table in ("return_links", "conversation_secrets"):
        op.create_index(f"ix_{table}_conversation_id", table, ["conversation_id"])


def downgrade() -> None:
    for table in (
        "conversation_secrets",
        "return_links",
        "letters",
        "closures",
        "institution_hours",
        "rota",
        "absences",
        "shared_replies",
        "tags",
        "mentions",
        "notes",
        "held_answers",
        "drafts",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE case_words")
    op.drop_table("search_documents")
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_column("read_seq")
    op.drop_index("cases_one_open", "cases")
    op.drop_index("cases_ended", "cases")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for column in (
            "satisfaction",
            "outcome",
            "announced",
            "snoozed_until",
            "awaits_since",
            "theme",
        ):
            batch_op.drop_column(column)
