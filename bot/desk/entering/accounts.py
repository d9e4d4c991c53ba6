"""What the desk needs to know of advisers' accounts. Implemented in `storage`.

Secrets never come here in clear: tokens and recovery codes as hashes, passwords as argon2 strings,
second factors sealed. `by` is who does it, for the log: an actor such as `adviser:3`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.handover.account import Account, Kept, OpenSession
from bot.handover.case import Adviser

COMMAND = "command"


class Sessions(Protocol):
    async def open_session(
        self,
        adviser_id: int,
        token_hash: bytes,
        now: datetime,
        expires_at: datetime,
        *,
        browser: str | None = None,
    ) -> None: ...

    async def open_halfway(
        self, adviser_id: int, token_hash: bytes, now: datetime, expires_at: datetime
    ) -> None:
        """The password was right; the second factor is still to come."""

    async def session(self, token_hash: bytes, now: datetime) -> Adviser | None:
        """Who is signed in with this token; nobody whose account is disabled."""

    async def halfway(self, token_hash: bytes, now: datetime) -> Adviser | None:
        """Who has given their password, and not yet their second factor."""

    async def close_session(self, token_hash: bytes) -> None: ...

    async def seen(self, token_hash: bytes, now: datetime) -> None:
        """Note that the session is used; to some minutes."""

    async def sessions(self, adviser_id: int, now: datetime) -> Sequence[OpenSession]:
        """Those that are signed in, the one used last first."""

    async def revoke(self, adviser_id: int, key: str, *, by: str) -> bool:
        """Close one session of that adviser; False if it is not there."""

    async def revoke_all(self, adviser_id: int, *, by: str, but: bytes | None = None) -> int:
        """Close every session of that adviser but that of one token; how many."""


class SecondFactors(Protocol):
    async def second_factor(self, adviser_id: int) -> Kept | None: ...

    async def set_second_factor(
        self, adviser_id: int, kept: Kept, code_hashes: Sequence[bytes], *, by: str
    ) -> None:
        """Put a second factor in place of any before, with its recovery codes."""

    async def remove_second_factor(
        self, adviser_id: int, *, by: str, but: bytes | None = None
    ) -> None:
        """With its recovery codes; every session is closed but that of one token."""

    async def use_step(self, adviser_id: int, step: int) -> bool:
        """Spend a code: once only, however many try at the same instant."""

    async def use_recovery_code(self, adviser_id: int, code_hash: bytes, now: datetime) -> bool:
        """Spend a recovery code, once only."""

    async def recovery_codes_left(self, adviser_id: int) -> int: ...

    async def renew_recovery_codes(
        self, adviser_id: int, code_hashes: Sequence[bytes], *, by: str
    ) -> None: ...


class Identities(Protocol):
    async def identified(
        self, issuer: str, subject: str, email: str | None, now: datetime
    ) -> Adviser | None:
        """The account in use that this identity enters. The first time it is the account of the
        verified address `email`, and known by the identity from then on; no account is made."""

    async def identity_of(self, adviser_id: int) -> str | None:
        """The issuer that knows this account, if one does."""

    async def forget_identity(self, adviser_id: int, *, by: str) -> None:
        """Not known by any identity any more; every session is closed."""


class AccountStore(Sessions, SecondFactors, Identities, Protocol):
    """Each method is one transaction. E-mail addresses come normalised."""

    async def add(
        self,
        *,
        email: str,
        display_name: str,
        role: str,
        institution: str | None,
        by: str = COMMAND,
    ) -> Adviser | None:
        """A new account, without a password; None if the e-mail address has one."""

    async def rename(self, adviser_id: int, *, email: str, display_name: str) -> Adviser | None:
        """Change how an account is called; None if the e-mail address is another account's."""

    async def anyone(self) -> bool:
        """Whether somebody has already chosen a password."""

    async def oldest(self) -> Adviser | None: ...

    async def everybody(self, now: datetime) -> Sequence[Account]:
        """Every account, by name; disabled ones last."""

    async def account(self, adviser_id: int, now: datetime) -> Account | None: ...

    async def by_email(self, email: str) -> Adviser | None: ...

    async def change(
        self, adviser_id: int, *, display_name: str, role: str, institution: str | None, by: str
    ) -> bool:
        """False if nobody could administer the desk afterwards: nothing is changed then. A new
        role signs the adviser out, so that they enter with what it asks for."""

    async def disable(self, adviser_id: int, now: datetime, *, by: str) -> bool:
        """Sign the adviser out for good; False if nobody could administer the desk afterwards."""

    async def enable(self, adviser_id: int, *, by: str) -> None: ...

    async def invite(
        self, adviser_id: int, token_hash: bytes, expires_at: datetime, *, by: str = COMMAND
    ) -> None:
        """Keep a one-time invitation; earlier ones to the same adviser are no longer good."""

    async def invitation(self, token_hash: bytes, now: datetime) -> Adviser | None:
        """Whom an invitation still good is for."""

    async def accept(self, token_hash: bytes, password_hash: str, now: datetime) -> Adviser | None:
        """Use an invitation: once only, however many try at the same instant."""

    async def credentials(self, email: str) -> tuple[Adviser, str] | None:
        """The account and its password's hash; None without account or password, or disabled."""

    async def set_password_hash(self, adviser_id: int, password_hash: str) -> None: ...

    async def change_password(
        self, adviser_id: int, password_hash: str, *, but: bytes, by: str
    ) -> None:
        """A password the adviser chose: their other sessions are closed."""
