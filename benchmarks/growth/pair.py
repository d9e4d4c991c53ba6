"""The same questions to a small service and to a large one, in turn."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from benchmarks.beside.doors import Side
from benchmarks.beside.load import Load, run

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Pace:
    """How many times each is asked, for how many seconds after as many thrown away."""

    rounds: int = 5
    seconds: float = 10.0
    warm_up: float = 3.0


QUICK = Pace(rounds=2, seconds=2.0, warm_up=0.5)


@dataclass(frozen=True)
class Pair:
    """Medians of one person's answers, in milliseconds."""

    small: float
    large: float


def in_turn(small: str, large: str, questions: tuple[str, ...], pace: Pace) -> Pair:
    """`small` and `large` are the addresses of two services that run."""
    times: dict[str, list[float]] = {small: [], large: []}
    for _ in range(pace.rounds):
        for url in (small, large):
            times[url] += alone(url, questions, pace)
    return Pair(median(times[small]), median(times[large]))


def alone(url: str, questions: tuple[str, ...], pace: Pace) -> tuple[float, ...]:
    """One person's times. Raises RuntimeError when a question had no answer."""
    heard = run(Load(Side.ours, url, questions, 1, pace.seconds, pace.warm_up))
    if heard.failed:
        raise RuntimeError(f"{heard.failed} questions without an answer at {url}")
    return heard.times
