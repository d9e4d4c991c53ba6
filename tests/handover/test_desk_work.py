"""What the desk asks for, down to what the person reads. On both databases."""

from datetime import timedelta

import pytest
from builders import WITHIN, Bench, EchoEngine, Person, handing_over, now

from bot.handover.case import Case, Ending, State
from bot.handover.desk_work import promise_in_words
from bot.handover.hours import OpeningHours, promise_for
from bot.handover.roles import reaches
from bot.messages import HandoverRequest, Holder, Incoming, Outcome, Reason
from bot.texts import say

A_LONG_TIME = timedelta(days=20)
OPEN_TIME = timedelta(hours=24)
HALF_HOUR = timedelta(minutes=30)


async def last_words(person: Person) -> str:
    return (await person.thread())[-1][1]


@pytest.mark.parametrize("ending", [Ending.given_back, Ending.closed])
async def test_the_person_is_told_that_the_case_ended_once(bench: Bench, ending: Ending) -> None:
    claire, person = await bench.adviser(), await bench.waiting_person()
    case_id = await person.case_id()
    await bench.work.claim(case_id, claire)
    act = bench.work.give_back if ending is Ending.given_back else bench.work.close
    assert isinstance(await act(case_id, claire), Case)
    await act(case_id, claire)
    sentence = say(f"handover.{ending.value}", adviser="Claire L.")
    assert [text for _, text in await person.thread()].count(sentence) == 1
    assert await last_words(person) == sentence


async def test_a_released_case_promises_anew_in_the_persons_time(bench: Bench) -> None:
    claire, person = await bench.adviser(), await bench.waiting_person()
    case_id = await person.case_id()
    await bench.work.claim(case_id, claire)
    await bench.work.release(case_id, claire)
    floor = await bench.store.floor(person.id)
    assert floor.promised_at is not None
    assert promise_in_words(floor.promised_at, "Europe/Paris") in await last_words(person)


async def test_a_case_nobody_takes_ends_and_the_person_is_told(bench: Bench) -> None:
    person = await bench.waiting_person()
    later = bench.vigil_at(now() + A_LONG_TIME)
    assert await later.give_up() == 1
    assert await later.give_up() == 0
    assert await last_words(person) == say("handover.unclaimed")
    assert (await bench.store.floor(person.id)).holder is Holder.bot


async def test_a_case_does_not_end_before_its_opening_hours_have_passed(bench: Bench) -> None:
    person = await bench.waiting_person()
    opened_at = (await file_of(bench, person)).opened_at
    too_soon = OpeningHours().after(opened_at, OPEN_TIME) - timedelta(minutes=1)
    due = OpeningHours().after(opened_at, OPEN_TIME + HALF_HOUR)  # promises are rounded up
    assert await bench.vigil_at(too_soon).give_up() == 0
    assert await bench.vigil_at(due).give_up() == 1


async def test_a_case_somebody_has_is_never_cut(bench: Bench) -> None:
    claire, person = await bench.adviser(), await bench.waiting_person()
    await bench.work.claim(await person.case_id(), claire)
    assert await bench.vigil_at(now() + A_LONG_TIME).give_up() == 0


async def test_a_case_just_released_keeps_its_new_promise_however_old_it_is(bench: Bench) -> None:
    claire, person = await bench.adviser(), await bench.waiting_person()
    case_id = await person.case_id()
    await bench.work.claim(case_id, claire)
    later = now() + A_LONG_TIME
    await bench.work_at(later).release(case_id, claire)
    assert await bench.vigil_at(later + timedelta(minutes=5)).give_up() == 0
    promised_at = promise_for(later, OpeningHours(), WITHIN)
    assert (await bench.store.floor(person.id)).promised_at == promised_at
    assert await bench.vigil_at(promised_at).give_up() == 0
    assert await bench.vigil_at(later + A_LONG_TIME).give_up() == 1


async def test_a_message_that_came_while_an_adviser_had_the_floor_is_kept_for_them(
    bench: Bench,
) -> None:
    claire, person = await bench.adviser(), await bench.waiting_person()
    case_id = await person.case_id()
    await bench.work.claim(case_id, claire)
    await person.ask("êtes-vous là ?")
    await bench.work.answer(case_id, claire, "Oui, je lis.")
    await bench.work.give_back(case_id, claire)
    authors = [author for author, _ in await person.thread()]
    assert authors == ["person", "system", "system", "person", "adviser", "system"]


async def test_a_message_stored_just_before_giving_back_is_answered(bench: Bench) -> None:
    claire, person = await bench.adviser(), await bench.waiting_person()
    case_id = await person.case_id()
    await bench.work.claim(case_id, claire)
    await person.write("encore une question")  # its turn has not been taken yet
    await bench.work.give_back(case_id, claire)
    assert (await person.thread())[-1] == ("bot", "écho : encore une question")


async def file_of(bench: Bench, person: Person) -> Case:
    file = await bench.cases.find(await person.case_id())
    assert file is not None
    return file.case


async def test_an_ended_case_leaves_room_for_another(bench: Bench) -> None:
    claire, person = await bench.adviser(), await bench.waiting_person()
    first = await person.case_id()
    await bench.work.claim(first, claire)
    await bench.work.close(first, claire)
    again = bench.with_engine(EchoEngine(handing_over()))
    await Person(again, person.id, person.token).ask("encore un conseiller")
    assert await person.case_id() != first


@pytest.mark.parametrize(("chosen", "grade"), [(0, 3), (1, 2), (2, 1)])
async def test_the_person_says_in_one_tap_whether_an_adviser_helped(
    bench: Bench, chosen: int, grade: int
) -> None:
    claire, person = await bench.adviser(), await bench.waiting_person()
    case_id = await person.case_id()
    await bench.work.claim(case_id, claire)
    await bench.work.close(case_id, claire, ask=True)
    button = (await bench.store.messages(person.id))[-1].buttons[chosen]
    assert await bench.store.was_offered(person.id, button.payload)
    pressed = Incoming(person.id, button.title, "pressed", now(), button=button.payload)
    await bench.conversations.receive(pressed)
    await bench.conversations.answer(person.id)
    assert await last_words(person) == say("handover.helped_thanks")
    file = await bench.cases.find(case_id)
    assert file is not None
    assert file.case.satisfaction == grade


async def test_a_promise_that_passed_is_made_anew_and_said_and_the_case_shown_to_everyone(
    bench: Bench,
) -> None:
    asking = EchoEngine(Outcome(handover=HandoverRequest(Reason.asked, "Léa", institution="laval")))
    person = await bench.with_engine(asking).person()
    await person.ask("un conseiller")
    person.bench = bench
    elsewhere = await bench.adviser("Paul R.")
    assert await bench.vigil_at(now()).announce_late() == []
    moment = (await file_of(bench, person)).promised_at
    for times in (1, 2):
        moment += timedelta(minutes=1)
        [late] = await bench.vigil_at(moment).announce_late()
        assert late.announced == times
        assert promise_in_words(late.promised_at, "Europe/Paris") in await last_words(person)
        assert reaches(elsewhere, late) == (times == 2)
        assert await bench.vigil_at(moment).announce_late() == []
        moment = late.promised_at
    [line] = await bench.cases.queue(state=State.waiting, seen_by=elsewhere)
    assert line.case.id == late.id
