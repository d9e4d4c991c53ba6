"""Any sequence of what advisers, the person and the clock may do keeps what DESIGN promises, in the
database itself. Longer with QVE_TEST_LIVES (sequences) in the environment."""

import os
from datetime import timedelta
from itertools import count

from builders import Bench, EchoEngine, Person, now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.handover.case import Adviser, Case, State
from bot.messages import Author, Holder

LIVES = int(os.environ.get("QVE_TEST_LIVES", "8"))
FLOOR = {State.waiting: Holder.waiting, State.claimed: Holder.adviser, State.ended: Holder.bot}
ACTS = ("claim", "release", "transfer", "answer", "twice", "write", "close", "give_back", "reopen",
        "snooze", "late", "crash")  # fmt: skip
_numbers = count(1)
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1)), min_size=4, max_size=14)


async def does(bench: Bench, person: Person, case_id: int, act: str, who: list[Adviser]) -> None:
    me, other = who
    work = bench.work
    match act:
        case "transfer":
            await work.transfer(case_id, me, other)
        case "answer":
            await work.answer(case_id, me, "réponse")
        case "twice":  # delivered again, as after a time-out
            for _ in range(2):
                await work.answer(case_id, me, "réponse", key=f"twice-{person.id}-{me.id}")
        case "write":
            await person.ask("un mot")
        case "crash":  # between the message kept and its answer: another process takes it up
            await person.write("un mot")
            await bench.with_engine(EchoEngine()).conversations.recover()
        case "snooze":
            await work.snooze(case_id, me, now() + timedelta(hours=1))
        case "late":
            await bench.vigil_at(now()).announce_late()
        case _:
            await getattr(work, act)(case_id, me)


async def holds(bench: Bench, person: Person, case_id: int) -> None:
    file = await bench.cases.find(case_id)
    assert file is not None
    case: Case = file.case
    assert file.conversation.floor.holder is FLOOR[case.state]
    assert (case.adviser is not None) or case.state is not State.claimed
    assert (case.ending is None) == (case.state is not State.ended)
    messages = await bench.store.messages(person.id)
    assert [each.seq for each in messages] == list(range(1, len(messages) + 1))
    keys = [each.external_id for each in messages if each.external_id]
    assert len(keys) == len(set(keys)), "what is delivered twice is said once"


@settings(
    max_examples=LIVES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
async def test_any_life_of_a_case_keeps_the_promises(
    bench: Bench, steps: list[tuple[str, int]]
) -> None:
    number = next(_numbers)
    pair = [await bench.adviser(f"{name} {number}") for name in ("Claire", "Marc")]
    person = await bench.waiting_person()
    case_id = await person.case_id()
    written = 1
    for act, first in steps:
        who = pair if first == 0 else pair[::-1]
        await does(bench, person, case_id, act, who)
        written += act in ("write", "crash")
        await holds(bench, person, case_id)
    assert await bench.store.unanswered() == [], "no turn is left as a crash left it"
    said = [each for each in await bench.store.messages(person.id) if each.author is Author.person]
    assert len(said) == written, "every word of the person is kept"
