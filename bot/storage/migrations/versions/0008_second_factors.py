"""second factors, recovery codes, sessions that can be listed, accounts that can be disabled."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:

    with op.batch_alter_table("advisers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("second_factor", sa.LargeBinary(length=400), nullable=True))
        batch_op.add_column(
            sa.Column("last_step", sa.Integer(), nullable=False, server_default="0")
        )
    # Whoever was signed in signs in again, with what their role now asks for.
    op.execute("DELETE FROM sessions")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("halfway", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("origin", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("browser", sa.String(length=60), nullable=True))
    op.create_table(
        "recovery_codes",
        sa.Column("adviser_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["adviser_id"], ["advisers.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("adviser_id", "code_hash"),
    )


def downgrade() -> None:

    op.drop_table("recovery_codes")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        for name in ("browser", "origin", "seen_at", "halfway"):
            batch_op.drop_column(name)
    with op.batch_alter_table("advisers", schema=None) as batch_op:
        for name in ("last_step", "second_factor", "disabled_at"):
            batch_op.drop_column(name)
