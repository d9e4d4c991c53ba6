"""`python -m benchmarks.turn`: a turn in this process, part by part, then through HTTP.

`--profile` prints the dearest functions instead. No figure here is a test.
"""

import argparse
import pstats
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import uvloop

from benchmarks.beside.asked import asked
from benchmarks.beside.ours import served
from benchmarks.growth.pair import QUICK, Pace, alone
from benchmarks.report.page import measured_on, write
from benchmarks.turn.parts import (
    ACTIONS,
    MEMORY,
    PIPELINE,
    POLICY,
    STORE,
    TURN,
    Parts,
    measure,
    profile,
)
from bot.quiet import send_noise_to
from bot.settings import ROOT
from bot.understanding.training import current_model
from knowledge.library import Library

_SECTION = "turn"
_WARM_UP = 50
_DEAREST = 40


def main() -> int:
    options = _parser().parse_args()
    send_noise_to(None)
    model = current_model(ROOT, ROOT / "models")
    questions = asked(Library.load(), 150 if options.quick else 500)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if options.profile:
            profiler = uvloop.run(profile(place, model, questions))
            pstats.Stats(profiler).sort_stats(options.profile).print_stats(_DEAREST)
            return 0
        parts = uvloop.run(measure(place, model, questions, _WARM_UP))
        with served(place / "http", questions[0], models=ROOT / "models") as running:
            http = mean(alone(running.url, questions, QUICK if options.quick else Pace()))
    lines = list(_lines(parts, http))
    print("\n".join(lines))
    print(f"\n{write(_SECTION, lines, quick=options.quick)}")
    return 0


def _lines(parts: Parts, http: float) -> Iterator[str]:
    turn = parts.spent[TURN]
    yield ""
    yield "| part of a message | ms (mean) | share |"
    yield "|---|--:|--:|"
    for label, spent in (
        ("pipeline: features, classifier, guards", parts.spent[PIPELINE]),
        ("rule policy", parts.spent[POLICY]),
        ("actions: the answer itself", parts.spent.get(ACTIONS, 0.0)),
        ("reading the engine’s memory", parts.spent[MEMORY]),
        ("Rasa’s processor and our engine around them", parts.around_rasa),
        ("database: receive, find the turn, store the answer", parts.spent[STORE]),
        ("the turn around them: lock, floor, telling", parts.around_turn),
        ("HTTP: the request, its person, the page that answers, opening one in ten", http - turn),
    ):
        yield f"| {label} | {spent:.2f} | {spent / http:.0%} |"
    yield f"| **all, through HTTP** | **{http:.2f}** | |"
    yield ""
    yield (
        f"{measured_on()} The floor, pipeline and rule policy alone, is {parts.floor:.2f} ms:"
        f" a turn in the process takes {turn / parts.floor:.1f} times as long,"
        f" a message through HTTP {http / parts.floor:.1f} times."
    )
    yield ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.turn", description=__doc__)
    parser.add_argument(
        "--profile", choices=("tottime", "cumulative"), help="the dearest functions, by this"
    )
    parser.add_argument(
        "--quick", action="store_true", help="a trial of seconds, written to var/quick/"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
