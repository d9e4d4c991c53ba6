"""Stock's side: Rasa as PyPI gives it, trained and served as its documentation says.

It has an environment of its own (`.tools/rasa`, see the Makefile): ours lifts Rasa's pins, and its
SQL tracker store needs the SQLAlchemy of those days.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.beside.doors import Side
from benchmarks.beside.serving import Command, Running, free_port, quiet_environment, serving
from benchmarks.beside.stock_project import write_endpoints, write_project
from bot.settings import ROOT
from knowledge.library import Library

_RASA = ROOT / ".tools" / "rasa" / "bin" / "rasa"
_REMEMBERED = "trained.json"


@dataclass(frozen=True)
class Trained:
    """What a folder holds: topics, questions of each (None: all), messages learnt; seconds."""

    topics: int
    questions: int | None
    messages: int
    seconds: float


def trained(folder: Path, library: Library, questions: int | None) -> Trained:
    """Train in `folder`, unless it holds what the same call left there."""
    remembered = folder / _REMEMBERED
    if remembered.exists():
        known = Trained(**json.loads(remembered.read_text("utf-8")))
        if (known.topics, known.questions) == (len(library.topics), questions):
            return known
    folder.mkdir(parents=True, exist_ok=True)
    messages = write_project(folder, library, questions)
    seconds = _command("train", "--force", folder=folder).run()
    done = Trained(len(library.topics), questions, messages, seconds)
    remembered.write_text(json.dumps(asdict(done)), "utf-8")
    return done


@contextmanager
def served(folder: Path, data: Path, question: str) -> Iterator[Running]:
    """`rasa run` and `rasa run actions` at once, SQLite in `data`."""
    port, actions_port = free_port(), free_port()
    data.mkdir(parents=True, exist_ok=True)
    endpoints = write_endpoints(folder, actions_port=actions_port, database=data / "rasa.sqlite3")
    commands = [
        _command("run", "actions", "--port", str(actions_port), folder=folder),
        _command("run", "--port", str(port), "--endpoints", endpoints.name, folder=folder),
    ]
    with serving(Side.stock, f"http://127.0.0.1:{port}", commands, question) as running:
        yield running


def _command(*words: str, folder: Path) -> Command:
    environment = quiet_environment(PYTHONPATH="")
    return Command((str(_RASA), *words), folder, environment, folder / "said.log")
