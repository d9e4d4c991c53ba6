"""Telegram calls the service: believed by its secret only, kept before it is answered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import pytest
import pytest_asyncio
from bot_api import TOKEN, BotApi
from builders import service_on
from phone import Phone, TelegramBench

from bot.channels.telegram.receiving import WEBHOOK, read_update, secret_of
from bot.messages import Message, Outcome
from bot.storage.telegram_inbox import SqlTelegramInbox
from bot.wiring import Service, build_app

ADDRESS = "https://qve.example/telegram/webhook"
BELIEVED = {"X-Telegram-Bot-Api-Secret-Token": secret_of(TOKEN)}


@dataclass
class Webhook:
    http: httpx.AsyncClient
    bench: TelegramBench

    async def calls(self, update: Any, headers: dict[str, str] = BELIEVED) -> int:
        response = await self.http.post(WEBHOOK, json=update, headers=headers)
        return response.status_code


@asynccontextmanager
async def served(api: BotApi, service: Service) -> AsyncIterator[Webhook]:
    """The whole application as it is wired, its own Telegram door included."""
    app = build_app(service)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://qve.test") as http,
        app.router.lifespan_context(app),
    ):
        yield Webhook(http, TelegramBench(api, service))


@pytest_asyncio.fixture
async def webhook(api: BotApi, sqlite_url: str) -> AsyncIterator[Webhook]:
    service = service_on(
        sqlite_url, telegram_token=TOKEN, telegram_api_url=api.url, telegram_webhook_url=ADDRESS
    )
    async with served(api, service) as webhook:
        yield webhook


async def test_what_telegram_sends_is_answered(webhook: Webhook) -> None:
    lea = Phone(webhook.bench, 7)
    assert await webhook.calls(lea.api.message(7, "bonjour")) == 200
    await lea.reads("écho : bonjour")
    assert not [call for call in lea.api.calls if call.method == "getUpdates"]


@pytest.mark.parametrize(
    "headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "x"}, {"Authorization": TOKEN}]
)
async def test_who_has_not_the_secret_is_not_believed(
    webhook: Webhook, headers: dict[str, str]
) -> None:
    update = webhook.bench.api.message(7, "bonjour")
    assert await webhook.calls(update, headers) == 401
    assert await webhook.bench.parts.outbox.waiting("telegram") == []


@pytest.mark.parametrize(
    "update", [[], "x", {"update_id": "1"}, {"update_id": True}, {"update_id": 2**70}, {}, None]
)
async def test_what_is_no_update_is_refused(webhook: Webhook, update: object) -> None:
    assert await webhook.calls(update) == 400


async def test_updates_that_come_in_disorder_are_answered_in_order(webhook: Webhook) -> None:
    lea = Phone(webhook.bench, 7)
    updates = [lea.api.message(7, f"message {number}") for number in range(6)]
    for number in (2, 0, 1, 5, 4, 3, 3, 0):
        assert await webhook.calls(updates[number]) == 200
    await lea.reads("écho : message 5")
    said = [text for text in lea.api.texts(7) if text.startswith("écho")]
    assert said == [f"écho : message {number}" for number in range(6)]


async def test_one_that_never_comes_holds_the_others_for_a_moment_only(webhook: Webhook) -> None:
    lea = Phone(webhook.bench, 7)
    updates = [lea.api.message(7, f"message {number}") for number in range(3)]
    await webhook.calls(updates[0])
    await webhook.calls(updates[2])
    await lea.reads("écho : message 2")
    await webhook.calls(updates[1])
    await lea.reads("écho : message 1")


async def test_the_widget_gets_a_link_to_the_bot(webhook: Webhook) -> None:
    api = webhook.bench.api
    await webhook.bench.until(lambda: [c for c in api.calls if c.method == "setMyCommands"])
    started = (await webhook.http.post("/api/conversations", json={})).json()
    secret = {"Authorization": f"Bearer {started['token']}"}
    response = await webhook.http.post("/api/conversations/me/telegram", headers=secret)
    assert response.status_code == 201
    assert response.json()["url"].startswith("https://t.me/QuebecTestBot?start=suite_")
    parameter = response.json()["url"].split("start=")[1]
    assert len(parameter) <= 64, "what Telegram carries at most"
    lea = Phone(webhook.bench, 7)
    await webhook.calls(lea.api.message(7, f"/start {parameter}"))
    await lea.reads("Vous continuez ici la conversation")
    assert await lea.conversation() == started["id"]


def test_the_chat_of_an_update_is_found_wherever_it_stands() -> None:
    message = {"message_id": 1, "chat": {"id": 7}}
    for content in (
        {"message": message},
        {"edited_message": message},
        {"callback_query": {"id": "1", "message": message}},
        {"my_chat_member": {"chat": {"id": 7}}},
    ):
        update = read_update({"update_id": 1, **content})
        assert update is not None
        assert update.chat_id == 7
    unknown = read_update({"update_id": 1, "message": {"chat": {"id": "7"}}, "poll": 3})
    assert unknown is not None
    assert unknown.chat_id is None


async def test_what_was_kept_before_a_crash_still_waits_for_the_one_before_it(
    api: BotApi, sqlite_url: str
) -> None:
    service = service_on(
        sqlite_url, telegram_token=TOKEN, telegram_api_url=api.url, telegram_webhook_url=ADDRESS
    )
    first, second = (api.message(7, f"message {number}") for number in range(2))
    kept = read_update(second)
    assert kept is not None
    long_ago = datetime.now(timezone.utc) - timedelta(minutes=5)
    await SqlTelegramInbox(service.database).keep([kept], long_ago)
    async with served(api, service) as webhook:
        await webhook.bench.until(lambda: [c for c in api.calls if c.method == "setMyCommands"])
        assert await webhook.calls(first) == 200
        await Phone(webhook.bench, 7).reads("écho : message 1")
    assert [text for text in api.texts(7) if text.startswith("écho")] == [
        "écho : message 0",
        "écho : message 1",
    ]


async def test_one_that_is_missing_holds_its_chat_though_another_chat_is_busy(
    webhook: Webhook,
) -> None:
    """What waits behind the gap is not seen past it because its own chat is being answered."""
    api = webhook.bench.api
    marc_first, lea_first = api.message(8, "marc 0"), api.message(7, "léa 0")
    marc_second, lea_second = api.message(8, "marc 1"), api.message(7, "léa 1")
    engine = webhook.bench.engine
    thinking, let_go = asyncio.Event(), asyncio.Event()
    respond = engine.respond

    async def slow(message: Message, *, waiting: bool) -> Outcome:
        if message.text == "marc 0":
            thinking.set()
            await let_go.wait()
        return await respond(message, waiting=waiting)

    engine.respond = slow  # type: ignore[method-assign]
    assert await webhook.calls(marc_first) == 200
    await thinking.wait()
    for update in (marc_second, lea_second):
        assert await webhook.calls(update) == 200
    await asyncio.sleep(0.4)  # less than an update waits for the one before it
    assert await webhook.calls(lea_first) == 200
    let_go.set()
    await Phone(webhook.bench, 7).reads("écho : léa 1")
    said = [text for text in api.texts(7) if text.startswith("écho")]
    assert said == ["écho : léa 0", "écho : léa 1"]
