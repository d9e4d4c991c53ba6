"""The key that seals what must be readable again (second factors, signed links)."""

import os
import secrets
from pathlib import Path

_FILE = "secret.key"


def secret_keys(given: str | None, folder: Path) -> tuple[str, ...]:
    """The newest first: it seals, all of them open. `given` has one a comma.

    Without any, one is made once and kept in `folder`, readable by its owner only: enough for one
    machine; several processes on several machines need the setting.
    """
    if given:
        return tuple(key.strip() for key in given.split(",") if key.strip())
    return (_kept(folder / _FILE),)


def _kept(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{_FILE}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, file)  # whole or not at all, and never over another's
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text("utf-8").strip()
