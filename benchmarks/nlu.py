"""Our classifier beside stock Rasa's on any intents: `python -m benchmarks.nlu --train A --test B`.

Takes Rasa NLU files. Ours is the featurizer and the classifier of `config.yml`, without our
knowledge; stock is the pipeline of `rasa init`. Each learns A and answers B in processes of its
own, one side after the other. Prints a table, or an object with --json; no figure here is a test.
"""

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.apart import apart
from benchmarks.coverage import Scored, area, at, threshold_for
from benchmarks.nlu_sides import Answered, Heard, Side, Task, Trained, answer, train
from bot.quiet import send_noise_to

COVERAGE = 0.92  # what our product answers of the messages that are for it
_OUTSIDE = ("out_of_scope", "oos")
_NAMES = {Side.ours: "ours", Side.stock: "stock Rasa"}


class Refused(Exception):
    """The files cannot be compared on; the one sentence to show."""


@dataclass(frozen=True)
class Example:
    """A message and its intent, `chitchat/name` for a retrieval intent."""

    text: str
    intent: str


@dataclass(frozen=True)
class Exam:
    """What to learn and what to ask, checked: every intent of `asked` can be learnt from `nlu`.

    `outside` are the messages that should be refused, `learnt_outside` the intents of `nlu` that
    stand for such messages.
    """

    nlu: Path
    learnt: tuple[Example, ...]
    asked: tuple[Example, ...]
    outside: tuple[str, ...]
    learnt_outside: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return (*(example.text for example in self.asked), *self.outside)


@dataclass(frozen=True)
class Measured:
    """Percentages, an area between 0 and 1, seconds, milliseconds a message, megabytes. What needs
    out-of-scope messages is None without any."""

    accuracy: float
    precision: float
    refusal: float | None
    area: float | None
    train: float
    ready: float
    p50: float
    p95: float
    train_memory: float
    memory: float


_ROWS = (
    ("accuracy (%)", "accuracy", 1),
    (f"right among the {COVERAGE:.0%} surest (%)", "precision", 1),
    (f"out of scope refused, {COVERAGE:.0%} answered (%)", "refusal", 1),
    ("area under coverage and refusal (0-1)", "area", 3),
    ("train (s)", "train", 1),
    ("start to first answer (s)", "ready", 1),
    ("p50 of a message (ms)", "p50", 1),
    ("p95 of a message (ms)", "p95", 1),
    ("peak memory, training (MB)", "train_memory", 0),
    ("peak memory, answering (MB)", "memory", 0),
)


def read(path: Path) -> tuple[Example, ...]:
    """The messages of a file, or of a folder's files, without their entities.

    Raises Refused when there are none or Rasa cannot read them.
    """
    from rasa.shared.exceptions import RasaException
    from rasa.shared.nlu.training_data.loading import load_data

    if not path.exists():
        raise Refused(f"{path}: no such file.")
    nothing = f"{path}: no message with an intent in it."
    if path.is_file() and not path.stat().st_size:  # Rasa would speak of an unknown format
        raise Refused(nothing)
    try:
        messages = load_data(str(path)).intent_examples
    except (RasaException, ValueError, OSError) as error:
        reason = " ".join(str(error).split())
        raise Refused(f"{path}: Rasa cannot read it as NLU data: {reason}") from error
    examples = tuple(
        Example(message.get("text"), message.get("intent_response_key") or message.get("intent"))
        for message in messages
        if message.get("text")
    )
    if not examples:
        raise Refused(nothing)
    return examples


def prepare(nlu: Path, test: Path, oos: Path | None, outside: Sequence[str]) -> Exam:
    """Read and check the files. Messages of `test` with an intent that is out of scope are asked
    with those of `oos`.

    Raises Refused.
    """
    learnt, tested = read(nlu), read(test)
    intents = {example.intent for example in learnt}
    if unknown := {example.intent for example in tested} - intents - {*outside}:
        raise Refused(f"{test}: intents that {nlu} does not have: {', '.join(sorted(unknown))}.")
    if len(intents - {*outside}) < 2:
        raise Refused(f"{nlu}: one intent only; there is nothing to tell apart.")
    asked = tuple(example for example in tested if example.intent not in outside)
    if not asked:
        raise Refused(f"{test}: no message that is in scope.")
    refusable = [example.text for example in tested if example.intent in outside]
    if oos:
        refusable += [example.text for example in read(oos)]
    learnt_outside = tuple(sorted(intents & {*outside}))
    return Exam(nlu.resolve(), learnt, asked, tuple(refusable), learnt_outside)


