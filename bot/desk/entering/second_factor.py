"""Six digits that change every thirty seconds (TOTP), and recovery codes for a lost phone."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
import segno

from bot.conversation.conversations import hash_token
from bot.handover.account import Kept
from bot.handover.case import Adviser
from bot.seal import Seal

PURPOSE = "desk second factor"
_ISSUER = "Quebec ville etudes"
_DRIFT = (0, -1, 1)  # a phone's clock may be half a minute off
_PROPOSED_FOR_SECONDS = 3600
_CODES = 10
_GROUPS, _GROUP = 4, 4
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no 0 o 1 l i
_DIGITS = re.compile(r"[0-9]{6}")


@dataclass(frozen=True)
class Proposal:
    """A second factor not confirmed yet: kept by nobody, it travels sealed in its form."""

    secret: str
    drawing: str
    """An image of the QR code, as a data URI."""
    sealed: str

    @property
    def grouped(self) -> str:
        """The secret by fours, to be typed where no camera can be used."""
        return " ".join(re.findall(".{1,4}", self.secret))


class SecondFactor:
    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def propose(self, adviser: Adviser, again: str | None = None) -> Proposal:
        """A new secret, or the one of the form being shown `again`."""
        secret = self.proposed(adviser, again or "") or pyotp.random_base32()
        uri = pyotp.TOTP(secret).provisioning_uri(name=adviser.email, issuer_name=_ISSUER)
        drawing = segno.make(uri, error="m").svg_data_uri(scale=5, border=3, light="#ffffff")
        sealed = self._seal.close(f"{adviser.id}:{secret}").decode()
        return Proposal(secret, drawing, sealed)

    def proposed(self, adviser: Adviser, sealed: str) -> str | None:
        """The secret that was proposed to this adviser within the hour."""
        opened = self._seal.open(sealed, seconds=_PROPOSED_FOR_SECONDS)
        owner, _, secret = (opened or "").partition(":")
        return secret if secret and owner == str(adviser.id) else None

    def keep(self, secret: str) -> bytes:
        return self._seal.close(secret)

    def step(self, kept: Kept, code: str, now: datetime) -> int | None:
        """The step whose code this is, if it was not used before."""
        secret = self._seal.open(kept.sealed)
        return None if secret is None else step_of(secret, code, now, after=kept.last_step)


def step_of(secret: str, code: str, now: datetime, *, after: int = 0) -> int | None:
    digits = re.sub(r"\s", "", code)
    if not _DIGITS.fullmatch(digits):
        return None
    totp = pyotp.TOTP(secret)
    steps = [totp.timecode(now) + drift for drift in _DRIFT]
    right = [step for step in steps if hmac.compare_digest(totp.generate_otp(step), digits)]
    return next((step for step in right if step > after), None)


def new_recovery_codes() -> list[str]:
    """Codes of 79 bits, each good once; only their hashes are kept."""
    return [
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
        for _ in range(_CODES)
    ]


def recovery_hash(code: str) -> bytes:
    """However it is typed: capitals, spaces and hyphens do not count."""
    return hash_token(re.sub(r"[\s-]", "", code).casefold())
