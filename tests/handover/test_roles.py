"""Which cases each role reaches: the rule, and the same rule in SQL."""

from dataclasses import replace
from datetime import datetime, timezone
from itertools import product

import pytest
from builders import Bench

from bot.handover.case import Act, Adviser, Case, State, Step
from bot.handover.roles import Role, at_least, reaches
from bot.messages import Holder, Reason

NOW = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)
CASE = Case(1, "c", Reason.asked, NOW, NOW)
CLAIRE = Adviser(1, "c@x.example", "Claire L.", institution="limoilou")
PAUL = Adviser(2, "p@x.example", "Paul R.", institution="laval")
ALONE = Adviser(3, "s@x.example", "Sam T.")


def test_each_role_may_what_the_one_before_may() -> None:
    for mine, asked in product(Role, Role):
        may = at_least(replace(CLAIRE, role=mine.value), asked)
        assert may == (list(Role).index(mine) >= list(Role).index(asked))


def test_a_role_nobody_knows_may_nothing_more_than_an_adviser() -> None:
    assert not at_least(replace(CLAIRE, role="root"), Role.coordinator)


@pytest.mark.parametrize(
    ("institution", "holder", "who"),
    [
        (None, None, {"Claire L.", "Paul R.", "Sam T."}),
        ("limoilou", None, {"Claire L."}),
        ("laval", None, {"Paul R."}),
        ("laval", CLAIRE, {"Claire L.", "Paul R."}),
        ("elsewhere", None, set()),
        ("elsewhere", ALONE, {"Sam T."}),
    ],
)
def test_an_adviser_reaches_their_institution_the_common_queue_and_what_they_were_given(
    institution: str | None, holder: Adviser | None, who: set[str]
) -> None:
    case = replace(CASE, institution=institution, adviser=holder)
    assert {each.display_name for each in (CLAIRE, PAUL, ALONE) if reaches(each, case)} == who
    for role in (Role.coordinator, Role.administrator):
        assert reaches(replace(PAUL, role=role.value), case)


def routed_to(institution: str | None, holder: Adviser | None) -> Act:
    def act(case: Case) -> Step:
        state = State.claimed if holder else State.waiting
        routed = replace(case, institution=institution, adviser=holder, state=state)
        return Step(routed, Holder.adviser if holder else Holder.waiting, "case.routed")

    return act


async def test_the_database_says_the_same_of_every_case(bench: Bench) -> None:
    everybody = [
        replace(await bench.adviser(name), institution=institution, role=role)
        for name, institution, role in (
            ("Claire L.", "limoilou", "adviser"),
            ("Paul R.", "laval", "adviser"),
            ("Sam T.", None, "adviser"),
            ("Nadia B.", None, "coordinator"),
        )
    ]
    cases = []
    for institution, holder in product((None, "limoilou", "laval"), (None, *everybody[:3])):
        case_id = await (await bench.waiting_person()).case_id()
        await bench.cases.apply(case_id, routed_to(institution, holder), actor="system")
        cases.append((case_id, institution, holder))
    for adviser in everybody:
        listed = {
            summary.case.id
            for state in (State.waiting, State.claimed)
            for summary in await bench.cases.queue(state=state, seen_by=adviser)
        }
        expected = {
            case_id
            for case_id, institution, holder in cases
            if reaches(adviser, replace(CASE, institution=institution, adviser=holder))
        }
        assert listed == expected
