"""Rasa's memory of conversations, on SQLAlchemy 2.0 (Rasa's own store needs 1.4).

Only new events are written, and only the last turn is read, on top of the state (slots, active
form) that it ended with: no rule and no action looks further back, and a long conversation costs no
more than a short one.

Inside `turn()` nothing is written: the caller stores the new events in the same transaction as
the replies, or drops both.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import BindParameter, Select, bindparam, delete, func, select

from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.memory import MEMORY_A_TURN, append_memory, ending_with, kept, state_of
from bot.storage.tables import TRACKER_EVENTS


@dataclass
class TurnMemory:
    """What one turn adds to a conversation, not stored yet."""

    events: list[Mapping[str, Any]] = field(default_factory=list)
    tracker: DialogueStateTracker | None = None

    @property
    def kept(self) -> list[Mapping[str, Any]]:
        """What of it is to be stored."""
        return kept(self.events)


_EVENTS = TRACKER_EVENTS.c
_turn: ContextVar[TurnMemory | None] = ContextVar("turn", default=None)


class SqlTrackerStore(TrackerStore):
    """`retrieve` and `save` as Rasa expects them."""

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        database: Database | None = None,
        **_: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._database = database or _of_settings(Settings())

    @contextmanager
    def turn(self) -> Iterator[TurnMemory]:
        """While inside, `save` only collects."""
        memory = TurnMemory()
        token = _turn.set(memory)
        try:
            yield memory
        finally:
            _turn.reset(token)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Within a turn, read once: what the turn did to it is not stored before its end."""
        memory = _turn.get()
        if memory is None:
            return await self._read_stored(sender_id)
        if memory.tracker is None:
            memory.tracker = await self._read_stored(sender_id)
        return memory.tracker

    async def _read_stored(self, sender_id: str) -> DialogueStateTracker | None:
        found = await self._database.rows(_LAST_TURN, conversation_id=sender_id)
        events = [event for (event,) in found]
        if not events:
            return None
        state = state_of(events[-1])
        before = [] if state is None else self._at(state)
        tracker = DialogueStateTracker.from_events(
            sender_id, [*before, *map(_read, events)], self.domain.slots
        )
        _remember_stored(tracker)
        return tracker

    def _at(self, state: Mapping[str, Any]) -> list[Event]:
        """The events that lead from nothing to a state."""
        initial = {slot.name: slot.initial_value for slot in self.domain.slots}
        slots = [
            SlotSet(name, value)
            for name, value in state["slots"].items()
            if name in initial and value != initial[name]
        ]
        return [*slots, ActiveLoop(state["loop"]), ActionExecuted(ACTION_LISTEN_NAME)]

    async def save(self, tracker: DialogueStateTracker) -> None:
        new = list(_new_events(tracker))
        memory = _turn.get()
        if memory is not None:
            memory.events.extend(new)
            memory.tracker = tracker
        elif new:
            async with self._database.write() as session:
                last = await session.scalar(_last_position(tracker.sender_id))
                first = 0 if last is None else last + 1
                await append_memory(session, tracker.sender_id, kept(new), first=first)
        _remember_stored(tracker)

    async def delete(self, sender_id: str) -> None:
        async with self._database.write() as session:
            await session.execute(
                delete(TRACKER_EVENTS).where(_EVENTS.conversation_id == sender_id)
            )

    async def keys(self) -> Iterable[str]:
        async with self._database.read() as session:
            return list(await session.scalars(select(_EVENTS.conversation_id).distinct()))


# Rasa notes its model's name on every event; its digits look like a telephone number, which is
# looked for in all that is stored.
_DROPPED = {
    "parse_data": ("intent_ranking", "topic_ranking", "response_selector", "text_tokens"),
    "metadata": ("model_id", "assistant_id"),
}


def _of_settings(settings: Settings) -> Database:
    return Database(settings.database, settings.keys)


def _read(stored: dict[str, Any]) -> Event:
    found: type[Event] = Event.resolve_by_type(stored["event"])
    return found._from_parameters(stored)


def _last_position(sender_id: Any) -> Select[tuple[int]]:
    return select(func.max(_EVENTS.position)).where(_EVENTS.conversation_id == sender_id)


def _last_turn() -> Select[tuple[Any]]:
    """The events of a conversation from the first position of its last turn on."""
    conversation_id: BindParameter[str] = bindparam("conversation_id")
    last = _last_position(conversation_id).scalar_subquery()
    return (
        select(_EVENTS.event)
        .where(
            _EVENTS.conversation_id == conversation_id,
            _EVENTS.position >= last - last % MEMORY_A_TURN,
        )
        .order_by(_EVENTS.position)
    )


_LAST_TURN = _last_turn()


def _remember_stored(tracker: DialogueStateTracker) -> None:
    tracker.stored_events = len(tracker.events)


def _new_events(tracker: DialogueStateTracker) -> Iterator[dict[str, Any]]:
    stored: int = getattr(tracker, "stored_events", 0)
    written = [_written(event) for event in list(tracker.events)[stored:]]
    if written:
        state = {
            "slots": {
                name: slot.value
                for name, slot in tracker.slots.items()
                if slot.value != slot.initial_value
            },
            "loop": tracker.active_loop_name,
        }
        written[-1] = ending_with(written[-1], state)
    return iter(written)


def _written(event: Event) -> dict[str, Any]:
    """An event as stored: without what only helps within the turn itself."""
    written: dict[str, Any] = event.as_dict()
    for part, dropped in _DROPPED.items():
        if part in written:
            written[part] = {k: v for k, v in written[part].items() if k not in dropped}
    return written
