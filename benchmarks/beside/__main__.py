"""`python -m benchmarks.beside`: train, start, ask, weigh; ours then stock; written to the page.

No figure here is a test: a goal that is missed is written as such, and the command succeeds.
"""

import argparse
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from benchmarks.beside import ours, stock
from benchmarks.beside.asked import asked
from benchmarks.beside.measuring import QUICK, Measured, Pace, measure
from benchmarks.beside.page import rows, write_page
from benchmarks.beside.stock import Trained
from benchmarks.report.goals import table
from bot.settings import ROOT
from knowledge.library import Library

_QUESTIONS = 12


def main() -> int:
    options = _parser().parse_args()
    library, pace = Library.load(), QUICK if options.quick else Pace()
    questions = asked(library)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        our = _ours(place / "ours", questions, pace, trains=not options.quick)
        kept = nullcontext(options.keep) if options.keep else tempfile.TemporaryDirectory()
        with kept as home:
            learnt = stock.trained(Path(home).resolve(), library, options.questions)
            its = _stock(Path(home).resolve(), place / "stock", questions, learnt, pace)
    page = write_page(our, its, learnt, len(library.topics), quick=options.quick)
    print("\n".join(table(("", "ours", "stock Rasa"), rows(our, its))))
    print(f"\n{page}")
    return 0


def _ours(folder: Path, questions: tuple[str, ...], pace: Pace, *, trains: bool) -> Measured:
    seconds = ours.train(folder) if trains else None
    models = None if trains else ROOT / "models"
    with ours.served(folder, questions[0], models=models) as running:
        return measure(running, questions, seconds, pace, _tell)


def _stock(
    home: Path, data: Path, questions: tuple[str, ...], learnt: Trained, pace: Pace
) -> Measured:
    _tell(f"stock: trained on {learnt.messages} messages in {learnt.seconds:.0f} s")
    with stock.served(home, data, questions[0]) as running:
        return measure(running, questions, learnt.seconds, pace, _tell)


def _tell(sentence: str) -> None:
    """Minutes pass: who waits is told for what, away from the table."""
    print(sentence, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.beside", description=__doc__)
    parser.add_argument(
        "--questions",
        type=lambda given: None if given == "all" else int(given),
        default=_QUESTIONS,
        metavar="N",
        help=f"of each topic, for stock to learn, or `all` (default: {_QUESTIONS})",
    )
    parser.add_argument(
        "--keep", metavar="FOLDER", help="where stock stays trained, to be measured again"
    )
    parser.add_argument(
        "--quick", action="store_true", help="a trial of seconds, written to var/quick/"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
