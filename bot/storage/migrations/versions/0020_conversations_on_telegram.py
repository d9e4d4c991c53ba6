"""what is still to be sent to Telegram is counted from an index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_REACHED_THERE = sa.text("channel = 'telegram' AND unreachable_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "conversations_on_telegram",
        "conversations",
        ["id", "last_seq"],
        sqlite_where=_REACHED_THERE,
        postgresql_where=_REACHED_THERE,
    )


def downgrade() -> None:
    op.drop_index("conversations_on_telegram", table_name="conversations")
