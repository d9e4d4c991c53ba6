"""npm's telegram-test-api, started for the tests, and somebody who writes through it."""

import html
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conversations.told import Said, Step

TOKEN = "666:test"
_FOLDER = Path(__file__).parent.parent / "emulator"
_PATIENCE = 20.0
_PLACE = """
    SELECT asked_seq, answered_seq, last_seq, coalesce(deliveries.seq, 0) FROM conversations
    LEFT JOIN deliveries ON deliveries.conversation_id = conversations.id
    WHERE channel = 'telegram' AND address = ?
"""


@contextmanager
def emulator() -> Iterator[str]:
    """The address of a running emulator."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        if os.environ.get("QVE_TEST_REQUIRE_SERVICES") == "1":
            pytest.fail("npm is required here: it installs the emulator of the Bot API")
        pytest.skip("npm is not installed: it installs the emulator of the Bot API")
    if not (_FOLDER / "node_modules").exists():
        subprocess.run([npm, "ci", "--silent", "--no-progress"], cwd=_FOLDER, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [node, "start.mjs", str(port)], cwd=_FOLDER, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


@dataclass
class TelegramPerson:
    """Writes, presses buttons and reads as an application of Telegram does. What is waited for is
    read in the service's database: that everything said was sent."""

    emulator: httpx.Client
    database: Path
    chat: int
    buttons: dict[str, str] = field(default_factory=dict)

    def does(self, step: Step) -> Said:
        asked = self._place()[0]
        if step.pressed:
            self._post(
                "sendCallback", self._meta(data=self.buttons[step.said], message=self._common())
            )
        else:
            self._post("sendMessage", self._meta(**self._common(), text=step.said))
        self._wait_until_sent(asked)
        return self._reads()

    def _reads(self) -> Said:
        unread = self._post("getUpdates", {"token": TOKEN, "chatId": self.chat})["result"]
        messages = [each["message"] for each in unread]
        self.buttons = {
            key["text"]: key["callback_data"]
            for message in messages
            for row in _keyboard(message)
            for key in row
        }
        return Said("\n".join(_text(message) for message in messages), list(self.buttons))

    def _wait_until_sent(self, asked: int) -> None:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            now_asked, answered, last, delivered = self._place()
            if now_asked > asked and answered == now_asked and delivered == last:
                return
            time.sleep(0.02)
        raise AssertionError(f"no answer: {self._place()} after {asked}")

    def _place(self) -> tuple[int, int, int, int]:
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            row = connection.execute(_PLACE, (str(self.chat),)).fetchone()
        return row or (0, 0, 0, 0)

    def _common(self) -> dict[str, Any]:
        person = {"id": self.chat, "first_name": "Léa", "is_bot": False}
        chat = {"id": self.chat, "first_name": "Léa", "type": "private"}
        return {"from": person, "chat": chat, "message_id": 1, "date": int(time.time())}

    def _meta(self, **content: Any) -> dict[str, Any]:
        return {"botToken": TOKEN, "from": self._common()["from"], **content}

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        response = self.emulator.post(f"/{path}", json=body)
        assert response.status_code == 200, response.text
        return response.json()


def _keyboard(message: dict[str, Any]) -> list[list[dict[str, str]]]:
    markup = message.get("reply_markup") or {}
    if isinstance(markup, str):
        markup = json.loads(markup)
    rows: list[list[dict[str, str]]] = markup.get("inline_keyboard", [])
    return rows


def _text(message: dict[str, Any]) -> str:
    """As it is read: without tags."""
    assert message["parse_mode"] == "HTML"
    return html.unescape(re.sub(r"<[^>]+>", "", message["text"]))
