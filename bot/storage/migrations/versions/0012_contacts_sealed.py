"""contacts are sealed, and searched by marks.

Unlike the others this migration runs code of ours: what is sealed is what `sealing` opens.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.sealing import ContactsSealed, ContactsSealedJson, Sealed, seal_of
from bot.storage.searching import document

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_LENGTHS = {"first_name": 60, "email": 254}
_JSON = sa.JSON(none_as_null=True)
# Table, its key, what is sealed in it: how it is written now, and how it was.
_COLUMNS: tuple[tuple[str, Sequence[str], str, Any, Any], ...] = (
    ("contacts", ("conversation_id",), "first_name", Sealed(), sa.Text()),
    ("contacts", ("conversation_id",), "email", Sealed(), sa.Text()),
    ("messages", ("conversation_id", "seq"), "text", ContactsSealed(), sa.Text()),
    ("tracker_events", ("conversation_id", "position"), "event", ContactsSealedJson(), _JSON),
    ("telegram_updates", ("update_id",), "body", ContactsSealedJson(), _JSON),
    ("drafts", ("case_id", "adviser_id"), "text", ContactsSealed(), sa.Text()),
    ("held_answers", ("key",), "text", ContactsSealed(), sa.Text()),
    ("notes", ("id",), "text", ContactsSealed(), sa.Text()),
)
_DOCUMENTS = sa.table("search_documents", sa.column("conversation_id"), sa.column("words"))


def upgrade() -> None:
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        for name, length in _LENGTHS.items():
            batch_op.alter_column(name, existing_type=sa.String(length=length), type_=sa.Text())
    for table, key, column, sealed, plain in _COLUMNS:
        _rewrite(table, key, column, read=plain, written=sealed)
    _rewrite_documents()


def downgrade() -> None:
    for table, key, column, sealed, plain in _COLUMNS:
        _rewrite(table, key, column, read=sealed, written=plain)
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        for name, length in _LENGTHS.items():
            batch_op.alter_column(name, existing_type=sa.Text(), type_=sa.String(length=length))


def _rewrite(table: str, key: Sequence[str], column: str, *, read: Any, written: Any) -> None:
    """Read as one type, written as the other; what both write alike is left alone."""
    connection = op.get_bind()
    keys: list[Any] = [sa.column(name) for name in key]
    source = sa.table(table, *keys, sa.column(column, read))
    target = sa.table(table, *(sa.column(name) for name in key), sa.column(column, written))
    write = sa.update(target).values({column: sa.bindparam("new", type_=written)})
    for name in key:
        write = write.where(target.c[name] == sa.bindparam(f"key_{name}"))
    for rows in _pages(source, key, column):
        changed = [
            {"new": row[-1], **{f"key_{name}": row[place] for place, name in enumerate(key)}}
            for row in rows
            if _differs(row[-1], read, written)
        ]
        if changed:
            connection.execute(write, changed)


def _differs(value: Any, read: Any, written: Any) -> bool:
    """Opening is asked of every row: it is not known here which of them were sealed."""
    if not isinstance(written, ContactsSealed | ContactsSealedJson):
        return value is not None
    return bool(written.process_bind_param(value, op.get_bind().dialect) != value)


def _pages(source: Any, key: Sequence[str], column: str) -> Iterator[Sequence[Any]]:
    """All rows, in pages that follow their key."""
    keys = [source.c[name] for name in key]
    query = sa.select(*keys, source.c[column]).order_by(*keys).limit(_AT_ONCE)
    last: Sequence[Any] | None = None
    while True:
        after = query if last is None else query.where(sa.tuple_(*keys) > sa.tuple_(*last))
        rows = op.get_bind().execute(after).all()
        if rows:
            yield rows
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1][: len(key)]


def _rewrite_documents() -> None:
    connection = op.get_bind()
    seal = seal_of(connection.dialect)
    rewrite = sa.text("UPDATE search_documents SET words = :words WHERE conversation_id = :id")
    for id_ in connection.scalars(sa.select(_DOCUMENTS.c.conversation_id)).all():
        contact = _read("contacts", id_, "first_name", "email", sealed=Sealed())
        said = _read("messages", id_, "text", "author", sealed=ContactsSealed(), by="seq")
        noted = _read("notes", id_, "text", sealed=ContactsSealed(), by="id")
        spoken = [text for text, author in said if author in ("person", "adviser")]
        words = document(
            seal,
            called=[each for row in contact for each in row if each],
            said=[*spoken, *(text for (text,) in noted)],
        )
        connection.execute(rewrite, {"words": words, "id": id_})


def _read(
    table: str, conversation_id: str, *columns: str, sealed: Any, by: str = "conversation_id"
) -> Sequence[Any]:
    named: dict[str, Any] = {"conversation_id": sa.column("conversation_id"), by: sa.column(by)}
    for name in columns:
        named[name] = sa.column(name) if name == "author" else sa.column(name, sealed)
    rows = sa.table(table, *named.values())
    query = sa.select(*(rows.c[name] for name in columns)).order_by(rows.c[by])
    return op.get_bind().execute(query.where(rows.c.conversation_id == conversation_id)).all()
