"""What is gained and lost by answering only above a threshold: coverage, precision, refusal.

All shares are between 0 and 1. A message is answered when its score is at or above the threshold.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Scored:
    """How sure one is of the answer to a message that is for us, and whether it is right."""

    score: float
    is_right: bool


@dataclass(frozen=True)
class Point:
    """What one threshold leads to. `precision` is None when nothing is answered, `refusal` (of
    messages that are not for us) when there are none."""

    threshold: float
    coverage: float
    precision: float | None
    refusal: float | None


def at(threshold: float, asked: Sequence[Scored], outside: Sequence[float]) -> Point:
    """`asked` are the messages for us, at least one; `outside` the scores of the others."""
    answered = [one for one in asked if one.score >= threshold]
    right = sum(one.is_right for one in answered)
    refused = sum(score < threshold for score in outside)
    return Point(
        threshold,
        coverage=len(answered) / len(asked),
        precision=right / len(answered) if answered else None,
        refusal=refused / len(outside) if outside else None,
    )


def threshold_for(coverage: float, asked: Sequence[Scored]) -> float:
    """The highest threshold that still answers at least this share of the messages."""
    best_first = sorted((one.score for one in asked), reverse=True)
    return best_first[max(1, math.ceil(coverage * len(asked) - 1e-9)) - 1]


def area(asked: Iterable[Scored], outside: Sequence[float]) -> float | None:
    """Under the curve of refusal by coverage: the chance that a message for us has a higher score
    than one that is not (0.5: no better than a coin); None when there are none of these."""
    if not outside:
        return None
    lowest_first = sorted(outside)
    won = [
        (bisect_left(lowest_first, one.score) + bisect_right(lowest_first, one.score)) / 2
        for one in asked
    ]
    return sum(won) / (len(won) * len(outside))
