"""« Oui, tout effacer », said in the conversation itself: a last sentence, then nothing is left."""

import asyncio

import pytest
from builders import Bench, EchoEngine, now

from bot.conversation import conversations
from bot.messages import ERASE, Incoming, Outcome, Reply

GOODBYE = Outcome((Reply("Tout est effacé dès maintenant."),), erased=True)


async def test_the_last_sentence_can_be_read_then_everything_is_gone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "_TIME_TO_READ", 0.05)
    erasing = bench.with_engine(EchoEngine(GOODBYE))
    person = await erasing.person()

    await person.ask("oui, tout effacer")

    assert ("bot", "Tout est effacé dès maintenant.") in await person.thread()
    await asyncio.sleep(0.3)
    assert await bench.store.page(person.id, after=0) is None


async def test_who_confirmed_just_before_a_crash_is_erased_at_the_next_start(bench: Bench) -> None:
    leaving, staying = await bench.person(), await bench.person()
    await bench.store.receive(Incoming(leaving.id, "Oui", "key", now(), button=ERASE))

    assert await bench.conversations.finish_erasing() == 1

    assert await bench.store.page(leaving.id, after=0) is None
    assert await bench.store.page(staying.id, after=0) is not None
