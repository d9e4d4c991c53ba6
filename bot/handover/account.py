"""An adviser's account and sessions, as they are kept and shown."""

from dataclasses import dataclass
from datetime import datetime

from bot.handover.case import Adviser


@dataclass(frozen=True)
class Account:
    """An adviser's account as an administrator sees it."""

    adviser: Adviser
    created_at: datetime
    has_password: bool
    has_second_factor: bool
    disabled_at: datetime | None = None
    invited_until: datetime | None = None
    """Until when the last invitation is good, if it was not used."""
    seen_at: datetime | None = None


@dataclass(frozen=True)
class OpenSession:
    """A browser that is signed in. `key` names it and opens nothing."""

    key: str
    opened_at: datetime
    seen_at: datetime
    expires_at: datetime
    origin: str | None
    browser: str | None


@dataclass(frozen=True)
class Kept:
    """What is kept of a second factor. The codes up to `last_step` are spent."""

    sealed: bytes
    last_step: int
