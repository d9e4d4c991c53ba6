"""« Oui, tout effacer », said in the conversation itself: a last sentence, then nothing is left."""

import asyncio

import pytest
from builders import Bench, EchoEngine, now

from bot.conversation import conversations
from bot.messages import ERASE, Incoming, Outcome, Reply
from bot.privacy.records import PersonalRecords, Records

GOODBYE = Outcome((Reply("Tout s’efface."),), erased=True)


async def test_the_last_sentence_can_be_read_then_everything_is_gone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "_TIME_TO_READ", 0.05)
    erasing = bench.with_engine(EchoEngine(GOODBYE))
    person = await erasing.person()

    await person.ask("oui, tout effacer")

    assert ("bot", "Tout s’efface.") in await person.thread()
    assert await is_erased_soon(bench, person.id)


async def is_erased_soon(bench: Bench, conversation_id: str) -> bool:
    for _ in range(100):
        if await bench.store.page(conversation_id, after=0) is None:
            return True
        await asyncio.sleep(0.1)
    return False


class FailsOnce:
    """The records of a database that is away the first time."""

    def __init__(self, records: PersonalRecords) -> None:
        self._records = records
        self.tries = 0

    async def export(self, conversation_id: str) -> Records | None:
        return await self._records.export(conversation_id)

    async def erase(self, conversation_id: str, *, actor: str, reason: str | None = None) -> bool:
        self.tries += 1
        if self.tries == 1:
            raise OSError("the database is away")
        return await self._records.erase(conversation_id, actor=actor)


async def test_an_erasure_that_fails_is_tried_again_until_it_is_done(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "_TIME_TO_READ", 0.0)
    monkeypatch.setattr(conversations, "_BEFORE_TRYING_AGAIN", 0.01)
    records = FailsOnce(bench.records)
    erasing = Bench(bench.database, EchoEngine(GOODBYE), records=records)
    person = await erasing.person()

    await person.ask("oui, tout effacer")
    assert await is_erased_soon(bench, person.id)
    assert records.tries == 2


async def test_who_confirmed_just_before_a_crash_is_erased_at_the_next_start(bench: Bench) -> None:
    leaving, staying = await bench.person(), await bench.person()
    await bench.store.receive(Incoming(leaving.id, "Oui", "key", now(), button=ERASE))

    assert await bench.conversations.finish_erasing() == 1

    assert await bench.store.page(leaving.id, after=0) is None
    assert await bench.store.page(staying.id, after=0) is not None
