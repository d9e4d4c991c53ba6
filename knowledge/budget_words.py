"""A budget said in French, in short lines of plain text; the words are in `budget_wording.yml`."""

from collections.abc import Iterator, Sequence
from functools import cache
from math import ceil, floor
from pathlib import Path
from typing import Any

import yaml
from babel.numbers import format_decimal

from knowledge.budget import Budget, Line, Total, Unknown
from knowledge.schema import Certainty

_FILE = Path(__file__).with_name("budget_wording.yml")
_STEPS = ((10_000, 500), (1_000, 100), (0, 10))
"""From an amount on, what a total is rounded to: its lines are not known better than that."""


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return words


def say_budget(budget: Budget) -> str:
    """The lines, the totals, what must be proved and what is not known; a blank line between.

    Amounts of a line are in whole dollars. A total is rounded outwards, in dollars and in euros,
    so that what it says always holds what was added up. Sources are not in the text.
    """
    parts = (
        _head(budget),
        _lines(_words()["each_year"], [line for line in budget.lines if not line.once], budget),
        _lines(_words()["once"], [line for line in budget.lines if line.once], budget),
        _unknown(budget.unknown),
        _totals(budget),
        _to_prove(budget.to_prove),
        _caution(budget),
    )
    said = ("\n".join(part) for part in parts)
    return "\n\n".join(part for part in said if part)


def say_summary(budget: Budget) -> str:
    """The same without its lines and without what is to prove, which are shown beside it."""
    parts = (_head(budget), _totals(budget), _caution(budget))
    return "\n\n".join("\n".join(part) for part in parts)


def said_lines(budget: Budget) -> Iterator[tuple[str, str]]:
    """The label and the amount of each line, known or not."""
    words = _words()
    for line in budget.lines:
        amount = words["amount_of_year"].format(amount=_line_amount(line), said=_said(line))
        yield _label(line, budget), amount
    for entry in budget.unknown:
        yield entry.label, words["amount_unknown"].format(page=entry.page.title)


def said_proof(budget: Budget) -> tuple[str, str, str] | None:
    """What is to prove: for whom, how much, and what it covers; None when nothing is."""
    words, proof = _words(), budget.to_prove
    if proof is None:
        return None
    note = "\n".join([words["to_prove_apart"], *([proof.note] if proof.note else [])])
    if isinstance(proof, Unknown):
        return proof.label, words["amount_unknown"].format(page=proof.page.title), note
    amount = words["amount"]["exact"].format(low=_whole(proof.low), sign="$")
    said = _year(proof.year, proof.certainty)
    return proof.label, words["amount_of_year"].format(amount=amount, said=said), note


def _head(budget: Budget) -> Iterator[str]:
    words, known = _words(), budget.situation
    parts = [
        words["household"][known.household.value],
        words["citizenship"][known.citizenship.value if known.citizenship else "unknown"],
        words["level"][known.level.value] if known.level else None,
        budget.institution,
        words["housing"][known.housing.value if known.housing else "undecided"],
        words["age"][known.age.value] if known.age else None,
    ]
    yield words["title"]
    yield words["situation"].format(parts=", ".join(part for part in parts if part))


def _lines(title: str, lines: Sequence[Line], budget: Budget) -> Iterator[str]:
    if lines:
        yield title
    for line in lines:
        yield _words()["line"].format(
            label=_label(line, budget), amount=_line_amount(line), said=_said(line)
        )
        yield from _note(line)


def _unknown(entries: Sequence[Unknown]) -> Iterator[str]:
    if entries:
        yield _words()["unknown"]
    for entry in entries:
        page = entry.page
        yield _words()["unknown_line"].format(label=entry.label, page=page.title, url=page.url)
        yield from _note(entry)


def _note(entry: Line | Unknown) -> Iterator[str]:
    if entry.note:
        yield _words()["note"].format(note=entry.note)


