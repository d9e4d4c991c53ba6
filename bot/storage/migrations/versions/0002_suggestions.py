"""suggestions: what people asked that the assistant may learn."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_to_gather = sa.text("lesson IS NOT NULL")


def upgrade() -> None:

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lesson", sa.String(length=16), nullable=True))
        batch_op.create_index(
            "messages_to_gather",
            ["conversation_id", "seq"],
            unique=False,
            sqlite_where=_to_gather,
            postgresql_where=_to_gather,
        )
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sameness", sa.String(length=64), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["decided_by"], ["advisers.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conversation_id", "seq"),
    )
    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.create_index("suggestions_by_state", ["state", "sameness"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestions_sameness"), ["sameness"], unique=False)
    _mark_what_is_stored()


def _mark_what_is_stored() -> None:
    """What was said before this version is to be gathered like what is said from now on."""
    messages = sa.table(
        "messages",
        sa.column("author", sa.String()),
        sa.column("button", sa.String()),
        sa.column("useful", sa.Boolean()),
        sa.column("understanding", sa.JSON()),
        sa.column("lesson", sa.String()),
    )
    understood = messages.c.understanding
    op.execute(
        sa.update(messages)
        .where(
            messages.c.author == "person",
            messages.c.button.is_(None),
            understood["theme"].as_string() == "out_of_scope",
            understood["language"].as_string() == "fr",
        )
        .values(lesson="not_understood")
    )
    op.execute(sa.update(messages).where(messages.c.useful.is_(False)).values(lesson="unhelpful"))


def downgrade() -> None:

    op.drop_table("suggestions")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(
            "messages_to_gather", sqlite_where=_to_gather, postgresql_where=_to_gather
        )
        batch_op.drop_column("lesson")
