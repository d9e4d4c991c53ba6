"""A turn in this process, as `qve serve` has it, taken apart."""

import cProfile
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.turn.stopwatch import Stopwatch
from bot.conversation.conversations import Conversations
from bot.messages import Incoming
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.wiring import Service, build, clock, load_engine
from knowledge import at_hand

PIPELINE, POLICY, ACTIONS = "pipeline", "rule policy", "actions"
MEMORY, ENGINE, STORE, TURN = "memory", "engine", "store", "turn"
_QUESTIONS_A_CONVERSATION = 10
_STORED = ("receive", "next_turn", "commit")


@dataclass(frozen=True)
class Parts:
    """Mean milliseconds of a turn, by part; `engine` holds pipeline, policy, actions and memory,
    and `turn` holds all."""

    spent: dict[str, float]

    @property
    def floor(self) -> float:
        """The classifier and the rule policy alone."""
        return self.spent[PIPELINE] + self.spent[POLICY]

    @property
    def around_rasa(self) -> float:
        """What Rasa's processor and our engine do between the parts."""
        return self.spent[ENGINE] - self.floor - self.spent[ACTIONS] - self.spent[MEMORY]

    @property
    def around_turn(self) -> float:
        return self.spent[TURN] - self.spent[ENGINE] - self.spent[STORE]


async def measure(folder: Path, model: Path, questions: Sequence[str], warm_up: int) -> Parts:
    """Means over the questions after the first `warm_up` ones."""
    service = await _service(folder, model)
    await _ask(service, questions[:warm_up])
    watch = _watched(service)
    asked = questions[warm_up:]
    await _ask(service, asked, watch)
    await service.database.close()
    return Parts({part: spent / len(asked) for part, spent in watch.spent.items()})


async def profile(folder: Path, model: Path, questions: Sequence[str]) -> cProfile.Profile:
    service = await _service(folder, model)
    await _ask(service, questions[:20])
    # The processor's time of this thread: nobody else on the machine is in it.
    profiler = cProfile.Profile(time.thread_time)
    with profiler:
        await _ask(service, questions)
    await service.database.close()
    return profiler


async def _service(folder: Path, model: Path) -> Service:
    settings = Settings(var=folder)
    database = Database(settings.database, settings.keys)
    await migrate(database)
    return build(settings, database, at_hand.library(), load_engine(model, database))


def _watched(service: Service) -> Stopwatch:
    watch = Stopwatch()
    engine: Any = service.conversations._engine
    processor = engine._processor
    nlu = processor.model_metadata.nlu_target

    def graph(*, targets: list[str], **_: Any) -> str:
        return PIPELINE if targets == [nlu] else POLICY

    watch.watch(processor.graph_runner, "run", graph)
    watch.watch(processor.action_endpoint, "request", ACTIONS)
    watch.watch(engine._trackers, "retrieve", MEMORY)
    watch.watch(engine, "respond", ENGINE)
    for method in _STORED:
        watch.watch(service.conversations.store, method, STORE)
    return watch


async def _ask(service: Service, questions: Sequence[str], watch: Stopwatch | None = None) -> None:
    watch = watch or Stopwatch()
    conversation = ""
    for number, question in enumerate(questions):
        if number % _QUESTIONS_A_CONVERSATION == 0:
            conversation = await _opened(service.conversations)
        incoming = Incoming(conversation, question, external_id=str(uuid.uuid4()), at=clock())
        with watch.on(TURN):
            await service.conversations.send(incoming)


async def _opened(conversations: Conversations) -> str:
    conversation_id, _ = await conversations.start(channel="web", timezone="Europe/Paris")
    return conversation_id
