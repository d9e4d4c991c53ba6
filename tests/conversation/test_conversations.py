"""One turn, from a message received to its answer, on both databases."""

import asyncio
from datetime import timedelta

import pytest
from builders import (
    Bench,
    BrokenEngine,
    EchoEngine,
    Person,
    SlowEngine,
    handing_over,
    now,
    numbers,
    rows_by_table,
)

from bot.conversation.bus import Changed, Erased, Typing
from bot.conversation.conversations import Conversations
from bot.conversation.locks import Locks
from bot.conversation.store import Received
from bot.handover.case import State
from bot.handover.desk_work import promise_in_words
from bot.messages import ASK_ADVISER, Author, Holder, Incoming, Outcome, Reply, Understanding
from bot.texts import say

PARIS = "Europe/Paris"


def of(person: Person, bench: Bench) -> Person:
    """The same person, served by another engine."""
    return Person(bench, person.id, person.token)


async def adviser_takes(bench: Bench, person: Person) -> int:
    case_id = await person.case_id()
    await bench.work.claim(case_id, await bench.adviser())
    return case_id


async def test_the_notice_comes_before_anything_else(bench: Bench) -> None:
    person = await bench.person()
    [notice] = await bench.store.messages(person.id)
    assert (notice.seq, notice.author) == (1, Author.system)
    assert notice.text == say("conversation.notice", page="/vie-privee")


async def test_no_two_conversations_have_the_same_id_or_secret(bench: Bench) -> None:
    people = [await bench.person() for _ in range(5)]
    assert len({person.id for person in people}) == 5
    assert len({person.token for person in people}) == 5
    assert min(len(person.token) for person in people) >= 40


async def test_a_message_is_stored_before_it_is_answered(bench: Bench) -> None:
    engine = SlowEngine()
    person = await bench.with_engine(engine).person()
    received = await person.write("bonjour")
    assert isinstance(received, Received)
    answering = asyncio.create_task(person.bench.conversations.answer(person.id))
    await engine.thinking.wait()
    assert await person.thread() == [("person", "bonjour")]
    engine.let_go.set()
    await answering
    assert await person.thread() == [("person", "bonjour"), ("bot", "écho : bonjour")]


async def test_two_messages_at_once_are_answered_in_order_one_after_the_other(
    bench: Bench,
) -> None:
    person = await bench.person()
    await person.write("un")
    await person.write("deux")
    answer = bench.conversations.answer
    await asyncio.gather(*(answer(person.id) for _ in range(3)))
    assert await person.thread() == [
        ("person", "un"), ("person", "deux"), ("bot", "écho : un"), ("bot", "écho : deux"),
    ]  # fmt: skip
    assert numbers(await bench.store.messages(person.id)) == [1, 2, 3, 4, 5]
    assert isinstance(bench.engine, EchoEngine)
    assert bench.engine.asked == [("un", False), ("deux", False)], "each is understood once"


async def test_people_do_not_wait_for_each_other(bench: Bench) -> None:
    engine = SlowEngine()
    slow = await bench.with_engine(engine).person()
    await slow.write("une longue question")
    answering = asyncio.create_task(slow.bench.conversations.answer(slow.id))
    await engine.thinking.wait()
    quick = await bench.person()
    await quick.ask("bonjour")
    assert await quick.thread() == [("person", "bonjour"), ("bot", "écho : bonjour")]
    engine.let_go.set()
    await answering


async def test_whoever_sent_a_message_is_given_what_follows_it_never_what_follows_another(
    bench: Bench,
) -> None:
    locks, person = Locks(), await bench.person()
    conversations = Conversations(
        bench.store,
        bench.engine,
        bench.bus,
        bench.records,
        office=bench.office,
        clock=now,
        locks=locks,
    )
    async with locks.of(person.id):
        incoming = Incoming(person.id, "un", "key-un", now())
        sending = asyncio.create_task(conversations.send(incoming))
        while (turn := await bench.store.next_turn(person.id)) is None:
            await asyncio.sleep(0)
        await bench.store.commit(turn, Outcome(), replies=[Reply("elsewhere")])
        await person.write("deux")
    received = await sending
    assert await person.thread() == [
        ("person", "un"),
        ("bot", "elsewhere"),
        ("person", "deux"),
        ("bot", "écho : deux"),
    ]
    assert isinstance(received, Received)
    assert received.page is None


