"""Keys of the service itself, made once and kept beside its database unless they are given."""

import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

_SEALING = "secret.key"
_PUSH = "push.key"


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


def push_key(given: str | None, folder: Path) -> str:
    """The key that says to push services who sends a notification (VAPID, RFC 8292): the private
    value of a P-256 key, 32 bytes in base64url. Made and kept as `secret_keys` are; a browser
    that agreed to be notified agreed for this key alone."""
    return given.strip() if given else _kept(folder / _PUSH, _new_push_key)


def _new_secret_key() -> str:
    return secrets.token_urlsafe(48)


def _new_push_key() -> str:
    value = generate_private_key(SECP256R1()).private_numbers().private_value
    return urlsafe_b64encode(value.to_bytes(32, "big")).decode().rstrip("=")


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
