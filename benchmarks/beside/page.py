"""Both sides' measures as a table, a picture and their conditions."""

from collections.abc import Iterator

from benchmarks.beside.measuring import CROWD, QUICK_ENOUGH, Measured
from benchmarks.beside.stock import Trained
from benchmarks.report.goals import Compared, compared, table, worded
from benchmarks.report.page import draw, measured_on, write
from benchmarks.report.picture import picture

_SECTION = "beside"
_PICTURE = "performance"
_LEGEND = "Stock’s is the whole bar, ours lies on it; less is better; the stroke is the goal."


def rows(ours: Measured, stock: Measured) -> list[Compared]:
    return [
        compared("p50, one person", ours.alone.p50, stock.alone.p50, 1 / 4, "ms"),
        compared("p95, one person", ours.alone.p95, stock.alone.p95, 1 / 4, "ms"),
        compared(f"p50, {CROWD} at once", ours.crowd.p50, stock.crowd.p50, 1 / 4, "ms", 0),
        compared(f"p95, {CROWD} at once", ours.crowd.p95, stock.crowd.p95, 1 / 4, "ms", 0),
        _rates(ours, stock),
        compared("start to first answer", ours.start, stock.start, 1 / 3, "s"),
        compared("training", ours.train, stock.train, 1 / 3, "s", 0),
        compared("memory", ours.memory, stock.memory, 0.60, "MB", 0),
    ]


def _rates(ours: Measured, stock: Measured) -> Compared:
    """More is better: the share is turned round. Of two that are never quick enough nothing is
    said; ours alone would be endlessly worse."""
    label = f"answers a second, p95 ≤ {QUICK_ENOUGH:.0f} ms"
    both = [None if one.rate is None else one.rate.rate for one in (ours, stock)]
    share = (both[1] or 0.0) / both[0] if both[0] else float("inf") if both[1] else None
    words = ["none" if rate is None else worded(rate, "/s") for rate in both]
    return Compared(label, words[0], words[1], share, 1 / 5)


def write_page(
    ours: Measured, stock: Measured, trained: Trained, topics: int, *, quick: bool
) -> str:
    """Where it is written."""
    made = rows(ours, stock)
    draw(_PICTURE, picture_of(made), quick=quick)
    return str(write(_SECTION, _lines(made, ours, stock, trained, topics), quick=quick))


def picture_of(made: list[Compared]) -> str:
    return picture("This product beside stock Rasa 3.6.21", _LEGEND, made)


def _lines(
    made: list[Compared], ours: Measured, stock: Measured, trained: Trained, topics: int
) -> Iterator[str]:
    yield ""
    yield f"![This product beside stock Rasa](images/{_PICTURE}.svg)"
    yield ""
    yield from table(("", "ours", "stock Rasa"), made)
    yield ""
    learnt = "all the questions" if trained.questions is None else f"{trained.questions} questions"
    yield f"{measured_on()} Stock was trained on {learnt} of each of {trained.topics} topics"
    yield f"({trained.messages:,} messages); ours on all of {topics} topics’, as it always is."
    yield f"An answer takes {ours.processor:.1f} ms of processor, stock’s {stock.processor:.1f} ms."
    yield f"{_at_most('Ours', ours)} {_at_most('Stock', stock)}"
    failed = [(name, one.alone.failed + one.crowd.failed) for name, one in _both(ours, stock)]
    yield " ".join(f"Questions without an answer, {name}: {count}." for name, count in failed)
    yield ""


def _at_most(name: str, side: Measured) -> str:
    if side.rate is None:
        return (
            f"{name} is never under {QUICK_ENOUGH:.0f} ms for 95 in 100, not even for one person."
        )
    return f"{name} is quickest with {side.rate.people} at once."


def _both(ours: Measured, stock: Measured) -> tuple[tuple[str, Measured], tuple[str, Measured]]:
    return ("ours", ours), ("stock", stock)
