"""What is measured of a side that runs: alone, in a crowd, up the ladder; then it is weighed."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.beside.load import Heard, Load, run
from benchmarks.beside.serving import Running

CROWD = 50
LADDER = (1, 2, 4, 8, 16, 32, 50, 100, 200)
QUICK_ENOUGH = 300.0


@dataclass(frozen=True)
class Pace:
    """Seconds of one measure, of one rung of the ladder, and of what is thrown away before each."""

    measure: float = 40.0
    rung: float = 15.0
    warm_up: float = 8.0


QUICK = Pace(measure=4.0, rung=3.0, warm_up=1.0)


@dataclass(frozen=True)
class Measured:
    """Seconds to train (None: not trained now); the answers of one person and of a crowd; the most
    answers a second of which 95 in 100 take 300 ms or less (None: never), and by how many people;
    megabytes at the end; milliseconds of a processor that one answer to the crowd takes."""

    train: float | None
    start: float
    alone: Heard
    crowd: Heard
    rate: Heard | None
    memory: float
    processor: float


def measure(
    running: Running,
    questions: tuple[str, ...],
    train: float | None,
    pace: Pace,
    tell: Callable[[str], None],
) -> Measured:
    def asked(people: int, seconds: float) -> Heard:
        heard = run(Load(running.side, running.url, questions, people, seconds, pace.warm_up))
        tell(
            f"{running.side.value}: {people} at once: {len(heard.times)} answers,"
            f" p50 {heard.p50:.1f} ms, p95 {heard.p95:.1f} ms, {heard.rate:.1f} a second,"
            f" {heard.failed} failed"
        )
        return heard

    alone = asked(1, pace.measure)
    before = running.processor_seconds()
    crowd = asked(CROWD, pace.measure)
    processor = (running.processor_seconds() - before) * 1000 / max(1, crowd.answers)
    rate = _best(lambda people: asked(people, pace.rung))
    return Measured(train, running.start, alone, crowd, rate, running.memory(), processor)


def _best(asked: Callable[[int], Heard]) -> Heard | None:
    """Up the ladder until it is too slow: one rung more would only wait longer."""
    best: Heard | None = None
    for people in LADDER:
        heard = asked(people)
        if heard.failed or heard.p95 > QUICK_ENOUGH:
            return best
        best = heard if best is None or heard.rate > best.rate else best
    return best
