"""People who write while things break, and what each is owed."""

import asyncio
import json
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import httpx
from bot_api import BotApi
from builders import Bench, keys
from httpx_sse import SSEError, aconnect_sse
from machines import Process

from bot.handover.case import Adviser, Case, State
from bot.storage.database import Database
from bot.texts import say

ADVISER = "Claire L."
_ME = "/api/conversations/me"
_CLAIMED = say("handover.claimed", adviser=ADVISER)
_ENDINGS = {say(f"handover.{name}", adviser=ADVISER) for name in ("given_back", "closed")}
_PATIENCE = 90.0


@dataclass
class Web:
    """Somebody at the widget: sends again, with the same key, until it is acknowledged."""

    number: int
    processes: Sequence[Process]
    http: httpx.AsyncClient
    chance: random.Random
    acknowledged: list[str] = field(default_factory=list)
    heard: dict[int, dict[str, Any]] = field(default_factory=dict)
    token: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def live(self, until: float, pause: float) -> None:
        started = await self.call("POST", "/api/conversations", json={})
        self.token = started["token"]
        listening = asyncio.create_task(self._listen())
        try:
            await self._talk(until, pause)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def _talk(self, until: float, pause: float) -> None:
        while time.monotonic() < until:
            asks = self.chance.random() < 0.08
            text = f"{'un conseiller' if asks else 'mot'} {self.number}-{len(self.acknowledged)}"
            headers = {**self.headers, "Idempotency-Key": text}
            await self.call("POST", f"{_ME}/messages", json={"text": text}, headers=headers)
            self.acknowledged.append(text)
            await asyncio.sleep(self.chance.expovariate(1 / pause))

    async def call(self, method: str, path: str, **more: Any) -> Any:
        deadline = time.monotonic() + _PATIENCE
        last: list[object] = []
        while time.monotonic() < deadline:
            process = self.chance.choice(self.processes)
            try:
                response = await self.http.request(method, f"{process.url}{path}", **more)
                if response.is_success:
                    return response.json()
                assert response.status_code >= 500, response.text
                last.append((process.port, response.text))
            except httpx.TransportError as error:
                last.append((process.port, type(error).__name__))
            await asyncio.sleep(self.chance.uniform(0.1, 0.5))
        raise AssertionError(f"nobody answered {method} {path} {more}: {last}")

    async def _listen(self) -> None:
        """The widget's stream: from the last message it knows, at any process, for ever."""
        while True:
            process = self.chance.choice(self.processes)
            after = {"Last-Event-ID": str(max(self.heard, default=0))}
            address = f"{process.url}{_ME}/events"
            with suppress(httpx.HTTPError, SSEError):
                async with aconnect_sse(
                    self.http, "GET", address, headers={**self.headers, **after}
                ) as stream:
                    async for event in stream.aiter_sse():
                        if event.event == "update":
                            self._hear(json.loads(event.data)["messages"])
            await asyncio.sleep(self.chance.uniform(0.2, 1.0))

    def _hear(self, messages: list[dict[str, Any]]) -> None:
        for message in messages:
            known = self.heard.setdefault(message["seq"], message)
            assert known["text"] == message["text"], "a message that was seen has changed"

    async def wrongs(self) -> list[str]:
        """What this person was owed and did not get."""
        thread: list[dict[str, Any]] = []
        while page := (
            await self.call(
                "GET", f"{_ME}/messages", params={"after": len(thread)}, headers=self.headers
            )
        )["messages"]:
            thread += page
        wrong = list(_wrongs(thread, self.acknowledged))
        for seq, message in self.heard.items():
            if seq > len(thread) or thread[seq - 1]["text"] != message["text"]:
                wrong.append(f"what was heard as {seq} is not in the thread")
        return [f"web {self.number}: {each}" for each in wrong]


def _wrongs(thread: list[dict[str, Any]], acknowledged: list[str]) -> Any:
    if [each["seq"] for each in thread] != list(range(1, len(thread) + 1)):
        yield "the numbers have holes"
    if [each["text"] for each in thread if each["author"] == "person"] != acknowledged:
        yield "what was acknowledged is not what is kept, once and in order"
    answered = [each["text"] for each in thread if each["author"] == "bot"]
    order = [acknowledged.index(text.removeprefix("écho : ")) for text in answered]
    if order != sorted(set(order)):
        yield "answers are doubled or out of order"
    yield from _silences(thread)


def _silences(thread: list[dict[str, Any]]) -> Any:
    """A message without an answer must have gone to an adviser, who alone speaks meanwhile."""
    waiting: list[str] = []
    advised = False
    for each in thread:
        text = each["text"]
        if each["author"] == "system":
            if text == _CLAIMED:
                advised, waiting = True, []
            elif text in _ENDINGS:
                advised = False
            else:
                waiting = [one for one in waiting if not one.startswith("un conseiller")]
        elif each["author"] == "person" and not advised:
            waiting.append(text)
        elif each["author"] == "bot":
            if advised:
                yield f"« {text} » was said over an adviser"
            said = text.removeprefix("écho : ")
            if said in waiting:
                waiting.remove(said)
    if waiting:
        yield f"no answer to {waiting}"


@dataclass
class OnTelegram:
    """Somebody with a telephone, who does not wait for answers."""

    chat: int
    api: BotApi
    chance: random.Random
    sent: list[str] = field(default_factory=list)

    async def live(self, until: float, pause: float) -> None:
        while time.monotonic() < until:
            text = f"mot {self.chat}-{len(self.sent)}"
            self.api.push(self.api.message(self.chat, text))
            self.sent.append(text)
            await asyncio.sleep(self.chance.expovariate(1 / pause))

    def is_answered(self) -> bool:
        return self.api.texts(self.chat)[-1:] == [f"écho : {self.sent[-1]}"]

    def wrongs(self) -> list[str]:
        """Twice in a row is what a crash between sending and hearing may cost."""
        texts = [text for text, _ in groupby(self.api.texts(self.chat))]
        if texts[1:] == [f"écho : {text}" for text in self.sent]:
            return []
        return [f"telegram {self.chat}: {len(self.sent)} sent, {len(texts) - 1} answered in order"]

    def doubled(self) -> int:
        texts = self.api.texts(self.chat)
        return len(texts) - len([text for text, _ in groupby(texts)])


@dataclass
class AtTheDesk:
    """An adviser who takes what waits, says a word, and gives it back; whatever breaks."""

    database_url: str
    chance: random.Random
    answers: int = 0

    async def live(self, until: float) -> None:
        database = Database(self.database_url, keys)
        bench = Bench(database)
        adviser = await bench.adviser(ADVISER)
        while time.monotonic() < until:
            with suppress(Exception):
                await self._work(bench, adviser)
            await asyncio.sleep(0.3)
        await database.close()

    async def _work(self, bench: Bench, adviser: Adviser) -> None:
        for summary in await bench.cases.queue(state=State.waiting):
            await bench.work.claim(summary.case.id, adviser)
        for summary in await bench.cases.queue(state=State.claimed):
            case = summary.case
            done = await bench.work.answer(case.id, adviser, "Bonjour!", key=f"a-{case.id}")
            self.answers += isinstance(done, Case)
            if self.chance.random() < 0.3:
                await bench.work.give_back(case.id, adviser)
