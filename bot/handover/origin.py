"""From where the desk is asked to do something: kept beside each line of the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_origin: ContextVar[str | None] = ContextVar("origin", default=None)


def origin() -> str | None:
    """The network address of the request being dealt with; None for what nobody asked for."""
    return _origin.get()


@contextmanager
def asked_from(address: str | None) -> Iterator[None]:
    token = _origin.set(address)
    try:
        yield
    finally:
        _origin.reset(token)
