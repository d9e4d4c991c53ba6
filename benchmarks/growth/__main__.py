"""`python -m benchmarks.growth`: each thing that grows, small against large, written to the page.

With QVE_DATABASE_URL (a PostgreSQL server on which databases may be made), what is stored is
measured there too. No figure here is a test.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.beside.asked import asked
from benchmarks.beside.ours import served
from benchmarks.beside.serving import allow_many_connections
from benchmarks.growth import stored, streams, topics, turns
from benchmarks.growth.pair import QUICK, Pace
from benchmarks.report.goals import Compared, compared, table
from benchmarks.report.page import draw, measured_on, write
from benchmarks.report.picture import picture
from bot.settings import ROOT
from knowledge.library import Library

_SECTION = "growth"
_LEGEND = "The small one’s is the whole bar, the large one’s lies on it; the stroke is the goal."
_HEADS = ("", "large", "small")
_MEMORY_GOAL = 1200.0


@dataclass(frozen=True)
class Sizes:
    stored: tuple[int, int] = (1_000, 100_000)
    turns: tuple[int, int] = (10, 500)
    rounds: int = 30
    topics: int = 10_000
    streams: int = 5_000


_SMALL_SIZES = Sizes(stored=(10, 1_000), turns=(2, 20), rounds=2, topics=400, streams=100)


@dataclass(frozen=True)
class Setting:
    """What every part needs: a folder of its own, the trained models, what to ask, how long."""

    folder: Path
    models: Path
    questions: tuple[str, ...]
    pace: Pace
    sizes: Sizes

    def of(self, name: str) -> Path:
        place = self.folder / name
        place.mkdir()
        return place


Part = Callable[[Setting], tuple[Compared, str]]
"""What it measured, and a sentence to go with it (or none)."""


def _stored(setting: Setting, *, server: str | None = None) -> tuple[Compared, str]:
    kind, counts = "PostgreSQL" if server else "SQLite", setting.sizes.stored
    place = setting.of(f"stored-{kind}")
    pair, taken = stored.measure(
        place, setting.models, setting.questions, setting.pace, counts, _tell, server=server
    )
    label = f"p50, {counts[1]:,} conversations stored, not {counts[0]:,} ({kind})"
    sentence = f"A conversation of ten questions takes {taken / 1000:.0f} kB ({kind})."
    return compared(label, pair.large, pair.small, 1.1, "ms"), sentence


def _turns(setting: Setting) -> tuple[Compared, str]:
    short, long = setting.sizes.turns
    with served(setting.of("turns"), setting.questions[0], models=setting.models) as running:
        pair = turns.measure(running.url, setting.questions, (short, long), setting.sizes.rounds)
    label = f"p50, conversation of {long} turns, not {short}"
    return compared(label, pair.large, pair.small, 1.5, "ms"), ""


def _topics(setting: Setting) -> tuple[Compared, str]:
    count = setting.sizes.topics
    pair, start, memory = topics.measure(
        setting.of("topics"), setting.models, setting.questions, setting.pace, count, _tell
    )
    row = compared(f"p50, {count:,} topics, not the real ones", pair.large, pair.small, 1.5, "ms")
    sentence = f"With {count:,} topics it starts in {start:.0f} s and takes {memory:,.0f} MB."
    return row, sentence


def _streams(setting: Setting) -> tuple[Compared, str]:
    count = setting.sizes.streams
    with served(setting.of("streams"), setting.questions[0], models=setting.models) as running:
        seen = streams.measure(running, setting.questions, setting.pace, count)
    label = f"memory, {count:,} event streams open"
    row = compared(label, seen.memory[1], _MEMORY_GOAL, 1.0, "MB", 0)
    sentence = (
        f"Event streams: {seen.alive:,} of {count:,} still open at the end; memory went from"
        f" {seen.memory[0]:,.0f} to {seen.memory[1]:,.0f} MB, p50 from {seen.p50[0]:.1f}"
        f" to {seen.p50[1]:.1f} ms."
    )
    return row, sentence


def _parts(server: str | None) -> dict[str, Part]:
    parts: dict[str, Part] = {"stored": _stored}
    if server is not None:
        parts["stored-postgresql"] = partial(_stored, server=server)
    return {**parts, "turns": _turns, "topics": _topics, "streams": _streams}


def main() -> int:
    server = os.environ.pop("QVE_DATABASE_URL", None)
    parts = _parts(server)
    options = _parser(list(parts)).parse_args()
    allow_many_connections()
    pace, sizes = (QUICK, _SMALL_SIZES) if options.quick else (Pace(), Sizes())
    questions = asked(Library.load())
    with tempfile.TemporaryDirectory() as folder:
        setting = Setting(Path(folder), ROOT / "models", questions, pace, sizes)
        measured = []
        for name in options.only or parts:
            _tell(name)
            measured.append(_measured(name, parts[name], setting))
            _tell("\n".join(table(_HEADS, [measured[-1][0]])))
    print("\n".join(_lines(measured)))
    if not options.only:
        rows = [row for row, _ in measured]
        draw(_SECTION, picture("What growth costs", _LEGEND, rows), quick=options.quick)
        print(f"\n{write(_SECTION, _lines(measured), quick=options.quick)}")
    return 0


def _measured(name: str, part: Part, setting: Setting) -> tuple[Compared, str]:
    """What fails is said, and does not lose what the others took minutes for."""
    try:
        return part(setting)
    except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
        return compared(name, None, None, 1.0, ""), f"Not measured, {name}: {error}"


def _lines(measured: list[tuple[Compared, str]]) -> Iterator[str]:
    yield ""
    yield f"![What growth costs](images/{_SECTION}.svg)"
    yield ""
    yield from table(_HEADS, [row for row, _ in measured])
    yield ""
    yield measured_on()
    yield from (sentence for _, sentence in measured if sentence)
    yield ""


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _parser(parts: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", choices=parts, help="these alone, printed and not written"
    )
    parser.add_argument(
        "--quick", action="store_true", help="a trial of seconds, written to var/quick/"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
