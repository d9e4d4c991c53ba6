"""Keys of the service itself, made once and kept beside its database unless they are given."""

import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SEALING = "secret.key"
_PUSH = "push.key"
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # FIPS 186-4


def secret_keys(given: str | None, folder: Path) -> tuple[str, ...]:
    """What seals what must be readable again (second factors, what people are reached by), the
    newest first: it seals, all of them open. `given` has one a comma.

    Without any, one is made once and kept in `folder`, readable by its owner only: enough for one
    machine; several processes on several machines need the setting.
    """
    keys = given or _kept(folder / _SEALING, _new_secret_key)
    return tuple(key.strip() for key in keys.split(",") if key.strip())


def add_secret_key(folder: Path) -> None:
    """Make another one: from the next start on it seals, and those before it still open."""
    keys = ",".join([_new_secret_key(), *secret_keys(None, folder)])
    _draft(folder / _SEALING, keys).replace(folder / _SEALING)


def push_key(given: str | None, shared: Sequence[str], folder: Path) -> str:
    """The key that says to push services who sends a notification (VAPID, RFC 8292): the private
    value of a P-256 key, 32 bytes in base64url. A browser that agreed to be notified agreed for
    this key alone.

    Not given, it comes from the oldest of the `shared` keys, so that every machine has the same
    and a newer one changes nothing; without any of those it is made and kept in `folder`.
    """
    if given:
        return given.strip()
    if shared:
        return _written(_private_value(shared[-1]))
    return _kept(folder / _PUSH, _new_push_key)


def _private_value(secret: str) -> int:
    made = HKDF(algorithm=SHA256(), length=48, salt=None, info=b"push").derive(secret.encode())
    return int.from_bytes(made, "big") % (_P256_ORDER - 1) + 1


def _new_secret_key() -> str:
    return secrets.token_urlsafe(48)


def _new_push_key() -> str:
    return _written(generate_private_key(SECP256R1()).private_numbers().private_value)


def _written(private_value: int) -> str:
    return urlsafe_b64encode(private_value.to_bytes(32, "big")).decode().rstrip("=")


def _kept(file: Path, make: Callable[[], str]) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = _draft(file, make())
        try:
            os.link(draft, file)  # whole or not at all, and never over another's
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text("utf-8").strip()


def _draft(file: Path, text: str) -> Path:
    """Beside the file, for its owner alone."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.write(text)
    return draft
