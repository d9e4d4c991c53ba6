"""What the desk needs to know of advisers' accounts. Implemented in `storage`.

Secrets never come here in clear: tokens as hashes, passwords as argon2 strings.
"""

from datetime import datetime
from typing import Protocol

from bot.handover.case import Adviser


class AccountStore(Protocol):
    """Each method is one transaction. E-mail addresses come normalised."""

    async def add(
        self, *, email: str, display_name: str, role: str, institution: str | None
    ) -> Adviser | None:
        """A new account, without a password; None if the e-mail address has one."""

    async def rename(self, adviser_id: int, *, email: str, display_name: str) -> Adviser | None:
        """Change how an account is called; None if the e-mail address is another account's."""

    async def anyone(self) -> bool:
        """Whether somebody has already chosen a password."""

    async def oldest(self) -> Adviser | None: ...

    async def invite(self, adviser_id: int, token_hash: bytes, expires_at: datetime) -> None:
        """Keep a one-time invitation; earlier ones to the same adviser are no longer good."""

    async def invitation(self, token_hash: bytes, now: datetime) -> Adviser | None:
        """Whom an invitation still good is for."""

    async def accept(self, token_hash: bytes, password_hash: str, now: datetime) -> Adviser | None:
        """Use an invitation: once only, however many try at the same instant."""

    async def credentials(self, email: str) -> tuple[Adviser, str] | None:
        """The account and its password's hash; None without account or password."""

    async def set_password_hash(self, adviser_id: int, password_hash: str) -> None: ...

    async def open_session(
        self, adviser_id: int, token_hash: bytes, now: datetime, expires_at: datetime
    ) -> None: ...

    async def session(self, token_hash: bytes, now: datetime) -> Adviser | None:
        """Who is signed in with this token."""

    async def close_session(self, token_hash: bytes) -> None: ...
