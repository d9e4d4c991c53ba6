"""The log may be added to and nothing else: the database itself refuses the rest.

SQLite needs a third trigger: `INSERT OR REPLACE` removes a row without firing the second.
"""

from sqlalchemy import DDL, Table, event

SQLITE = (
    """CREATE TRIGGER log_never_updated BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_never_deleted BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_never_replaced BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION log_append_only() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$""",
    """CREATE TRIGGER log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log
FOR EACH STATEMENT EXECUTE FUNCTION log_append_only()""",
)


def guard(log: Table) -> None:
    """Where tables are made from the code, the triggers are made with them."""
    for dialect, statements in (("sqlite", SQLITE), ("postgresql", POSTGRESQL)):
        for statement in statements:
            made = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(log, "after_create", made.execute_if(dialect=dialect))
