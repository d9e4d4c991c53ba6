"""The log may be added to and nothing else: the database itself refuses the rest. Only a line that
is two years old may go, when its retention is over.

SQLite needs a third trigger: `INSERT OR REPLACE` removes a row without firing the second.
"""

from sqlalchemy import DDL, Table, event

SQLITE = (
    """CREATE TRIGGER log_never_updated BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_never_deleted BEFORE DELETE ON log
WHEN OLD.at > datetime('now', '-730 days')
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_never_replaced BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION log_append_only() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$""",
    """CREATE TRIGGER log_append_only BEFORE UPDATE OR TRUNCATE ON log
FOR EACH STATEMENT EXECUTE FUNCTION log_append_only()""",
    """CREATE TRIGGER log_kept_two_years BEFORE DELETE ON log
FOR EACH ROW WHEN (OLD.at > now() - interval '730 days')
EXECUTE FUNCTION log_append_only()""",
)


def guard(log: Table) -> None:
    """Where tables are made from the code, the triggers are made with them."""
    for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
        for statement in statements:
            made = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(log, "after_create", made.execute_if(dialect=dialect))
