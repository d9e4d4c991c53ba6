"""who made the assistant silent on a channel."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pauses", sa.Column("by", sa.String(length=40), nullable=True))


def downgrade() -> None:
    op.drop_column("pauses", "by")
