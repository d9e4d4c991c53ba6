"""Secrets that must be readable again, sealed before they leave whoever keeps them."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from functools import cached_property

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MARK_BYTES = 10


class Seal:
    """Fernet, with keys of its own derived from the service's: the newest seals, all of them open.
    `keys` is called at first use."""

    def __init__(self, keys: Callable[[], Sequence[str]], *, purpose: str) -> None:
        self._keys = keys
        self._purpose = purpose

    def close(self, text: str) -> bytes:
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes | str, *, seconds: int | None = None) -> str | None:
        """What was sealed, at most so many seconds ago; None if it was not by one of our keys."""
        try:
            return self._fernet.decrypt(sealed, ttl=seconds).decode()
        except InvalidToken:
            return None

    def marks(self, word: str) -> tuple[str, ...]:
        """By which a word can be looked for though it is kept nowhere: one mark a key, the newest
        first. The same word has the same mark; without the key nobody goes back from it."""
        made = (hmac.digest(key, word.encode(), "sha256") for key in self._marking)
        return tuple(mark[:_MARK_BYTES].hex() for mark in made)

    @cached_property
    def _fernet(self) -> MultiFernet:
        derived = (self._derived(key, self._purpose) for key in self._keys())
        return MultiFernet([Fernet(urlsafe_b64encode(each)) for each in derived])

    @cached_property
    def _marking(self) -> tuple[bytes, ...]:
        return tuple(self._derived(key, f"{self._purpose} marks") for key in self._keys())

    @staticmethod
    def _derived(key: str, purpose: str) -> bytes:
        made = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
        return made.derive(key.encode())
