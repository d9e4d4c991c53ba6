"""What a curator may get wrong in `budget.yml`, refused with its path and a sentence."""

from datetime import date

import pytest
from budgets import add_budget
from small_knowledge import TODAY, SmallKnowledge

from knowledge.files import Severity
from knowledge.freshness import freshness


@pytest.fixture
def budget(small: SmallKnowledge) -> SmallKnowledge:
    return add_budget(small)


def problems(small: SmallKnowledge) -> list[str]:
    return [str(problem) for problem in small.check()]


def test_the_small_budget_of_these_tests_is_sound(budget: SmallKnowledge) -> None:
    assert budget.check() == []


def test_a_figure_that_only_the_budget_uses_is_used(budget: SmallKnowledge) -> None:
    budget.change("topics/caq/fee.yml", "{fee}", "cher")
    assert budget.check() == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("euro: euro", "euro: yen", "budget.yml: unknown figure 'yen'"),
        ("figure: fee", "figure: fees", "budget.yml: caq: unknown figure 'fees'"),
        ("seule fois", "fois {fees}", "budget.yml: caq: unknown figure 'fees'"),
        ("topic: caq/fee", "topic: caq/price", "budget.yml: caq: unknown topic 'caq/price'"),
        ("page: quebec", "page: ottawa", "budget.yml: rent: unknown source 'ottawa'"),
        (
            "page: quebec",
            "page: college",
            "budget.yml: rent: 'college' is no official page: what is to be confirmed needs one",
        ),
        (
            "{citizenship: [canada]}",
            "{institution: [mcgill]}",
            "budget.yml: caq: unknown institution 'mcgill'",
        ),
        (
            ", times: [8, 12]",
            "",
            "budget.yml: rent: 'room' is in cad_per_month: how many `times` a year?",
        ),
        (
            "figure: fee",
            "figure: funds, times: 2",
            "budget.yml: caq: 'funds' is for a year already",
        ),
        ("seule fois", "fois, 134 $", "budget.yml: caq: « 134 $ » must be a figure of figures.yml"),
        ("Une seule fois.", "'Une fois : oui'", "budget.yml: caq: wrong space in « …fois :… »"),
        ("times: [8, 12]", "times: [12, 8]", "`times` is a pair [fewest, most]"),
        ("page: quebec", "pages: quebec", "unknown key 'lines.rent.cases.1.pages'"),
        (
            "        ask_institution",
            "        amounts: [{figure: fee}]\n        ask_institution",
            "`page`",
        ),
        ("{citizenship: [canada]}", "{}", "an empty `when` fits everyone: leave it out"),
        ("      - {}\n", "", "the last case must be for everybody: no `when`"),
        ("      - {}\n", "      - {}\n      - {}\n", "only the last case may be for everybody"),
    ],
)
def test_a_mistake_is_refused(budget: SmallKnowledge, old: str, new: str, problem: str) -> None:
    budget.change("budget.yml", old, new)
    assert [found for found in problems(budget) if problem in found]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "unit: cad_per_month",
            "unit: weeks",
            "budget.yml: rent: 'room' is in weeks, not in dollars",
        ),
        ("[400, 600]", "cher", "budget.yml: rent: 'room' is words: it cannot be added up"),
    ],
)
def test_a_figure_that_cannot_be_added_up_is_refused(
    budget: SmallKnowledge, old: str, new: str, problem: str
) -> None:
    budget.change("figures.yml", old, new)
    assert problem in problems(budget)


def test_past_its_review_the_budget_is_due_and_listed(budget: SmallKnowledge) -> None:
    budget.change("budget.yml", "2027-06-30", "2026-11-23")
    [due] = budget.check()
    assert str(due) == "budget.yml: the review was due on 2026-11-23"
    assert due.severity is Severity.due
    reviews = freshness(budget.load(), TODAY).reviews
    assert ("budget", date(2026, 11, 23)) in [(review.name, review.by) for review in reviews]