async def test_when_the_engine_fails_the_person_gets_a_sentence_and_the_turn_is_over(
    bench: Bench,
) -> None:
    person = await bench.with_engine(BrokenEngine()).person()
    await person.ask("bonjour")
    failure = ("bot", say("conversation.failure"))
    assert await person.thread() == [("person", "bonjour"), failure]
    assert await bench.store.unanswered() == []


async def test_silence_is_never_an_answer(bench: Bench) -> None:
    person = await bench.with_engine(EchoEngine(Outcome())).person()
    await person.ask("bonjour")
    assert (await person.thread())[-1] == ("bot", say("conversation.failure"))


async def test_what_the_engine_understood_is_kept_beside_the_message(bench: Bench) -> None:
    understood = Understanding("caq", personal_case=True)
    engine = EchoEngine(Outcome((Reply("réponse"),), understood))
    person = await bench.with_engine(engine).person()
    await person.ask("et le caq ?")
    messages = await bench.store.messages(person.id, after=1)
    assert [message.understanding for message in messages] == [understood, None]


async def test_a_turn_cut_by_a_crash_is_taken_up_again_once(bench: Bench) -> None:
    person = await bench.person()
    await person.write("bonjour")  # and the process dies here
    restarted = bench.with_engine(EchoEngine())
    assert await restarted.conversations.recover() == 1
    assert await restarted.conversations.recover() == 0
    assert await person.thread() == [("person", "bonjour"), ("bot", "écho : bonjour")]


async def test_a_crash_while_the_engine_thinks_loses_nothing(bench: Bench) -> None:
    engine = SlowEngine()
    person = await bench.with_engine(engine).person()
    await person.write("bonjour")
    answering = asyncio.create_task(person.bench.conversations.answer(person.id))
    await engine.thinking.wait()
    answering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answering
    await bench.conversations.recover()
    assert await person.thread() == [("person", "bonjour"), ("bot", "écho : bonjour")]


async def test_two_processes_that_recover_at_once_answer_once(bench: Bench) -> None:
    person = await bench.person()
    await person.write("bonjour")
    processes = [bench.with_engine(EchoEngine()) for _ in range(3)]
    await asyncio.gather(*(process.conversations.recover() for process in processes))
    assert await person.thread() == [("person", "bonjour"), ("bot", "écho : bonjour")]


async def test_a_handover_opens_one_case_and_says_when_somebody_will_answer(
    bench: Bench,
) -> None:
    engine = EchoEngine(handing_over("Léa", "lea@exemple.fr"))
    person = await bench.with_engine(engine).person()
    await person.ask("oui, je veux parler à quelqu'un")
    floor = await bench.store.floor(person.id)
    assert floor.holder is Holder.waiting
    assert floor.promised_at is not None
    promise = promise_in_words(floor.promised_at, PARIS)
    requested = say("handover.requested", first_name="Léa", promise=promise)
    told = f"{requested} {say('handover.requested_email')}"
    assert (await person.thread())[-1] == ("system", told)
    assert len(await bench.cases.queue(state=State.waiting)) == 1


async def test_who_left_no_first_name_is_not_called_by_what_stands_for_it(bench: Bench) -> None:
    engine = EchoEngine(handing_over(say("contact.unnamed")))
    person = await bench.with_engine(engine).person()
    await person.ask("oui, je veux parler à quelqu'un")
    floor = await bench.store.floor(person.id)
    assert floor.promised_at is not None
    promise = promise_in_words(floor.promised_at, PARIS)
    told = say("handover.requested_unnamed", promise=promise)
    assert (await person.thread())[-1] == ("system", told)


async def test_nothing_is_said_of_an_email_that_was_not_left(bench: Bench) -> None:
    person = await bench.waiting_person()
    assert say("handover.requested_email") not in (await person.thread())[-1][1]


async def test_a_second_request_while_waiting_opens_no_second_case(bench: Bench) -> None:
    waiting = await bench.waiting_person()
    person = of(waiting, bench.with_engine(EchoEngine(handing_over("Marc"))))
    await person.ask("je veux parler à quelqu'un")
    [summary] = await bench.cases.queue(state=State.waiting)
    assert summary.first_name == "Léa"
    assert (await person.thread())[-1][0] == "system"


