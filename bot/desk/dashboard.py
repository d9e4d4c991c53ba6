"""The dashboard: figures by month, drawn and in tables, as a file, for the annual report."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

from babel.dates import format_date
from babel.numbers import format_decimal
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.charts import by_month, lines
from bot.desk.entering.access import Signed
from bot.desk.needs import Desk, desk_of
from bot.desk.origins import value_name
from bot.desk.pages import page
from bot.desk.words import word
from bot.handover.hours import QUEBEC
from bot.reporting.indicators import (
    DELAYS,
    KEPT,
    LONGER,
    NEVER,
    Dimension,
    Figure,
    Measure,
    Report,
    months_between,
)

_MOST_MONTHS = 36
_MOST_LINES = 15
_HELPED = "3"  # « oui, tout à fait »
_COLUMNS = ("month", "measure", "by", "value", "count")
_SERIES = (Measure.conversations, Measure.questions, Measure.answered, Measure.cases)
_LISTS = (
    (Measure.cases, Dimension.reason),
    (Measure.cases, Dimension.institution),
    (Measure.cases, Dimension.origin),
    (Measure.cases, Dimension.campaign),
    (Measure.endings, Dimension.ending),
    (Measure.satisfaction, Dimension.grade),
    (Measure.satisfaction, Dimension.institution),
    (Measure.opinions, Dimension.opinion),
    (Measure.questions, Dimension.theme),
    (Measure.unanswered, Dimension.theme),
    (Measure.conversations, Dimension.origin),
    (Measure.conversations, Dimension.campaign),
    (Measure.conversations, Dimension.channel),
)


async def show_dashboard(
    request: Request, visit: Signed, first: str = "", last: str = ""
) -> Response:
    """`first` and `last` are months, « 2026-11 »; twelve months unless told otherwise."""
    desk = desk_of(request)
    begin, end = _period(desk, first, last)
    report = Report(await desk.indicators.figures(begin, end))
    months = months_between(begin, end)
    series = [report.by_month(measure, months) for measure in _SERIES]
    return page(
        request,
        "dashboard.html",
        {
            "visit": visit,
            "counts": await desk.counts(visit.adviser),
            "first": months[0],
            "last": months[-1],
            "this_month": f"{_today(desk):%Y-%m}",
            "months": [_month_name(month) for month in months],
            "measures": _SERIES,
            "series": series,
            "chart": by_month(series),
            "delays": lines(_delays(report)),
            "lists": [
                (measure, dimension, _named(report, measure, dimension))
                for measure, dimension in _LISTS
            ],
            "annual": _annual(report),
            "nothing": not report.figures,
        },
    )


async def figures_csv(request: Request, visit: Signed, first: str = "", last: str = "") -> Response:
    """Every figure, one a line, as spreadsheets in French read it."""
    desk = desk_of(request)
    begin, end = _period(desk, first, last)
    figures = await desk.indicators.figures(begin, end)
    await desk.journal.note("dashboard.exported", visit.adviser)
    name = f"indicateurs-{begin:%Y-%m}-{end:%Y-%m}.csv"
    return Response(
        f"\ufeff{_table(figures)}",
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _table(figures: Sequence[Figure]) -> str:
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow([word(f"figures.{name}") for name in _COLUMNS])
    for each in sorted(figures, key=lambda f: (f.month, f.measure, f.dimension, f.value)):
        table.writerow(
            (
                each.month,
                word(f"measures.{each.measure.value}"),
                word(f"dimensions.{each.dimension.value}"),
                _harmless(value_name(each.dimension, each.value)),
                each.count,
            )
        )
    return written.getvalue()


def _harmless(text: str) -> str:
    """A campaign's name comes from a link anybody may write: never a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _today(desk: Desk) -> date:
    return desk.clock().astimezone(QUEBEC).date()


def _period(desk: Desk, first: str, last: str) -> tuple[date, date]:
    """Whole months, none after today's; what cannot be read is the usual year."""
    today = _today(desk)
    end = min(_month(last) or today, today)
    begin = _month(first) or _months_before(end, 11)
    if begin > end:
        begin = end
    begin = max(begin, _months_before(end, _MOST_MONTHS - 1)).replace(day=1)
    next_month = (end.replace(day=1) + timedelta(days=32)).replace(day=1)
    return begin, min(next_month - timedelta(days=1), today)


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _month_name(month: str) -> str:
    return str(format_date(date.fromisoformat(f"{month}-01"), "MMM yyyy", locale="fr_CA"))


def _delays(report: Report) -> dict[str, int]:
    counted = report.by_value(Measure.first_answers, Dimension.delay)
    names = (*DELAYS, LONGER, NEVER)
    return {word(f"delays.{name}"): counted.get(name, 0) for name in names} if counted else {}


def _named(report: Report, measure: Measure, dimension: Dimension) -> list[object]:
    counted = report.by_value(measure, dimension)
    shown = dict(list(counted.items())[:_MOST_LINES])
    rest = sum(counted.values()) - sum(shown.values())
    named = {value_name(dimension, value): count for value, count in shown.items()}
    return [*lines({**named, word("figures.rest"): rest} if rest else named)]


def _annual(report: Report) -> list[tuple[str, str]]:
    """The lines of the annual report, in words and as a number."""
    promises = report.by_value(Measure.first_answers, Dimension.promise)
    opinions = report.by_value(Measure.opinions, Dimension.opinion)
    grades = report.by_value(Measure.satisfaction, Dimension.grade)
    questions = report.total(Measure.questions)
    numbers = {
        "conversations": _number(report.total(Measure.conversations)),
        "questions": _number(questions),
        "answered": _share(report.total(Measure.answered), questions),
        "cases": _number(report.total(Measure.cases)),
        "promise": _share(promises.get(KEPT, 0), sum(promises.values())),
        "useful": _share(opinions.get("useful", 0), sum(opinions.values())),
        "helped": _share(grades.get(_HELPED, 0), sum(grades.values())),
        "countries": _number(len(report.by_value(Measure.conversations, Dimension.origin))),
        "campaigns": _number(len(report.by_value(Measure.conversations, Dimension.campaign))),
    }
    return [(word(f"annual.{name}"), number) for name, number in numbers.items()]


def _number(count: int) -> str:
    return str(format_decimal(count, locale="fr_CA"))


def _share(part: int, whole: int) -> str:
    """« 1 234 (82 %) »; without a whole, nothing to compare with."""
    if whole == 0:
        return word("annual.none")
    return word("annual.share", part=_number(part), percent=round(part / whole * 100))
