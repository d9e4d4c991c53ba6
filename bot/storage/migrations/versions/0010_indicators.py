"""numbers of settled days, and what counting them looks for."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_INDEXES = {
    "messages_by_time": ("messages", "at"),
    "conversations_by_start": ("conversations", "started_at"),
    "cases_by_opening": ("cases", "opened_at"),
    "cases_by_end": ("cases", "ended_at"),
}


def upgrade() -> None:

    op.create_table(
        "settled_days",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "indicators",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "measure", "dimension", "value"),
    )
    for name, (table, column) in _INDEXES.items():
        op.create_index(name, table, [column])


def downgrade() -> None:

    for name, (table, _) in _INDEXES.items():
        op.drop_index(name, table_name=table)
    op.drop_table("indicators")
    op.drop_table("settled_days")