async def test_while_waiting_the_assistant_still_answers(bench: Bench) -> None:
    person = await bench.waiting_person()
    await person.ask("et le logement ?")
    assert ("bot", "écho : et le logement ?") in await person.thread()
    assert isinstance(bench.engine, EchoEngine)
    assert bench.engine.asked == [("et le logement ?", True)]


async def test_that_the_request_stands_is_said_at_most_once_in_fifteen_minutes(
    bench: Bench,
) -> None:
    person = await bench.waiting_person()
    later = now() + timedelta(minutes=16)

    async def reminders() -> int:
        return [author for author, _ in await person.thread()].count("system") - 1

    await person.ask("et le logement ?")
    assert await reminders() == 0, "the request itself has just said it"
    await person.ask("et la banque ?", at=later)
    assert await reminders() == 1
    await person.ask("et le téléphone ?", at=now())
    assert await reminders() == 1
    assert (await person.thread())[-1] == ("bot", "écho : et le téléphone ?")


async def test_who_waits_and_gets_no_answer_is_told_that_the_request_stands(bench: Bench) -> None:
    waiting = await bench.waiting_person()
    person = of(waiting, bench.with_engine(EchoEngine(Outcome())))
    await person.ask("alors ?")
    promised_at = (await bench.store.floor(person.id)).promised_at
    assert promised_at is not None
    promise = promise_in_words(promised_at, PARIS)
    assert (await person.thread())[-1] == (
        "system",
        say("handover.already_waiting", promise=promise),
    )


async def test_when_an_adviser_has_the_floor_the_assistant_is_silent_and_the_message_kept(
    bench: Bench,
) -> None:
    person = await bench.waiting_person()
    await adviser_takes(bench, person)
    await person.ask("êtes-vous là ?")
    assert (await person.thread())[-1] == ("person", "êtes-vous là ?")
    assert isinstance(bench.engine, EchoEngine)
    assert bench.engine.asked == []
    assert await bench.store.unanswered() == []


async def test_a_reply_is_dropped_when_an_adviser_took_the_floor_while_it_was_prepared(
    bench: Bench,
) -> None:
    engine = SlowEngine()
    person = of(await bench.waiting_person(), bench.with_engine(engine))
    answering = asyncio.create_task(person.ask("et le logement ?"))
    await engine.thinking.wait()
    await adviser_takes(bench, person)  # in another process: it does not wait for this one
    engine.let_go.set()
    await answering
    claimed = say("handover.claimed", adviser="Claire L.")
    assert (await person.thread())[-2:] == [("person", "et le logement ?"), ("system", claimed)]
    assert len(engine.asked) == 1
    assert await bench.store.unanswered() == []


async def test_the_assistant_answers_again_after_the_adviser_gives_back(bench: Bench) -> None:
    person = await bench.waiting_person()
    case_id = await adviser_takes(bench, person)
    file = await bench.cases.find(case_id)
    assert file is not None
    assert file.case.adviser is not None
    await bench.work.give_back(case_id, file.case.adviser)
    await person.ask("merci")
    assert (await person.thread())[-1] == ("bot", "écho : merci")


async def test_erasing_during_a_turn_leaves_nothing(bench: Bench) -> None:
    engine = SlowEngine(handing_over())
    person = await bench.with_engine(engine).person()
    answering = asyncio.create_task(person.ask("une question"))
    await engine.thinking.wait()
    erasing = asyncio.create_task(person.bench.conversations.erase(person.id))
    await asyncio.sleep(0.05)
    assert not erasing.done(), "it waits for the turn to end"
    engine.let_go.set()
    await asyncio.gather(answering, erasing)
    assert set((await rows_by_table(bench.database)).values()) == {0}


async def test_erasing_from_another_process_during_a_turn_leaves_nothing(bench: Bench) -> None:
    engine = SlowEngine(handing_over())
    person = await bench.with_engine(engine).person()
    answering = asyncio.create_task(person.ask("une question"))
    await engine.thinking.wait()
    assert await bench.conversations.erase(person.id)
    engine.let_go.set()
    await answering
    assert set((await rows_by_table(bench.database)).values()) == {0}