def _totals(budget: Budget) -> Iterator[str]:
    words = _words()
    yield _total("total", budget.total, _out(budget.unknown))
    if budget.once.high > 0:
        yield _total("next_years", budget.each_year, _out(budget.unknown))
    if rate := budget.total.rate:
        dollars = format_decimal(rate.dollars, format="0.00", locale="fr_CA")
        yield words["rate"].format(dollars=dollars, said=_year(rate.year, rate.certainty))
    if budget.unknown:
        yield words["without"].format(labels=_joined([entry.label for entry in budget.unknown]))
    if budget.not_counted:
        yield words["not_counted"].format(labels=_joined(budget.not_counted))


def _out(unknown: Sequence[Unknown]) -> str:
    """The main things that a total leaves out, to be read with it."""
    words = _words()
    groups = {entry.group.value for entry in unknown}
    labels = [label for group, label in words["main"].items() if group in groups]
    return str(words["out"].format(labels=_joined(labels))) if labels else ""


def _total(form: str, total: Total, out: str) -> str:
    cad = _about(total.low, total.high, "$", at_least=total.at_least)
    if total.low_eur is None or total.high_eur is None:
        return str(_words()[f"{form}_cad"].format(cad=cad, out=out))
    eur = _about(total.low_eur, total.high_eur, "€", at_least=total.at_least)
    return str(_words()[form].format(cad=cad, eur=eur, out=out))


def _to_prove(proof: Line | Unknown | None) -> Iterator[str]:
    words = _words()
    if proof is None:
        return
    yield words["to_prove"]
    if isinstance(proof, Unknown):
        page = proof.page
        yield words["proof_unknown"].format(label=proof.label, page=page.title, url=page.url)
    else:
        amount = words["amount"]["exact"].format(low=_whole(proof.low), sign="$")
        said = _year(proof.year, proof.certainty)
        yield words["proof_line"].format(label=proof.label, amount=amount, said=said)
    if proof.note:
        yield proof.note


def _caution(budget: Budget) -> Iterator[str]:
    words = _words()
    if budget.missing:
        parts = _joined([words["parts"][part] for part in budget.missing])
        yield words["missing"].format(parts=parts)
    if budget.stale:
        yield words["stale"]
    yield words["caution"]


def _line_amount(line: Line) -> str:
    form = "range" if line.low != line.high else "about"
    if (line.certainty is Certainty.official and line.low == line.high) or line.high == 0:
        form = "exact"
    if line.at_least:
        form = "range_or_more" if line.low != line.high else "at_least"
    return _amount(form, line.low, line.high, "$")


def _about(low: float, high: float, sign: str, *, at_least: bool) -> str:
    """An amount rounded outwards to what it can be known to."""
    step = next(step for start, step in _STEPS if high >= start)
    low, high = floor(low / step) * step, ceil(high / step) * step
    if low == high:
        return _amount("at_least" if at_least else "about", low, high, sign)
    return _amount("range_or_more" if at_least else "range", low, high, sign)


def _amount(form: str, low: float, high: float, sign: str) -> str:
    words: str = _words()["amount"][form]
    return words.format(low=_whole(low), high=_whole(high), sign=sign)


def _whole(amount: float) -> str:
    return str(format_decimal(round(amount), format="#,##0", locale="fr_CA"))


def _label(line: Line, budget: Budget) -> str:
    """With whom it is for, when everybody who leaves pays it."""
    if not line.shared:
        return line.label
    words = _words()
    household = words["household"][budget.situation.household.value]
    return str(words["shared"].format(label=line.label, household=household))


def _said(line: Line) -> str:
    said = _year(line.year, line.certainty)
    return str(_words()["old"].format(said=said)) if line.old else said


def _year(year: str, certainty: Certainty) -> str:
    words: str = _words()["certainty"][certainty.value]
    return words.format(year=year)


def _joined(labels: Sequence[str]) -> str:
    return "; ".join(label[0].lower() + label[1:] for label in labels)
