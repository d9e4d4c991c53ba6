"""The journeys of tests/conversations, had with the real service through Telegram's Bot API."""

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.conversations.told import Journey, check, journeys
from tests.journeys.emulated_telegram import TOKEN, TelegramPerson, emulator
from tests.journeys.service import RunningService

_CHATS = itertools.count(100)


@dataclass
class OnTelegram:
    emulator: httpx.Client
    service: RunningService

    def person(self) -> TelegramPerson:
        return TelegramPerson(self.emulator, self.service.folder / "qve.sqlite3", next(_CHATS))


@pytest.fixture(scope="module")
def api() -> Iterator[str]:
    with emulator() as url:
        yield url


@pytest.fixture(scope="module")
def polling(api: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnTelegram]:
    service = RunningService(
        tmp_path_factory.mktemp("telegram"),
        QVE_MESSAGES_PER_MINUTE="1000",
        QVE_TELEGRAM_TOKEN=TOKEN,
        QVE_TELEGRAM_API_URL=api,
    )
    try:
        service.start()
        with httpx.Client(base_url=api, timeout=20) as http:
            yield OnTelegram(http, service)
    finally:
        service.stop()


@pytest.mark.parametrize("journey", journeys(), ids=lambda journey: journey.name)
def test_a_conversation_goes_as_it_is_told(polling: OnTelegram, journey: Journey) -> None:
    person = polling.person()
    for step in journey.steps:
        check(step, person.does(step))


def test_the_same_by_webhook_registered_by_the_command(
    api: str, polling: OnTelegram, tmp_path: object
) -> None:
    """After the polling tests: the emulator, like Telegram, gives updates in one way at a time."""
    polling.service.stop()
    service = RunningService(polling.service.folder, QVE_MESSAGES_PER_MINUTE="1000")
    settings = {
        "QVE_TELEGRAM_TOKEN": TOKEN,
        "QVE_TELEGRAM_API_URL": api,
        "QVE_TELEGRAM_WEBHOOK_URL": f"{service.url}/telegram/webhook",
    }
    service._settings.update(settings)
    told = subprocess.run(
        [sys.executable, "-m", "bot", "telegram", "set-webhook"],
        env={**os.environ, **settings, "QVE_VAR": str(service.folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Webhook enregistré" in told.stdout
    try:
        service.start()
        person = OnTelegram(polling.emulator, service).person()
        for step in journeys()[0].steps:
            check(step, person.does(step))
    finally:
        service.stop()
