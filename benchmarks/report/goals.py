"""A measure beside the one it is compared with, and how much of it is allowed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Compared:
    """`share` is what ours takes of the other's (0.25: a quarter; less is better), None where it
    was not measured; `goal` the most it may be. `ours` and `other` are the figures in words."""

    label: str
    ours: str
    other: str
    share: float | None
    goal: float

    @property
    def met(self) -> bool:
        return self.share is not None and self.share <= self.goal


def table(heads: Sequence[str], rows: Sequence[Compared]) -> Iterator[str]:
    """Markdown; `heads` name the measure, ours and the other."""
    yield f"| {' | '.join(heads)} | share | goal | |"
    yield "|---|--:|--:|--:|--:|---|"
    for row in rows:
        share = "—" if row.share is None else f"{row.share:.2f}"
        verdict = "" if row.share is None else "met" if row.met else "**missed**"
        yield f"| {row.label} | {row.ours} | {row.other} | {share} | ≤ {row.goal:.2f} | {verdict} |"


def compared(
    label: str, ours: float | None, other: float | None, goal: float, unit: str, digits: int = 1
) -> Compared:
    """Two figures of which less is better."""
    share = ours / other if ours is not None and other else None
    return Compared(label, worded(ours, unit, digits), worded(other, unit, digits), share, goal)


def worded(value: float | None, unit: str, digits: int = 1) -> str:
    return "—" if value is None else f"{value:,.{digits}f} {unit}"
