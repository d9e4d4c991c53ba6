"""One-time invitation links: for the first account of a new service, and for each adviser after."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.conversation.conversations import hash_token
from bot.desk.entering.accounts import COMMAND, AccountStore
from bot.desk.words import word
from bot.handover.case import Adviser
from bot.handover.roles import Role

GOOD_FOR = timedelta(days=7)
NO_EMAIL_YET = ""
"""The first account's e-mail address is chosen by whoever opens its invitation."""
_LONGEST_EMAIL = 254
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Invitation:
    """The link is shown once and kept nowhere: only its hash is."""

    adviser: Adviser
    url: str
    expires_at: datetime


@dataclass(frozen=True)
class AlreadyExists:
    """The e-mail address belongs to another account."""


@dataclass(frozen=True)
class BadEmail:
    """The e-mail address cannot be one."""


async def first_invitation(
    accounts: AccountStore, *, now: datetime, public_url: str
) -> Invitation | None:
    """The way in for a service nobody can sign in to yet; None when somebody can."""
    if await accounts.anyone():
        return None
    adviser = await accounts.oldest() or await accounts.add(
        email=NO_EMAIL_YET,
        display_name=word("accounts.first"),
        role=Role.administrator.value,
        institution=None,
    )
    if adviser is None:
        return None
    return await invite_again(accounts, adviser, now=now, public_url=public_url)


async def invite_adviser(
    accounts: AccountStore,
    *,
    email: str,
    display_name: str,
    role: str = Role.adviser.value,
    institution: str | None = None,
    now: datetime,
    public_url: str,
    by: str = COMMAND,
) -> Invitation | AlreadyExists | BadEmail:
    """A new account and its link."""
    address = readable_email(email)
    if address is None:
        return BadEmail()
    adviser = await accounts.add(
        email=address, display_name=display_name, role=role, institution=institution, by=by
    )
    if adviser is None:
        return AlreadyExists()
    return await invite_again(accounts, adviser, now=now, public_url=public_url, by=by)


async def invite_again(
    accounts: AccountStore,
    adviser: Adviser,
    *,
    now: datetime,
    public_url: str,
    by: str = COMMAND,
) -> Invitation:
    """A new link; earlier ones are no longer good."""
    token = secrets.token_urlsafe(32)
    expires_at = now + GOOD_FOR
    await accounts.invite(adviser.id, hash_token(token), expires_at, by=by)
    return Invitation(adviser, f"{public_url.rstrip('/')}/desk/invitation/{token}", expires_at)


def readable_name(text: str) -> str | None:
    """What people will see, or None if it cannot be shown."""
    called = " ".join(text.split())
    return called if called and len(called) <= _LONGEST_NAME and called.isprintable() else None


def readable_email(text: str) -> str | None:
    """An e-mail address as it is kept, or None if it cannot be one."""
    address = text.strip().lower()
    name, at, domain = address.rpartition("@")
    if not (name and at and "." in domain.strip(".")) or len(address) > _LONGEST_EMAIL:
        return None
    if "@" in name or not address.isprintable() or any(c.isspace() for c in address):
        return None
    return address
