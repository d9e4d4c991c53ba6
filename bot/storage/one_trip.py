"""The SQLite driver, reached in one trip a statement.

A connection lives in a thread of its own. SQLAlchemy goes there four times for a statement (for a
cursor, to run it, for its rows, to close the cursor), once to begin, and once more to undo what was
never begun; each trip costs more than most of our statements do.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any, NamedTuple

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)


class Driver(AsyncAdapt_aiosqlite_dbapi):
    """For `create_async_engine(…, module=Driver())`."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *arg: Any, **kw: Any) -> "OneTripConnection":
        return OneTripConnection(self, super().connect(*arg, **kw)._connection)


class OneTripConnection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ("_begun", "_to_begin")

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._to_begin = self._begun = False

    def begin(self) -> None:
        """Take the one writer's lock, with the next statement and in its trip."""
        self._to_begin = True

    def begins(self) -> bool:
        """Whether the statement that leaves now is to begin a transaction. It counts as begun
        before it is: one whose first statement fails is undone all the same."""
        begins, self._to_begin = self._to_begin, False
        self._begun = self._begun or begins
        return begins

    def cursor(self, server_side: bool = False) -> AsyncAdapt_aiosqlite_cursor:
        return super().cursor(server_side) if server_side else _OneTripCursor(self)

    def commit(self) -> None:
        self._to_begin = False
        if self._begun:
            super().commit()
            self._begun = False

    def rollback(self) -> None:
        self._to_begin = False
        if self._begun:
            super().rollback()
            self._begun = False


class _OneTripCursor(AsyncAdapt_aiosqlite_cursor):
    __slots__ = ()
    _adapt_connection: OneTripConnection

    def execute(self, operation: Any, parameters: Any = None) -> None:
        self._go("execute", operation, parameters or ())

    def executemany(self, operation: Any, seq_of_parameters: Any) -> None:
        self._go("executemany", operation, seq_of_parameters)

    def _go(self, method: str, *arguments: Any) -> None:
        begins = self._adapt_connection.begins()
        driver: Any = self._connection
        try:
            done: _Done = self.await_(
                driver._execute(_done, driver._conn, method, arguments, begins)
            )
        except Exception as error:
            self._adapt_connection._handle_exception(error)
        self.description, rows, self.lastrowid, self.rowcount = done
        self._rows.extend(rows)


class _Done(NamedTuple):
    """What a cursor has to say of a statement. With rows, SQLAlchemy expects -1 for both counts."""

    description: Any
    rows: Sequence[Any]
    lastrowid: Any
    rowcount: int


def _done(driver: sqlite3.Connection, method: str, arguments: Sequence[Any], begins: bool) -> _Done:
    """In the connection's thread."""
    with closing(driver.cursor()) as cursor:
        if begins:
            cursor.execute("BEGIN IMMEDIATE")
        getattr(cursor, method)(*arguments)
        if cursor.description:
            return _Done(cursor.description, cursor.fetchall(), -1, -1)
        return _Done(None, (), cursor.lastrowid, cursor.rowcount)
