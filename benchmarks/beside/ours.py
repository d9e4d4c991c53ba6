"""Our side: `qve train` and `qve serve`, with fresh data, and limits that let a load tool ask."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.beside.doors import Side
from benchmarks.beside.serving import Command, Running, free_port, quiet_environment, serving
from bot.settings import ROOT

_NO_LIMIT = 10**7


def train(folder: Path) -> float:
    """Seconds to learn everything afresh, into `folder`/models."""
    cache = {"RASA_CACHE_DIRECTORY": folder / "cache"}
    return _command("train", "--force", folder=folder, models=folder / "models", more=cache).run()


@contextmanager
def served(
    folder: Path,
    question: str,
    *,
    models: Path | None = None,
    root: Path = ROOT,
    settings: Mapping[str, object] | None = None,
) -> Iterator[Running]:
    """One process on SQLite in `folder`, unless `settings` say otherwise. `root` is where the
    code and the knowledge are."""
    port = free_port()
    models = models or folder / "models"
    lifted = {
        "QVE_PORT": port,
        "QVE_MESSAGES_PER_MINUTE": _NO_LIMIT,
        "QVE_CONVERSATIONS_PER_HOUR": _NO_LIMIT,
        **(settings or {}),
    }
    command = _command("serve", folder=folder, models=models, more=lifted, root=root)
    with serving(Side.ours, f"http://127.0.0.1:{port}", [command], question) as running:
        yield running


def _command(
    *words: str, folder: Path, models: Path, more: Mapping[str, object], root: Path = ROOT
) -> Command:
    folder.mkdir(parents=True, exist_ok=True)
    environment = quiet_environment(QVE_VAR=folder, QVE_MODEL_DIR=models, **more)
    # -m: what is in `root` is run, not what is installed.
    return Command((sys.executable, "-m", "bot", *words), root, environment, folder / "said.log")