def measure(side: Side, exam: Exam) -> Measured:
    """Train one side and ask it everything. Minutes, for stock and thousands of messages."""
    with tempfile.TemporaryDirectory() as folder:
        task = Task(side, exam.nlu, exam.learnt_outside, Path(folder))
        _tell(f"{_NAMES[side]}: training…")
        trained = apart(train, task)
        _tell(f"{_NAMES[side]}: answering…")
        answered = apart(answer, task, trained.model, exam.texts)
    return _measured(exam, trained, answered)


def _measured(exam: Exam, trained: Trained, answered: Answered) -> Measured:
    heard, others = answered.heard[: len(exam.asked)], answered.heard[len(exam.asked) :]
    asked = [
        Scored(one.score, one.intent == example.intent)
        for one, example in zip(heard, exam.asked, strict=True)
    ]
    outside = [one.score for one in others]
    point = at(threshold_for(COVERAGE, asked), asked, outside)
    assert point.precision is not None  # something is answered at any coverage above 0
    return Measured(
        accuracy=100 * sum(one.is_right for one in asked) / len(asked),
        precision=100 * point.precision,
        refusal=None if point.refusal is None else 100 * point.refusal,
        area=area(asked, outside),
        train=trained.seconds,
        ready=answered.ready,
        p50=_slowest_of(0.5, answered.heard),
        p95=_slowest_of(0.95, answered.heard),
        train_memory=trained.megabytes,
        memory=answered.megabytes,
    )


def _slowest_of(share: float, heard: Sequence[Heard]) -> float:
    """Milliseconds within which this share of the messages was answered."""
    times = sorted(one.ms for one in heard)
    return times[math.ceil(share * len(times)) - 1]


def table(measured: dict[Side, Measured]) -> Iterator[str]:
    yield f"{'':42}" + "".join(f"{_NAMES[side]:>12}" for side in measured)
    for label, name, digits in _ROWS:
        values = [getattr(one, name) for one in measured.values()]
        if None not in values:
            yield f"{label:42}" + "".join(f"{value:12.{digits}f}" for value in values)


def _tell(sentence: str) -> None:
    """Training takes minutes: who waits is told for what, away from the table."""
    print(sentence, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nlu", description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="Rasa NLU YAML to learn")
    parser.add_argument("--test", type=Path, required=True, help="messages to answer")
    parser.add_argument("--oos", type=Path, help="messages to refuse, under any intent")
    parser.add_argument(
        "--outside",
        nargs="+",
        default=_OUTSIDE,
        metavar="INTENT",
        help=f"intents that mean out of scope (default: {', '.join(_OUTSIDE)})",
    )
    parser.add_argument("--only", type=Side, choices=list(Side), metavar="{ours,stock}")
    parser.add_argument("--json", action="store_true", help="print one JSON object, no table")
    return parser


def main() -> int:
    arguments = _parser().parse_args()
    send_noise_to(None)  # Rasa's reader has much to say of what it skips
    try:
        exam = prepare(arguments.train, arguments.test, arguments.oos, arguments.outside)
    except Refused as refused:
        _tell(str(refused))
        return 2
    sides = [arguments.only] if arguments.only else list(Side)
    measured = {side: measure(side, exam) for side in sides}
    counts = {
        "learnt": len(exam.learnt),
        "intents": len({example.intent for example in exam.learnt}),
        "asked": len(exam.asked),
        "outside": len(exam.outside),
    }
    if arguments.json:
        print(json.dumps({**counts, **{side.value: asdict(measured[side]) for side in sides}}))
        return 0
    print(
        "{learnt} messages learnt, {intents} intents; "
        "{asked} asked, {outside} out of scope\n".format(**counts)
    )
    print("\n".join(table(measured)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
