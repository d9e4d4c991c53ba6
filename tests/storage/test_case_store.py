"""Cases as the databases keep them; above all, two advisers at the same instant."""

import asyncio
import os
from datetime import timedelta

import pytest
from builders import Bench, EchoEngine, now
from sqlalchemy import select

from bot.handover.case import Adviser, Case, Refusal, Refused, State, claim
from bot.messages import HandoverRequest, Holder, Outcome, Reason, Reply
from bot.storage.database import Database
from bot.storage.tables import LogRow

RACES = int(os.environ.get("QVE_TEST_RACES", "30"))
"""A thousand of them on demand."""


async def verbs(database: Database, case_id: int) -> list[tuple[str, str]]:
    query = select(LogRow.verb, LogRow.actor).where(LogRow.case_id == case_id).order_by(LogRow.id)
    async with database.read() as session:
        return [(verb, actor) for verb, actor in await session.execute(query)]


async def test_of_two_advisers_at_once_one_has_the_case_and_the_other_is_told_who(
    bench: Bench,
) -> None:
    claire, marc = await bench.adviser("Claire L."), await bench.adviser("Marc D.")
    for _ in range(RACES):
        person = await bench.waiting_person()
        case_id = await person.case_id()

        def claiming(adviser: Adviser, case_id: int = case_id):  # type: ignore[no-untyped-def]
            act = claim(adviser, now=now(), announce=Reply(adviser.display_name))
            return bench.cases.apply(case_id, act, actor=f"adviser:{adviser.id}")

        done = await asyncio.gather(claiming(claire), claiming(marc))
        [won] = [each for each in done if isinstance(each, Case)]
        [lost] = [each for each in done if isinstance(each, Refused)]
        assert (lost.why, lost.by) == (Refusal.taken, won.adviser)
        announced = [text for _, text in await person.thread()][-2:]
        assert won.adviser is not None
        assert announced[1] == won.adviser.display_name
        assert not {claire.display_name, marc.display_name} & {announced[0]}


async def test_a_race_leaves_one_claim_in_the_log(bench: Bench) -> None:
    claire, marc = await bench.adviser("Claire L."), await bench.adviser("Marc D.")
    person = await bench.waiting_person()
    case_id = await person.case_id()
    await asyncio.gather(bench.work.claim(case_id, claire), bench.work.claim(case_id, marc))
    opened, claimed = await verbs(bench.database, case_id)
    assert opened == ("case.opened", "person")
    assert claimed in {("case.claimed", f"adviser:{each.id}") for each in (claire, marc)}


async def test_an_act_on_a_case_that_is_not_there_is_refused(bench: Bench) -> None:
    refused = await bench.work.claim(404, await bench.adviser())
    assert refused == Refused(Refusal.unknown)


async def test_a_refused_act_changes_nothing(bench: Bench) -> None:
    claire, marc = await bench.adviser("Claire L."), await bench.adviser("Marc D.")
    person = await bench.waiting_person()
    case_id = await person.case_id()
    await bench.work.claim(case_id, claire)
    before = (await person.thread(), await bench.cases.find(case_id))
    for act in (bench.work.release, bench.work.give_back, bench.work.close):
        assert await act(case_id, marc) == Refused(Refusal.not_yours, by=claire)
    assert await bench.work.answer(case_id, marc, "bonjour") == Refused(Refusal.not_yours, claire)
    assert (await person.thread(), await bench.cases.find(case_id)) == before


async def test_the_floor_follows_the_case_through_its_whole_life(bench: Bench) -> None:
    claire = await bench.adviser()
    person = await bench.waiting_person()
    case_id = await person.case_id()
    holders = [await bench.store.floor(person.id)]
    for act in (bench.work.claim, bench.work.release, bench.work.claim, bench.work.give_back):
        assert isinstance(await act(case_id, claire), Case)
        holders.append(await bench.store.floor(person.id))
    assert [floor.holder for floor in holders] == [
        Holder.waiting, Holder.adviser, Holder.waiting, Holder.adviser, Holder.bot,
    ]  # fmt: skip
    assert [floor.adviser for floor in holders] == [None, "Claire L.", None, "Claire L.", None]
    assert len({floor.version for floor in holders}) == len(holders)


async def test_the_queue_is_by_promise_and_each_adviser_has_their_own_cases(bench: Bench) -> None:
    claire, marc = await bench.adviser("Claire L."), await bench.adviser("Marc D.")
    people = [await bench.waiting_person() for _ in range(3)]
    cases = [await person.case_id() for person in people]
    await bench.work.claim(cases[0], claire)
    waiting = await bench.cases.queue(state=State.waiting)
    assert [summary.case.id for summary in waiting] == cases[1:]
    assert {summary.first_name for summary in waiting} == {"Léa"}
    mine = await bench.cases.queue(state=State.claimed, adviser_id=claire.id)
    assert [summary.case.id for summary in mine] == cases[:1]
    assert await bench.cases.queue(state=State.claimed, adviser_id=marc.id) == []
    assert await bench.cases.counts(claire) == {"waiting": 2, "mine": 1}


async def test_cases_that_wait_since_before_a_moment(bench: Bench) -> None:
    person = await bench.waiting_person()
    assert await bench.cases.waiting_since(now() - timedelta(minutes=1)) == []
    case_id = await person.case_id()
    assert await bench.cases.waiting_since(now() + timedelta(minutes=1)) == [case_id]
    await bench.work.claim(case_id, await bench.adviser())
    assert await bench.cases.waiting_since(now() + timedelta(minutes=1)) == []


async def test_who_reads_the_floor_while_a_case_ends_sees_it_before_or_after(bench: Bench) -> None:
    claire = await bench.adviser()
    for _ in range(8):
        person = await bench.waiting_person()
        case_id = await person.case_id()
        await bench.work.claim(case_id, claire)
        ending = asyncio.create_task(bench.work.give_back(case_id, claire))
        seen = []
        while not ending.done():
            seen += await asyncio.gather(*(bench.store.floor(person.id) for _ in range(6)))
        assert {(floor.holder, floor.adviser) for floor in seen} <= {
            (Holder.adviser, "Claire L."),
            (Holder.bot, None),
        }


@pytest.mark.parametrize(
    ("useful", "reason"), [(False, Reason.negative_feedback), (True, Reason.asked)]
)
async def test_who_asks_after_an_answer_judged_unhelpful_asks_because_of_it(
    bench: Bench, useful: bool, reason: Reason
) -> None:
    asking = Outcome(handover=HandoverRequest(Reason.asked, "Léa"))
    engine = EchoEngine(Outcome((Reply("134 $", topic="caq/fee"),)), Outcome((Reply("?"),)), asking)
    person = await bench.with_engine(engine).person()
    await person.ask("combien coûte le CAQ ?")
    assert await bench.store.rate(person.id, 3, useful=useful)

    await person.ask("je veux parler à quelqu'un")
    await person.ask("Léa")

    [summary] = await bench.cases.queue(state=State.waiting)
    assert summary.case.reason is reason
