"""the log: to whom, from where and why; append-only. Numbers of cases are never given twice."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SQLITE = {
    "log_never_updated": "BEFORE UPDATE ON log",
    "log_never_deleted": "BEFORE DELETE ON log",
    "log_never_replaced": (
        "BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM log WHERE id = NEW.id)"
    ),
}
_LAST_NUMBER = """
INSERT INTO sqlite_sequence (name, seq) SELECT 'cases', max(
    coalesce((SELECT max(case_id) FROM log), 0), coalesce((SELECT max(id) FROM cases), 0)
)
"""


def upgrade() -> None:

    with op.batch_alter_table("log", schema=None) as batch_op:
        batch_op.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("origin", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(length=40), nullable=True))
        batch_op.create_index(batch_op.f("ix_log_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_log_actor"), ["actor"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        _never_number_twice()
        refuse = "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        for name, when in _SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {when} {refuse}")
    else:
        op.execute(
            "CREATE FUNCTION log_append_only() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log "
            "FOR EACH STATEMENT EXECUTE FUNCTION log_append_only()"
        )


def _never_number_twice() -> None:
    """SQLite gives the number of the last case, erased, to the next one unless told otherwise."""
    options = {"sqlite_autoincrement": True}
    with op.batch_alter_table("cases", recreate="always", table_kwargs=options):
        pass
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'cases'")
    op.execute(_LAST_NUMBER)


def downgrade() -> None:

    if op.get_bind().dialect.name == "sqlite":
        for name in _SQLITE:
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP TRIGGER log_append_only ON log")
        op.execute("DROP FUNCTION log_append_only()")
    with op.batch_alter_table("log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_actor"))
        batch_op.drop_index(batch_op.f("ix_log_account_id"))
        batch_op.drop_column("reason")
        batch_op.drop_column("origin")
        batch_op.drop_column("account_id")
