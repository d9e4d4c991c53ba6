"""What is wrong between `budget.yml` and the rest: a figure, a page, a topic not there."""

from collections.abc import Collection, Iterator
from datetime import date

from knowledge.budget_schema import Amount, BudgetPlan, Case, PlannedLine
from knowledge.files import Contents, Problem, Severity
from knowledge.library import QUOTED

_FILE = "budget.yml"
_REPEATED = ("cad_per_month", "cad_per_session", "cad_per_credit")
_ONCE_A_YEAR = ("cad", "cad_per_year")


def budget_problems(contents: Contents, on: date) -> Iterator[Problem]:
    """Every problem of the budget, path first; none when there is no budget to check."""
    plan = contents.budget
    if plan is None:
        return
    if plan.euro not in contents.figures:
        yield Problem(_FILE, f"unknown figure '{plan.euro}'")
    if plan.review_by < on:
        yield Problem(_FILE, f"the review was due on {plan.review_by}", Severity.due)
    for name, line in _lines(plan):
        path = f"{_FILE}: {name}"
        yield from _unknown(path, "topic", [line.topic], contents.topics)
        for case in line.cases:
            yield from _of_case(path, case, contents)


def budget_texts(plan: BudgetPlan | None) -> Iterator[tuple[str, str]]:
    """Every text a person reads, with its path."""
    if plan is None:
        return
    yield from ((_FILE, text) for text in plan.not_counted)
    for name, line in _lines(plan):
        said = [line.label, *(text for case in line.cases for text in (case.label, case.note))]
        yield from ((f"{_FILE}: {name}", text) for text in said if text is not None)


def figures_of(plan: BudgetPlan | None) -> set[str]:
    """The figures the budget stands on or quotes."""
    if plan is None:
        return set()
    quoted = {name for _, text in budget_texts(plan) for name in QUOTED.findall(text)}
    cases = [case for _, line in _lines(plan) for case in line.cases]
    return quoted | {paid.figure for case in cases for paid in case.amounts} | {plan.euro}


def _lines(plan: BudgetPlan) -> list[tuple[str, PlannedLine]]:
    return [*plan.lines.items(), ("to_prove", plan.to_prove)]


def _of_case(path: str, case: Case, contents: Contents) -> Iterator[Problem]:
    if case.topic is not None:
        yield from _unknown(path, "topic", [case.topic], contents.topics)
    if case.when is not None:
        yield from _unknown(path, "institution", case.when.institution, contents.institutions)
    yield from _unknown(path, "source", case.sources, contents.sources)
    yield from _unknown(path, "figure", QUOTED.findall(case.note or ""), contents.figures)
    if case.page is not None:
        yield from _of_page(path, case.page, contents)
    for paid in case.amounts:
        yield from _of_amount(path, paid, contents)


def _of_page(path: str, page: str, contents: Contents) -> Iterator[Problem]:
    if page not in contents.sources:
        yield Problem(path, f"unknown source '{page}'")
    elif not contents.sources[page].official:
        yield Problem(path, f"'{page}' is no official page: what is to be confirmed needs one")


def _of_amount(path: str, paid: Amount, contents: Contents) -> Iterator[Problem]:
    figure = contents.figures.get(paid.figure)
    if figure is None:
        yield Problem(path, f"unknown figure '{paid.figure}'")
    elif figure.unit not in (*_REPEATED, *_ONCE_A_YEAR):
        yield Problem(path, f"'{paid.figure}' is in {figure.unit}, not in dollars")
    elif any(isinstance(value.amount, str) for value in figure.values):
        yield Problem(path, f"'{paid.figure}' is words: it cannot be added up")
    elif figure.unit in _REPEATED and paid.times == 1:
        yield Problem(path, f"'{paid.figure}' is in {figure.unit}: how many `times` a year?")
    elif figure.unit == "cad_per_year" and paid.most > 1:
        yield Problem(path, f"'{paid.figure}' is for a year already")


def _unknown(
    path: str, what: str, names: Collection[str], known: Collection[str]
) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield Problem(path, f"unknown {what} '{name}'")