async def test_a_message_after_erasure_is_refused(bench: Bench) -> None:
    person = await bench.person()
    await bench.conversations.erase(person.id)
    assert await person.write("bonjour") is None
    assert not await bench.conversations.erase(person.id)


async def test_listeners_are_told_of_each_thing_that_happens(bench: Bench) -> None:
    person = await bench.person()
    with bench.bus.listen(person.id) as news:
        await person.ask("bonjour")
        await bench.conversations.erase(person.id)
        told = [news.get_nowait() for _ in range(news.qsize())]
    mine = person.id
    assert told == [Changed(mine), Typing(mine), Changed(mine), Erased(mine)]


async def test_a_message_received_again_is_told_to_nobody(bench: Bench) -> None:
    person = await bench.person()
    await person.write("bonjour", key="same")
    with bench.bus.listen(person.id) as news:
        await person.write("bonjour", key="same")
        assert news.empty()


async def test_a_message_is_answered_though_whoever_sent_it_went_away(bench: Bench) -> None:
    engine = SlowEngine()
    person = await bench.with_engine(engine).person()
    incoming = Incoming(person.id, "bonjour", external_id="1", at=now())
    request = asyncio.create_task(person.bench.conversations.send(incoming))
    await engine.thinking.wait()

    request.cancel()
    engine.let_go.set()
    await person.bench.conversations.answer(person.id)  # waits for the turn that goes on

    assert await person.thread() == [("person", "bonjour"), ("bot", "écho : bonjour")]
    assert request.cancelled()


async def test_a_contact_that_nobody_asked_for_is_masked_before_it_is_kept_anywhere(
    bench: Bench,
) -> None:
    engine = EchoEngine()
    person = await bench.with_engine(engine).person()
    await person.ask("mon mail est enzo@gmail.com, et mon tel 06 12 34 56 78")

    kept = "mon mail est [courriel], et mon tel [téléphone]"
    assert await person.thread() == [
        ("person", kept),
        ("bot", say("contact.masked")),
        ("bot", f"écho : {kept}"),
    ]
    assert engine.asked == [(kept, False)]
    assert "enzo" not in str(await bench.records.export(person.id))
    assert await bench.store.was_offered(person.id, ASK_ADVISER)


async def test_what_cannot_wait_comes_before_the_word_about_a_contact(bench: Bench) -> None:
    help_lines = Outcome((Reply("3114"),), Understanding("personal_case"))
    person = await bench.with_engine(EchoEngine(help_lines)).person()
    await person.ask("j'ai envie de mourir, mon tel est le 06 12 34 56 78")
    said = [text for author, text in await person.thread() if author == "bot"]
    assert said == ["3114", say("contact.masked")]


async def test_who_waits_for_an_adviser_may_leave_them_a_contact(bench: Bench) -> None:
    person = await bench.waiting_person()
    await person.ask("vous pouvez aussi m'écrire à lea@exemple.fr")
    assert ("person", "vous pouvez aussi m'écrire à lea@exemple.fr") in await person.thread()


async def test_a_minor_who_waits_or_speaks_with_an_adviser_leaves_none(bench: Bench) -> None:
    person = of(await bench.waiting_person(), bench.with_engine(EchoEngine(minor=True)))
    await person.ask("mon mail est enzo@gmail.com")
    assert ("bot", say("contact.masked_waiting")) in await person.thread()

    await adviser_takes(bench, person)
    await person.ask("c'est enzo@gmail.com")

    assert (await person.thread())[-1] == ("person", "c'est [courriel]")
    assert "enzo@" not in str(await bench.records.export(person.id))


async def test_a_contact_is_masked_when_the_engine_cannot_tell_whose_it_is(bench: Bench) -> None:
    person = await bench.with_engine(BrokenEngine()).person()
    await person.ask("lea@exemple.fr")
    assert (await person.thread())[0] == ("person", "[courriel]")


async def test_a_contact_sent_again_is_the_same_message(bench: Bench) -> None:
    person = await bench.waiting_person()
    first = await person.write("lea@exemple.fr", key="same")
    again = await of(person, bench.with_engine(EchoEngine(minor=True))).write(
        "lea@exemple.fr", key="same"
    )
    assert isinstance(first, Received)
    assert isinstance(again, Received)
    assert again.again
    assert again.message.text == "lea@exemple.fr"
