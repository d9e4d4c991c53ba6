"""Secrets that must be readable again, sealed before they leave the desk's memory."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from functools import cached_property

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Seal:
    """Fernet, with keys of its own derived from the service's. `keys` is called at first use."""

    def __init__(self, keys: Callable[[], Sequence[str]], *, purpose: str) -> None:
        self._keys = keys
        self._purpose = purpose.encode()

    def close(self, text: str) -> bytes:
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes | str, *, seconds: int | None = None) -> str | None:
        """What was sealed, at most so many seconds ago; None if it was not by one of our keys."""
        try:
            return self._fernet.decrypt(sealed, ttl=seconds).decode()
        except InvalidToken:
            return None

    @cached_property
    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(self._derived(key)) for key in self._keys()])

    def _derived(self, key: str) -> bytes:
        made = HKDF(algorithm=SHA256(), length=32, salt=None, info=self._purpose)
        return urlsafe_b64encode(made.derive(key.encode()))
