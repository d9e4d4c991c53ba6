"""Advisers' passwords, by argon2. An unknown account takes as long to refuse as a known one."""

import asyncio
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
_FEWEST_CHARACTERS = 5
_AT_ONCE = 2  # each takes 64 MiB and a core


class Passwords:
    """Hashing in threads, a few at a time, so that sign-ins never stop the service."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def hash(self, password: str) -> str:
        async with self._slots:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def matches(self, stored: str | None, password: str) -> bool:
        """Whether it is the password; without a stored hash the same work is done for nothing."""
        async with self._slots:
            right = await asyncio.to_thread(self._verify, stored or self._nobody, password)
        return right and stored is not None

    def outdated(self, stored: str) -> bool:
        return self._hasher.check_needs_rehash(stored)

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash("")

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def problem_with(password: str, again: str, *, email: str) -> str | None:
    """Why a new password is refused, as a name in `texts.yml`; None if it will do."""
    if len(password) < SHORTEST:
        return "passwords.short"
    if len(password) > LONGEST:
        return "passwords.long"
    if password.casefold() == email or len(set(password)) < _FEWEST_CHARACTERS:
        return "passwords.obvious"
    if password != again:
        return "passwords.differ"
    return None
