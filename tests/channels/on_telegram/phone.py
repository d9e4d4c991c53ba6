"""The service with its Telegram door open, and somebody with a telephone."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot_api import TOKEN, BotApi, Call
from builders import Bench, EchoEngine, service_on

from bot.channels.telegram.calling import Connection
from bot.channels.telegram.chats import address_of
from bot.channels.telegram.outgoing import Paces
from bot.channels.telegram.reading import Settling
from bot.conversation.conversations import Engine
from bot.handover.case import Adviser
from bot.messages import Outcome
from bot.storage.adviser_store import SqlAccountStore
from bot.wiring import Service, telegram_door

PATIENCE = 20.0
NOTICE = "assistant automatique, pas une personne"
QUICK = Paces(between_looks=0.1, first_pause=0.05)
SETTLING = Settling(before=0.3, between_looks=0.05)


@dataclass
class TelegramBench:
    api: BotApi
    service: Service
    told: list[str] = field(default_factory=list)

    @property
    def engine(self) -> EchoEngine:
        engine = self.service.conversations._engine
        assert isinstance(engine, EchoEngine)
        return engine

    @property
    def parts(self) -> Bench:
        """The stores, on the same database."""
        return Bench(self.service.database, self.engine)

    def answers_next(self, *outcomes: Outcome) -> None:
        self.engine.outcomes.extend(outcomes)

    async def adviser(self, name: str = "Claire L.") -> Adviser:
        adviser = await SqlAccountStore(self.service.database).add(
            email=f"{name}@cegep.example", display_name=name, role="adviser", institution=None
        )
        assert adviser is not None
        return adviser

    async def until(self, so: Callable[[], object], within: float = PATIENCE) -> None:
        deadline = time.monotonic() + within
        while not so():
            assert time.monotonic() < deadline, [
                (call.method, call.refused, call.values) for call in self.api.calls[-12:]
            ]
            await asyncio.sleep(0.01)


@asynccontextmanager
async def open_door(
    api: BotApi, url: str, engine: Engine | None = None, *, token: str = TOKEN, **settings: Any
) -> AsyncIterator[TelegramBench]:
    service = service_on(url, engine, telegram_token=token, telegram_api_url=api.url, **settings)
    async with opened(api, service) as bench:
        yield bench
    await service.database.close()


@asynccontextmanager
async def opened(api: BotApi, service: Service, **changed: Any) -> AsyncIterator[TelegramBench]:
    token = service.settings.telegram_token
    assert token is not None
    free = Connection(token.get_secret_value(), api.url, a_second=0)
    options = {"connection": free, "paces": QUICK, "settling": SETTLING, **changed}
    door = telegram_door(service, **options)
    assert door is not None
    bench = TelegramBench(api, service)
    running = asyncio.create_task(door.run(bench.told.append))
    try:
        yield bench
    finally:
        for _ in range(3):  # a cancellation may be lost in what is under way
            running.cancel()
            if (await asyncio.wait({running}, timeout=10))[0]:
                break
        await service.conversations.rest()


@dataclass
class Phone:
    """Somebody who writes to the bot; `read` counts what they have read."""

    bench: TelegramBench
    chat: int
    read: int = 0

    @property
    def api(self) -> BotApi:
        return self.bench.api

    def writes(self, text: str) -> dict[str, Any]:
        return self.api.push(self.api.message(self.chat, text))

    def sends(self, **what: Any) -> dict[str, Any]:
        return self.api.push(self.api.message(self.chat, **what))

    def edits(self, update: dict[str, Any], text: str) -> dict[str, Any]:
        message = {**update["message"], "text": text, "edit_date": int(time.time())}
        return self.api.push(self.api.update(edited_message=message))

    def presses(self, data: str) -> None:
        self.api.push(self.api.press(self.chat, data))

    async def chooses(self, title: str) -> None:
        """Presses the newest button with that title."""
        self.presses((await self.button(title))[1])

    async def button(self, title: str) -> tuple[str, str]:
        await self.bench.until(lambda: self._buttons(title))
        return self._buttons(title)[-1]

    def _buttons(self, title: str) -> list[tuple[str, str]]:
        shown = [*self.api.sent(self.chat), *self.api.sent(self.chat, "editMessageReplyMarkup")]
        shown.sort(key=lambda call: call.at)
        return [key for call in shown for key in call.keys if key[0] == title]

    async def reads(self, words: str) -> Call:
        """Waits for a message that holds the words, after those already read."""

        def found() -> list[int]:
            sent = self.api.sent(self.chat)
            return [i for i in range(self.read, len(sent)) if words in sent[i].text]

        await self.bench.until(found)
        index = found()[0]
        self.read = index + 1
        return self.api.sent(self.chat)[index]

    async def gets_file(self) -> tuple[str, bytes, str]:
        """Name, content and caption of the newest document."""
        await self.bench.until(lambda: self.api.sent(self.chat, "sendDocument"))
        call = self.api.sent(self.chat, "sendDocument")[-1]
        name, content = call.values["file"]
        return name, content, call.values.get("caption", "")

    async def conversation(self) -> str:
        found = await self.bench.parts.outbox.conversation_at(address_of(self.chat))
        assert found is not None
        return found

    async def thread(self) -> list[tuple[str, str]]:
        messages = await self.bench.service.conversations.store.messages(await self.conversation())
        return [(message.author.value, message.text) for message in messages]
