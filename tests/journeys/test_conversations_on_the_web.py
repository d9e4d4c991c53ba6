"""The journeys of tests/conversations, had with the real service through its HTTP door."""

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from tests.conversations.told import Journey, Said, Step, check, journeys
from tests.journeys.service import RunningService

_PATIENCE = 20.0
_ME = "/api/conversations/me"


@dataclass
class WebPerson:
    """Writes, presses buttons and reads as the widget does."""

    http: httpx.Client
    seen: int = 0
    buttons: dict[str, str] = field(default_factory=dict)

    def does(self, step: Step) -> Said:
        payload = self.buttons[step.said] if step.pressed else None
        sent = self.http.post(
            f"{_ME}/messages",
            json={"text": step.said, "button": payload},
            headers={"Idempotency-Key": secrets.token_hex(8)},
        )
        assert sent.status_code == 201, sent.text
        self.seen = sent.json()["message"]["seq"]
        return self._reads(self._answers())

    def _answers(self) -> list[dict[str, Any]]:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            page = self.http.get(f"{_ME}/messages", params={"after": self.seen}).json()
            if page["messages"]:
                return list(page["messages"])
            time.sleep(0.02)
        raise AssertionError("no answer")

    def _reads(self, messages: list[dict[str, Any]]) -> Said:
        self.buttons = {b["title"]: b["payload"] for m in messages for b in m["buttons"]}
        shown = [text for message in messages for text in _texts(message)]
        return Said("\n".join(shown), list(self.buttons))


def _texts(message: dict[str, Any]) -> Iterator[str]:
    yield message["text"]
    for card in message["cards"]:
        yield from (card["title"], card["text"])
        yield from (f"{fact['label']} {fact['value']}" for fact in card["facts"])


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    service = RunningService(tmp_path_factory.mktemp("web"), QVE_MESSAGES_PER_MINUTE="1000")
    try:
        service.start()
        yield service
    finally:
        service.stop()


@pytest.fixture
def person(running: RunningService) -> Iterator[WebPerson]:
    with httpx.Client(base_url=running.url, timeout=_PATIENCE) as http:
        started = http.post("/api/conversations", json={"timezone": "Europe/Paris"}).json()
        http.headers["Authorization"] = f"Bearer {started['token']}"
        yield WebPerson(http)


@pytest.mark.parametrize("journey", journeys(), ids=lambda journey: journey.name)
def test_a_conversation_goes_as_it_is_told(person: WebPerson, journey: Journey) -> None:
    for step in journey.steps:
        check(step, person.does(step))
