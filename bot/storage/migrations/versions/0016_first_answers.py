"""where a case's first human answer is found."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_OF_ADVISER = sa.text("author = 'adviser'")


def upgrade() -> None:

    op.create_index(
        "messages_of_advisers",
        "messages",
        ["conversation_id", "at"],
        sqlite_where=_OF_ADVISER,
        postgresql_where=_OF_ADVISER,
    )


def downgrade() -> None:

    op.drop_index("messages_of_advisers", table_name="messages")
