"""What somebody can be reached by is sealed in the database, wherever it stands.

`Sealed` is a column that is nothing else (a contact's name, an address). `ContactsSealed` is a text
in which an address or a number may stand: that piece alone is sealed, as `{sealed:…}`. Both are
opened when they are read, so that nobody else needs to know. The key is the `Database`'s: it hangs
on the engine's dialect, which SQLAlchemy gives to every type.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import JSON, Dialect, Text, TypeDecorator
from sqlalchemy.ext.asyncio import AsyncSession

from bot.privacy.contacts import contacts_in
from bot.seal import Seal
from bot.texts import say

PURPOSE = "contacts of people"
TOKEN = "gAAAA"  # noqa: S105  how every Fernet token begins, for a good century
_PIECE = re.compile(rf"\{{sealed:({TOKEN}[\w-]+={{0,2}})\}}")
_HOLDS_SEALED = "holds_sealed"


class NoKey(Exception):
    """A contact was to be written or read, and this `Database` was given no key."""


def no_keys() -> tuple[str, ...]:
    raise NoKey


def hang_seal(dialect: Dialect, seal: Seal) -> None:
    dialect.qve_seal = seal  # type: ignore[attr-defined]


def seal_of(dialect: Dialect) -> Seal:
    seal: Seal = dialect.qve_seal  # type: ignore[attr-defined]
    return seal


def seal_in(session: AsyncSession) -> Seal:
    return seal_of(session.get_bind().dialect)


class Sealed(TypeDecorator[str]):
    """Wholly sealed. What no key opens any more reads as the words that stand for it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else seal_of(dialect).close(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or not value.startswith(TOKEN):
            return value
        return _opened(value, seal_of(dialect))


class ContactsSealed(TypeDecorator[str]):
    """A text whose contacts are sealed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else close_contacts(value, seal_of(dialect))

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _open_contacts(value, dialect)


class ContactsSealedJson(TypeDecorator[dict[str, Any]]):
    """A JSON object whose every string is such a text; it says so, to be opened at no cost when
    it holds none."""

    impl = JSON
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(none_as_null=True)

    def process_bind_param(
        self, value: dict[str, Any] | None, dialect: Dialect
    ) -> dict[str, Any] | None:
        if value is None or not any(map(_to_seal, _strings(value))):
            return value
        closed = _in_strings(value, lambda text: close_contacts(text, seal_of(dialect)))
        return {**closed, _HOLDS_SEALED: True}

    def process_result_value(
        self, value: dict[str, Any] | None, dialect: Dialect
    ) -> dict[str, Any] | None:
        if value is None or _HOLDS_SEALED not in value:
            return value
        opened: dict[str, Any] = _in_strings(value, lambda text: _open_contacts(text, dialect))
        del opened[_HOLDS_SEALED]
        return opened


def close_contacts(text: str, seal: Seal) -> str:
    """« écrivez à lea@exemple.fr » → « écrivez à {sealed:gAAAA…} »."""
    pieces, done = [], 0
    for start, end in _to_seal(text):
        sealed = seal.close(text[start:end]).decode()
        pieces += [text[done:start], f"{{sealed:{sealed}}}"]
        done = end
    return "".join([*pieces, text[done:]])


def _to_seal(text: str) -> list[tuple[int, int]]:
    """Contacts, and what somebody typed that looks like one sealed: sealed too, it is read again as
    it was typed, and opens nothing. In order; what overlaps is one."""
    found = [(span.start, span.end) for span in contacts_in(text)]
    if TOKEN in text:
        found = sorted([*found, *(piece.span() for piece in _PIECE.finditer(text))])
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def opens(written: str, seal: Seal) -> bool:
    """Whether one of the keys opens everything sealed in what is written in a column."""
    tokens = [written] if written.startswith(TOKEN) else _PIECE.findall(written)
    return all(seal.open(token) is not None for token in tokens)


def _open_contacts(text: str, dialect: Dialect) -> str:
    if TOKEN not in text:
        return text
    return _PIECE.sub(lambda piece: _opened(piece[1], seal_of(dialect)), text)


def _opened(token: str, seal: Seal) -> str:
    opened = seal.open(token)
    return say("contact.unreadable") if opened is None else opened


def _strings(value: Any) -> Iterator[str]:
    """Every text in a JSON value, names of members left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list, tuple)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _in_strings(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case list() | tuple():
            return [_in_strings(each, change) for each in value]
        case dict():
            return {name: _in_strings(each, change) for name, each in value.items()}
        case _:
            return value
