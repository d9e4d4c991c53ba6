"""The process is killed at every step: each message arrives, in order; twice only where Telegram
took it and could not be heard saying so."""

import asyncio
import itertools
import os
import random
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from bot_api import TOKEN, BotApi, Call
from crashing import LONG, PARTS, Server, free_port

from bot.channels.telegram.receiving import WEBHOOK, secret_of

BURST = int(os.environ.get("QVE_TEST_BURST", "100"))
CHATS = 10
CRASHES = 2
PATIENCE = 60.0
ALL = os.environ.get("QVE_TEST_CRASHES") == "all"
# What somebody who writes « un », « long », « deux » is sent.
STEPS = 1 + 1 + PARTS + 1
KILLS = [*itertools.product(range(STEPS), ("before", "after"))]


@pytest.fixture
def server(api: BotApi, sqlite_url: str) -> Iterator[Server]:
    server = Server(sqlite_url, api.url)
    yield server
    server.kill()


def until(so: Any, within: float = PATIENCE) -> None:
    deadline = time.monotonic() + within
    while not so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_killed_at_every_step_of_a_delivery_nothing_is_lost_and_all_is_in_order(
    api: BotApi, server: Server
) -> None:
    server.start()
    # By default one moment of each step, in turn; QVE_TEST_CRASHES=all for both of each.
    kills = KILLS if ALL else [*KILLS[0::4], *KILLS[3::4]]
    for chat, (step, moment) in enumerate(kills, 1):
        api.before = api.after = lambda _: None
        setattr(api, moment, killing(server, chat, step, cut=moment == "before"))
        for text in ("un", LONG, "deux"):
            api.push(api.message(chat, text))
        until(lambda: not server.process.is_alive())
        api.before = api.after = lambda _: None
        server.start()
        until(lambda chat=chat: api.texts(chat)[-1:] == ["écho : deux"])
        texts = api.texts(chat)
        assert len(collapsed(texts)) == STEPS, (step, moment, [text[:12] for text in texts])
        assert collapsed(texts)[1] == "écho : un"
        assert len(texts) - STEPS <= (moment == "after"), "only what was cut is sent again"


def test_killed_while_updates_are_fetched_none_is_lost(api: BotApi, server: Server) -> None:
    """Telegram forgets an update when the next ones are asked for: they are kept by then."""
    for number in range(20):
        api.push(api.message(5, f"message {number}"))
    for _ in range(2):
        server.start()
        already = len(api.texts(5))
        until(lambda already=already: len(api.texts(5)) > already)
        server.kill()
    server.start()
    until(lambda: api.texts(5)[-1:] == ["écho : message 19"])
    assert collapsed(api.texts(5))[1:] == [f"écho : message {number}" for number in range(20)]


async def test_bursts_doubled_and_shuffled_with_crashes_lose_nothing_and_keep_the_order(
    api: BotApi, sqlite_url: str
) -> None:
    server = Server(sqlite_url, api.url, webhook_port=free_port())
    updates = [api.message(1 + n % CHATS, f"message {n // CHATS}") for n in range(BURST)]
    chance = random.Random(7)
    sent = disordered(updates, chance)
    server.start()
    crashing = asyncio.create_task(crash(server, api, chance))
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.webhook_port}") as http:
            busy = asyncio.Semaphore(10)
            await asyncio.gather(*(deliver(http, update, busy) for update in sent))
        await crashing
        last = [f"écho : message {(BURST - 1 - chat) // CHATS}" for chat in range(CHATS)]
        done = [(lambda c=c: api.texts(c + 1)[-1:] == [last[c]]) for c in range(CHATS)]
        await asyncio.to_thread(until, lambda: all(so() for so in done), PATIENCE + BURST / 5)
    finally:
        server.kill()
    for chat in range(CHATS):
        expected = [f"écho : message {n}" for n in range((BURST - 1 - chat) // CHATS + 1)]
        assert collapsed(api.texts(chat + 1))[1:] == expected


def killing(server: Server, chat: int, step: int, *, cut: bool) -> Any:
    """Kills at the chat's message of that number; `cut`: before Telegram has it."""
    seen = itertools.count()

    def hook(call: Call) -> None:
        if call.method == "sendMessage" and call.chat == chat and next(seen) == step:
            server.kill()
            if cut:
                raise ConnectionAbortedError

    return hook


def collapsed(texts: list[str]) -> list[str]:
    return [text for text, _ in itertools.groupby(texts)]


def disordered(updates: list[Any], chance: random.Random) -> list[Any]:
    """A tenth twice, and bursts of twenty shuffled."""
    doubled = [each for update in updates for each in [update] * (1 + (chance.random() < 0.1))]
    bursts = [doubled[start : start + 20] for start in range(0, len(doubled), 20)]
    for burst in bursts:
        chance.shuffle(burst)
    return [update for burst in bursts for update in burst]


async def crash(server: Server, api: BotApi, chance: random.Random) -> None:
    """Kill the process now and then while it works."""
    for number in range(1, CRASHES + 1):
        enough = BURST * number // (CRASHES + 2)
        so = lambda enough=enough: len(api.calls) > enough  # noqa: E731
        await asyncio.to_thread(until, so, PATIENCE + BURST / 5)
        await asyncio.sleep(chance.random() / 10)
        await asyncio.to_thread(server.kill)
        server.start()


async def deliver(http: httpx.AsyncClient, update: Any, busy: asyncio.Semaphore) -> None:
    """As Telegram does: again, until it is answered 200."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret_of(TOKEN)}
    async with busy:
        while True:
            try:
                answered = await http.post(WEBHOOK, json=update, headers=headers, timeout=10)
                if answered.status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
