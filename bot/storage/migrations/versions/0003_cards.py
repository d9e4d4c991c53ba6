"""cards of messages, what was ticked on them, and why an answer was of no use."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cards", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("why", sa.String(length=20), nullable=True))
    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("why", sa.String(length=20), nullable=True))
    op.create_table(
        "ticks",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=120), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id", "item"),
    )


def downgrade() -> None:

    op.drop_table("ticks")
    with op.batch_alter_table("suggestions", schema=None) as batch_op:
        batch_op.drop_column("why")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_column("why")
        batch_op.drop_column("cards")
