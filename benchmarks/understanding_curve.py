"""Coverage against precision, as a picture: what the assistant would gain by answering less.

The threshold is set on the confidence of the best topic alone. Where the assistant itself stands is
drawn beside the curves: its scope guard looks at more than that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from benchmarks.apart import apart
from benchmarks.coverage import Point, Scored, at
from benchmarks.parsing import parse
from bot.understanding.left_out import leave_out_what_is_not_used

_THRESHOLDS = tuple(number / 100 for number in range(100))
_MARKED = slice(10, None, 10)  # 0.1, 0.2 … 0.9
# Okabe and Ito's blue and vermilion, told apart by who sees few colours; and one line is dashed.
_LINES = (("precision", "#0072B2", "-", "o"), ("refusal", "#D55E00", "--", "s"))
_NAMES = {
    "precision": "justesse de ce qui est répondu",
    "refusal": "refus de ce qui est hors sujet",
}
_SAME_IDS = {"svg.hashsalt": "understanding"}  # the same curve is the same file


@dataclass(frozen=True)
class BestTopic:
    """The first topic that comes to the model's mind, answered or not; "" and 0 when only intents
    of the dialogue do."""

    id: str
    confidence: float


def best_topics(model: Path, texts: Sequence[str]) -> list[BestTopic]:
    """Read off the model: the product's answers leave out what it did not answer."""
    return apart(_best_topics, model, texts)


def _best_topics(model: Path, texts: Sequence[str]) -> list[BestTopic]:
    leave_out_what_is_not_used()
    return [_best_of(parsed.output.get("topic_ranking", ())) for parsed in parse(model, texts)]


def _best_of(ranking: Sequence[Mapping[str, Any]]) -> BestTopic:
    from bot.understanding.components.topic_classifier import is_of_the_dialogue

    topics = (entry for entry in ranking if not is_of_the_dialogue(entry["name"]))
    best = next(topics, None)
    return BestTopic(best["name"], best["confidence"]) if best else BestTopic("", 0.0)


def draw(
    path: Path, asked: Sequence[Scored], outside: Sequence[float], today: Point, on: date
) -> None:
    """Write the picture as SVG. `today` is where the assistant stands; its threshold is not shown.

    `asked` and `outside` hold at least one message each.
    """
    import matplotlib  # half a second, and only needed here
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    points = [at(threshold, asked, outside) for threshold in _THRESHOLDS]
    with matplotlib.rc_context(_SAME_IDS):
        figure = Figure(figsize=(8, 5), constrained_layout=True)
        axes = figure.add_subplot()
        for measure, colour, dash, mark in _LINES:
            line = [*_line(points, measure)]
            axes.plot(*zip(*line, strict=True), dash, color=colour, label=_NAMES[measure])
            axes.plot(*zip(*line[_MARKED], strict=True), mark, color=colour, markersize=4)
            standing = next(_line([today], measure))
            axes.plot(*standing, "*", color=colour, markersize=15, markeredgecolor="black")
        axes.plot([], [], "*", color="white", markeredgecolor="black", markersize=12,
                  label="l’assistant, avec toutes ses règles")  # fmt: skip
        _name_thresholds(axes, points)
        axes.set_xlim(100 * min(point.coverage for point in points) - 1, 101)
        _dress(axes, len(asked), len(outside), on)
        path.parent.mkdir(parents=True, exist_ok=True)
        FigureCanvasSVG(figure).print_svg(path, metadata={"Date": None})


def _line(points: Sequence[Point], measure: str) -> Iterator[tuple[float, float]]:
    """Percentages of coverage and of the measure, until nothing is answered any more."""
    for point in points:
        if (share := getattr(point, measure)) is not None:
            yield 100 * point.coverage, 100 * share


def _name_thresholds(axes: Any, points: Sequence[Point]) -> None:
    """Along the refusals: the other line is too flat to hold all the names."""
    for point, place in zip(points[_MARKED], [*_line(points, "refusal")][_MARKED], strict=True):
        name = format_decimal(point.threshold, "0.0", locale="fr")
        axes.annotate(name, place, (-6, -9), textcoords="offset points", ha="right", fontsize=8)


def _dress(axes: Any, asked: int, outside: int, on: date) -> None:
    counts = [format_decimal(count, locale="fr") for count in (asked, outside)]
    axes.set_title(
        f"Répondre moins pour se tromper moins — {format_date(on, 'd MMMM y', locale='fr')}\n"
        "{} messages sur nos sujets, {} hors sujet".format(*counts),
        fontsize=11,
    )
    axes.set_xlabel("part répondue des messages sur nos sujets (%)")
    axes.set_ylabel("%")
    axes.set_ylim(0, 103)
    axes.grid(color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.legend(loc="lower left", title="les nombres sont des seuils de confiance", fontsize=9)
