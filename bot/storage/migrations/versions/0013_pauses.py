"""channels on which the assistant is silent; a line of the log may go when it is two years old."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
_YOUNG = {
    "sqlite": "OLD.at > datetime('now', '-730 days')",
    "postgresql": "OLD.at > now() - interval '730 days'",
}


def upgrade() -> None:

    op.create_table(
        "pauses",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("channel"),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER log_never_deleted")
        op.execute(
            "CREATE TRIGGER log_never_deleted BEFORE DELETE ON log "
            f"WHEN {_YOUNG['sqlite']} {_REFUSE}"
        )
        return
    op.execute("DROP TRIGGER log_append_only ON log")
    op.execute(
        "CREATE TRIGGER log_append_only BEFORE UPDATE OR TRUNCATE ON log "
        "FOR EACH STATEMENT EXECUTE FUNCTION log_append_only()"
    )
    op.execute(
        "CREATE TRIGGER log_kept_two_years BEFORE DELETE ON log "
        f"FOR EACH ROW WHEN ({_YOUNG['postgresql']}) EXECUTE FUNCTION log_append_only()"
    )


def downgrade() -> None:

    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER log_never_deleted")
        op.execute(f"CREATE TRIGGER log_never_deleted BEFORE DELETE ON log {_REFUSE}")
    else:
        op.execute("DROP TRIGGER log_kept_two_years ON log")
        op.execute("DROP TRIGGER log_append_only ON log")
        op.execute(
            "CREATE TRIGGER log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log "
            "FOR EACH STATEMENT EXECUTE FUNCTION log_append_only()"
        )
    op.drop_table("pauses")
