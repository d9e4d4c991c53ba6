"""A link takes a conversation to another door, once, and only while it is good; both databases."""

import asyncio
from datetime import timedelta

import pytest
from builders import Bench, now

from bot.conversation.conversations import hash_token
from bot.conversation.moving import Moving
from bot.conversation.outbox import Place
from bot.messages import Address
from bot.storage.move_store import SqlMoveStore

CHAT = Address("telegram", "4242")


async def test_the_conversation_is_reached_at_its_new_address_its_thread_with_it(
    bench: Bench,
) -> None:
    lea = await bench.person()
    await lea.ask("combien coûte le CAQ")
    await lea.ask("et le permis")
    offer = await bench.moving.offer(lea.id, "telegram")
    assert await bench.moving.to(CHAT, offer.code)
    assert await bench.outbox.conversation_at(CHAT) == lea.id
    assert len(await lea.thread()) == 4
    assert await bench.store.find_by_token(hash_token(lea.token)) == lea.id, "the web stays open"


async def test_what_was_said_last_is_delivered_again_and_no_more(bench: Bench) -> None:
    lea = await bench.person()
    await lea.ask("combien coûte le CAQ")
    await lea.ask("et le permis")
    await bench.moving.to(CHAT, (await bench.moving.offer(lea.id, "telegram")).code)
    outgoing = await bench.outbox.outgoing(lea.id)
    assert outgoing is not None
    said = [message.text for message in outgoing.messages]
    assert said == ["et le permis", "écho : et le permis"]


async def test_who_has_said_nothing_yet_gets_the_notice(bench: Bench) -> None:
    lea = await bench.person()
    await bench.moving.to(CHAT, (await bench.moving.offer(lea.id, "telegram")).code)
    outgoing = await bench.outbox.outgoing(lea.id)
    assert outgoing is not None
    assert outgoing.place == Place()


async def test_a_link_works_once_however_many_follow_it_at_the_same_time(bench: Bench) -> None:
    lea = await bench.person()
    code = (await bench.moving.offer(lea.id, "telegram")).code
    chats = [Address("telegram", str(number)) for number in range(5)]
    used = await asyncio.gather(*(bench.moving.to(chat, code) for chat in chats))
    assert sorted(used) == [False, False, False, False, True]
    move = await bench.moving.find("telegram", code)
    assert move is not None
    assert not move.good


async def test_a_link_is_worth_nothing_past_its_time_nor_after_a_newer_one(bench: Bench) -> None:
    lea = await bench.person()
    first = await bench.moving.offer(lea.id, "telegram")
    second = await bench.moving.offer(lea.id, "telegram")
    assert not await bench.moving.to(CHAT, first.code)
    later = Moving(SqlMoveStore(bench.database), lambda: now() + timedelta(minutes=16))
    assert not await later.to(CHAT, second.code)
    assert await bench.moving.to(CHAT, second.code)


@pytest.mark.parametrize("code", ["", "x" * 32, "é\x00"])
async def test_a_made_up_link_leads_nowhere(bench: Bench, code: str) -> None:
    assert await bench.moving.find("telegram", code) is None
    assert not await bench.moving.to(CHAT, code)
    assert await bench.moving.to_web("web", code) is None


async def test_a_link_to_one_door_does_not_open_the_other(bench: Bench) -> None:
    lea = await bench.person()
    code = (await bench.moving.offer(lea.id, "telegram")).code
    assert await bench.moving.to_web("web", code) is None
    assert await bench.moving.to(CHAT, code)


async def test_a_chat_that_has_a_conversation_keeps_it_and_the_link_stays_good(
    bench: Bench,
) -> None:
    lea, marc = await bench.person(), await bench.person()
    await bench.moving.to(CHAT, (await bench.moving.offer(marc.id, "telegram")).code)
    code = (await bench.moving.offer(lea.id, "telegram")).code
    assert not await bench.moving.to(CHAT, code)
    assert await bench.outbox.conversation_at(CHAT) == marc.id
    await bench.conversations.erase(marc.id)
    assert await bench.moving.to(CHAT, code)


async def test_back_on_the_web_a_new_secret_opens_the_same_conversation_and_the_old_one_nothing(
    bench: Bench,
) -> None:
    lea = await bench.person()
    code = (await bench.moving.offer(lea.id, "web")).code
    moved = await bench.moving.to_web("web", code)
    assert moved is not None
    conversation_id, token = moved
    assert conversation_id == lea.id
    assert await bench.store.find_by_token(hash_token(token)) == lea.id
    assert await bench.store.find_by_token(hash_token(lea.token)) is None
    assert await bench.moving.to_web("web", code) is None
