"""How far a conversation was delivered is kept, and what is waiting is found, on both databases."""

from dataclasses import replace

from builders import Bench, Person, now, numbers

from bot.conversation.outbox import Place
from bot.messages import Address, Reply

CHAT = Address("telegram", "4242")


async def on_telegram(bench: Bench, chat: Address = CHAT) -> Person:
    conversation_id, token = await bench.conversations.start(
        channel=chat.channel, timezone="Europe/Paris", key=chat.key
    )
    return Person(bench, conversation_id, token)


async def test_whoever_is_reached_at_an_address_is_found_and_nobody_else(bench: Bench) -> None:
    lea = await on_telegram(bench)
    assert await bench.outbox.conversation_at(CHAT) == lea.id
    assert await bench.outbox.conversation_at(replace(CHAT, key="4243")) is None
    assert await bench.outbox.conversation_at(replace(CHAT, channel="web")) is None


async def test_what_was_never_delivered_waits_from_the_first_message(bench: Bench) -> None:
    lea = await on_telegram(bench)
    await bench.person()
    assert await bench.outbox.waiting("telegram") == [lea.id]
    outgoing = await bench.outbox.outgoing(lea.id)
    assert outgoing is not None
    assert (outgoing.address, outgoing.place) == (CHAT, Place())
    assert numbers(outgoing.messages) == [1]


async def test_what_is_delivered_waits_no_more_and_what_follows_does(bench: Bench) -> None:
    lea = await on_telegram(bench)
    await bench.outbox.delivered(lea.id, Place(0, 2))
    assert await bench.outbox.waiting("telegram") == [lea.id]
    await bench.outbox.delivered(lea.id, Place(1))
    assert await bench.outbox.waiting("telegram") == []
    await lea.ask("bonjour")
    outgoing = await bench.outbox.outgoing(lea.id)
    assert outgoing is not None
    assert outgoing.place == Place(1)
    assert numbers(outgoing.messages) == [2, 3]


async def test_nothing_is_said_twice_under_one_external_id(bench: Bench) -> None:
    lea = await on_telegram(bench)
    assert await bench.outbox.say(lea.id, Reply("bienvenue", external_id="telegram:1"))
    assert not await bench.outbox.say(lea.id, Reply("bienvenue", external_id="telegram:1"))
    assert [text for _, text in await lea.thread()] == ["bienvenue"]


async def test_an_erased_conversation_is_neither_said_to_nor_delivered(bench: Bench) -> None:
    lea = await on_telegram(bench)
    await bench.conversations.erase(lea.id)
    assert not await bench.outbox.say(lea.id, Reply("bienvenue"))
    await bench.outbox.delivered(lea.id, Place(1))
    assert await bench.outbox.outgoing(lea.id) is None
    assert await bench.records.export(lea.id) is None


async def test_who_cannot_be_reached_is_not_waited_for_until_they_can(bench: Bench) -> None:
    lea = await on_telegram(bench)
    moment = now()
    assert await bench.outbox.mark_reach(lea.id, unreachable_since=moment)
    assert not await bench.outbox.mark_reach(lea.id, unreachable_since=now())
    assert await bench.outbox.waiting("telegram") == []
    conversation = await bench.store.find(lea.id)
    assert conversation is not None
    assert conversation.unreachable_since == moment
    assert await bench.outbox.mark_reach(lea.id, unreachable_since=None)
    assert not await bench.outbox.mark_reach(lea.id, unreachable_since=None)
    assert await bench.outbox.waiting("telegram") == [lea.id]
