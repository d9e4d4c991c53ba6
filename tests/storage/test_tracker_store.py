"""The engine's memory: what a turn reads of it, and that it does not grow with the conversation."""

from collections.abc import AsyncIterator

import pytest_asyncio
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.storage.database import Database
from bot.storage.memory import MEMORY_A_TURN, append_memory
from bot.storage.migrate import migrate
from bot.storage.tracker_store import SqlTrackerStore

_DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [ask]
slots:
  level: {type: text, mappings: [{type: custom}]}
  tries: {type: float, initial_value: 3, min_value: 0, max_value: 9, mappings: [{type: custom}]}
forms:
  a_form: {required_slots: [level]}
"""
)


@pytest_asyncio.fixture
async def store() -> AsyncIterator[SqlTrackerStore]:
    database = Database("sqlite+aiosqlite://")
    await migrate(database)
    yield SqlTrackerStore(_DOMAIN, database=database)
    await database.close()


async def said(store: SqlTrackerStore, seq: int, *events: object) -> None:
    """One turn, as the engine has it: what it adds is stored at its seq."""
    with store.turn() as memory:
        tracker = await store.retrieve("c") or DialogueStateTracker.from_events(
            "c", [], _DOMAIN.slots
        )
        for event in events:
            tracker.update(event)
        await store.save(tracker)
        async with store._database.write() as session:
            await append_memory(session, "c", memory.kept, first=seq * MEMORY_A_TURN)


def turn(text: str, *more: object) -> tuple[object, ...]:
    return (UserUttered(text), *more, BotUttered("…"), ActionExecuted("action_listen"))


async def test_nobody_is_remembered_before_they_wrote(store: SqlTrackerStore) -> None:
    assert await store.retrieve("c") is None


async def test_the_last_turn_is_read_and_what_was_known_before_it(store: SqlTrackerStore) -> None:
    await said(store, 1, *turn("je vise une maîtrise", SlotSet("level", "master")))
    await said(store, 3, *turn("et un plan?", ActionExecuted("a_form"), ActiveLoop("a_form")))
    await said(store, 5, *turn("attends", SlotSet("tries", None)))

    tracker = await store.retrieve("c")

    assert tracker is not None
    assert [e.text for e in tracker.events if isinstance(e, UserUttered)] == ["attends"]
    assert (tracker.get_slot("level"), tracker.get_slot("tries")) == ("master", None)
    assert tracker.active_loop_name == "a_form"
    assert tracker.latest_action_name == "action_listen"


async def test_a_slot_that_was_emptied_is_not_filled_again(store: SqlTrackerStore) -> None:
    await said(store, 1, *turn("maîtrise", SlotSet("level", "master")))
    await said(store, 3, *turn("oublie", SlotSet("level", None)))
    await said(store, 5, *turn("merci"))

    tracker = await store.retrieve("c")

    assert tracker is not None
    assert tracker.get_slot("level") is None


async def test_what_is_read_does_not_grow_with_the_conversation(store: SqlTrackerStore) -> None:
    lengths = set()
    for seq in range(1, 60, 2):
        await said(store, seq, *turn("encore", SlotSet("level", f"{seq}")))
        tracker = await store.retrieve("c")
        assert tracker is not None
        lengths.add(len(tracker.events))
    assert lengths == {5}
