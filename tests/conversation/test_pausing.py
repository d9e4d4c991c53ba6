"""While a channel is paused the assistant is silent, nothing is lost, a human can be reached."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from builders import Bench, EchoEngine, Person, SlowEngine, handing_over, now

from bot.conversation.pausing import Pause
from bot.messages import ASK_ADVISER, ERASE, Author, Holder, Incoming, Reason
from bot.storage.pause_store import SqlPauses
from bot.texts import say

TOLD = ("system", say("pause.told"))


async def paused(bench: Bench, channel: str = "web", words: str | None = None) -> SqlPauses:
    pauses = SqlPauses(bench.database)
    assert await pauses.pause(channel, words=words, actor="command", now=now())
    return pauses


async def presses(person: Person, payload: str) -> None:
    pressed = Incoming(person.id, "bouton", f"press-{payload}", now(), payload)
    await person.bench.conversations.send(pressed)


async def test_a_message_is_kept_the_person_told_and_the_engine_not_asked(bench: Bench) -> None:
    person = await bench.person()
    await paused(bench)
    await person.ask("combien coûte le CAQ?")
    assert await person.thread() == [("person", "combien coûte le CAQ?"), TOLD]
    assert isinstance(bench.engine, EchoEngine)
    assert bench.engine.asked == []


async def test_what_waited_is_answered_in_order_once_it_is_resumed(bench: Bench) -> None:
    person = await bench.person()
    pauses = await paused(bench)
    await person.ask("un")
    await person.ask("deux")
    assert await pauses.resume("web", actor="command")
    assert await bench.conversations.recover() == 1
    assert await person.thread() == [
        ("person", "un"), TOLD, ("person", "deux"), ("bot", "écho : un"), ("bot", "écho : deux"),
    ]  # fmt: skip


async def test_the_person_is_told_once_not_at_each_message_nor_at_each_round(bench: Bench) -> None:
    person = await bench.person()
    await paused(bench)
    for words in ("un", "deux", "trois"):
        await person.ask(words)
    for _ in range(3):
        await bench.conversations.recover()
    assert (await person.thread()).count(TOLD) == 1


async def test_who_writes_on_much_later_is_told_again(bench: Bench) -> None:
    person = await bench.person()
    await paused(bench)
    await person.ask("un")
    await person.ask("toujours là?", at=now() + timedelta(minutes=16))
    assert (await person.thread()).count(TOLD) == 2


async def test_a_conversation_begun_during_the_pause_is_told_too(bench: Bench) -> None:
    await paused(bench)
    person = await bench.person()
    await person.ask("bonjour")
    assert await person.thread() == [("person", "bonjour"), TOLD]


async def test_it_takes_effect_in_another_process_at_the_next_message(bench: Bench) -> None:
    person = await bench.person()
    await person.ask("un")
    await paused(bench.with_engine(EchoEngine()))
    await person.ask("deux")
    assert (await person.thread())[-1] == TOLD


async def test_the_other_channel_goes_on(bench: Bench) -> None:
    person = await bench.person()
    await paused(bench, "telegram")
    await person.ask("bonjour")
    assert await person.thread() == [("person", "bonjour"), ("bot", "écho : bonjour")]


async def test_whoever_pauses_may_say_it_in_other_words(bench: Bench) -> None:
    person = await bench.person()
    await paused(bench, words="Fermé jusqu’à midi.")
    await person.ask("bonjour")
    assert (await person.thread())[-1] == ("system", "Fermé jusqu’à midi.")


async def test_a_human_can_be_asked_for_with_the_button_and_sees_it_all(bench: Bench) -> None:
    person = await bench.person()
    await paused(bench)
    await person.ask("c’est urgent")
    assert await bench.store.was_offered(person.id, ASK_ADVISER)
    await presses(person, ASK_ADVISER)
    floor = await bench.store.floor(person.id)
    assert floor.holder is Holder.waiting
    file = await bench.cases.find(await person.case_id())
    assert file is not None
    assert file.case.reason is Reason.asked
    assert (await person.thread())[-1][1].startswith("C’est transmis.")
    assert isinstance(bench.engine, EchoEngine)
    assert bench.engine.asked == []


async def test_who_already_waits_for_a_human_is_told_that_the_request_stands(bench: Bench) -> None:
    person = await bench.waiting_person()
    await paused(bench)
    await person.ask("toujours personne?")
    assert (await person.thread())[-1] == ("system", say("pause.told_waiting"))
    await presses(person, ASK_ADVISER)
    assert "déjà transmise" in (await person.thread())[-1][1]


async def test_advisers_go_on_answering_and_nobody_speaks_over_them(bench: Bench) -> None:
    person = await bench.waiting_person()
    await paused(bench)
    adviser = await bench.adviser()
    await bench.work.claim(await person.case_id(), adviser)
    await bench.work.answer(await person.case_id(), adviser, "Bonjour, je vous lis.")
    await person.ask("merci")
    assert [who for who, _ in await person.thread()][-2:] == ["adviser", "person"]
    assert await bench.store.unanswered() == [], "it went to the case"


async def test_everything_can_be_erased_during_a_pause(bench: Bench) -> None:
    person = await bench.person()
    await paused(bench)
    await presses(person, ERASE)
    assert (await person.thread())[-1] == ("system", say("pause.erased"))
    assert await bench.store.erasure_asked() == [person.id]
    assert await bench.conversations.finish_erasing() == 1
    assert await bench.store.find(person.id) is None


async def test_an_answer_under_way_when_the_pause_begins_is_still_said(bench: Bench) -> None:
    engine = SlowEngine()
    person = await bench.with_engine(engine).person()
    await person.write("un")
    answering = asyncio.create_task(person.bench.conversations.answer(person.id))
    await engine.thinking.wait()
    await paused(bench)
    engine.let_go.set()
    await answering
    assert await person.thread() == [("person", "un"), ("bot", "écho : un")]


async def test_pausing_twice_changes_the_words_and_resuming_twice_nothing(bench: Bench) -> None:
    pauses = await paused(bench, words="un")
    assert not await pauses.pause("web", words="deux", actor="command", now=now())
    [pause] = (await pauses.paused()).values()
    assert replace(pause, since=now()).words == Pause(now(), "deux").words
    assert await pauses.resume("web", actor="command")
    assert not await pauses.resume("web", actor="command")
    assert await pauses.paused() == {}


async def test_a_request_made_before_the_pause_is_not_lost_by_it(bench: Bench) -> None:
    """The assistant was asked for an adviser and had not answered yet."""
    person = await bench.with_engine(EchoEngine(handing_over())).person()
    await person.write("je veux parler à quelqu’un")
    pauses = await paused(bench)
    await person.bench.conversations.answer(person.id)
    assert (await bench.store.floor(person.id)).holder is Holder.bot
    await pauses.resume("web", actor="command")
    await person.bench.conversations.recover()
    assert (await bench.store.floor(person.id)).holder is Holder.waiting
    assert Author.system.value in {who for who, _ in await person.thread()}
