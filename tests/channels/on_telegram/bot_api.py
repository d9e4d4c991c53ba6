"""A Bot API server of the tests' own, for what no emulator does: it refuses, delays and forgets as
https://core.telegram.org/bots/api says Telegram may. It runs in threads: other processes call it.
"""

import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from html import unescape
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

TOKEN = "42:test"
BOT = "QuebecTestBot"
LONGEST = 4096
_FILE = {"file_id": "x", "file_unique_id": "x"}
_DRAWN = {"width": 1, "height": 1}
PHOTO = [{**_FILE, **_DRAWN}]
VOICE = {**_FILE, "duration": 3}
DOCUMENT = {**_FILE, "file_name": "releve.pdf", "mime_type": "application/pdf", "file_size": 10}
LOCATION = {"latitude": 48.85, "longitude": 2.35}
CONTACT = {"phone_number": "0612345678", "first_name": "Léa"}
STICKER = {**_FILE, **_DRAWN, "type": "regular", "is_animated": False, "is_video": False}
VENUE = {"location": LOCATION, "title": "Cégep", "address": "2410, chemin Sainte-Foy"}
VIDEO = {**_FILE, **_DRAWN, "duration": 3}
NOTE = {**_FILE, "length": 240, "duration": 3}
POLL = {
    "id": "1",
    "question": "Laval ou le cégep?",
    "options": [
        {"persistent_id": text, "text": text, "voter_count": 0} for text in ("Laval", "Le cégep")
    ],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
ANIMATION = {**_FILE, **_DRAWN, "duration": 3}
DICE = {"emoji": "🎲", "value": 3}
_TAGS = {"a", "b", "i"}
_CALL = re.compile(r"/bot([^/]+)/(\w+)")


@dataclass(frozen=True)
class Refusal:
    """How one call fails: an error of the Bot API; or, with `code` 0, an answer that never comes,
    the call having been carried out if `done`."""

    code: int
    description: str = ""
    retry_after: int | None = None
    done: bool = False


BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")
CHAT_GONE = Refusal(400, "Bad Request: chat not found")
UNREADABLE = Refusal(400, "Bad Request: can't parse entities: unsupported start tag")
BROKEN = Refusal(502, "Bad Gateway")
SILENT = Refusal(0)
SILENT_BUT_DONE = Refusal(0, done=True)


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass(frozen=True)
class Call:
    """One call the bot made, refused or not."""

    method: str
    values: dict[str, Any]
    at: float
    refused: int | None = None

    @property
    def chat(self) -> int:
        return int(self.values.get("chat_id", 0))

    @property
    def text(self) -> str:
        """As the person reads it."""
        text = str(self.values.get("text", self.values.get("caption", "")))
        if self.values.get("parse_mode") == "HTML":
            return unescape(re.sub(r"<[^>]+>", "", text))
        return text

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Title and data of each button."""
        markup = json.loads(self.values.get("reply_markup") or "{}")
        rows = markup.get("inline_keyboard", [])
        return [(key["text"], key["callback_data"]) for row in rows for key in row]


@dataclass
class BotApi:
    url: str = ""
    calls: list[Call] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    webhook: str = ""
    refuse: Callable[[Call], Refusal | None] = lambda _: None
    """Asked about each call, in order; None lets it through."""
    before: Callable[[Call], None] = lambda _: None
    after: Callable[[Call], None] = lambda _: None
    """Called when a call was carried out, before its answer leaves."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What people sent, by its id."""
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def next(self, what: str) -> int:
        with self._changed:
            self._numbers[what] += 1
            return self._numbers[what]

    # --- What people do.

    def push(self, update: dict[str, Any]) -> dict[str, Any]:
        with self._changed:
            self.updates.append(update)
            self._changed.notify_all()
        return update

    def update(self, **content: Any) -> dict[str, Any]:
        return {"update_id": 1000 + self.next("update"), **content}

    def message(self, chat: int, text: str | None = None, **more: Any) -> dict[str, Any]:
        kind = "private" if chat > 0 else "group"
        message = {
            "message_id": self.next("message"),
            "date": int(time.time()),
            "chat": {"id": chat, "type": kind},
            "from": person(chat),
            **({} if text is None else {"text": text}),
        }
        return self.update(message={**message, **more})

    def press(self, chat: int, data: str) -> dict[str, Any]:
        message = {
            "message_id": 1,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private"},
        }
        query = {"id": f"q{self.next('query')}", "chat_instance": "1", "data": data}
        return self.update(callback_query={**query, "from": person(chat), "message": message})

    # --- What the bot did.

    def sent(self, chat: int, method: str = "sendMessage") -> list[Call]:
        """What reached the chat."""
        done = [call for call in self.calls if call.refused is None and call.method == method]
        return [call for call in done if call.chat == chat]

    def texts(self, chat: int) -> list[str]:
        return [call.text for call in self.sent(chat)]

    # --- The server's side.

    def answer(self, token: str, method: str, values: dict[str, Any]) -> tuple[int, Any] | None:
        """A status and a body; None: the connection is cut."""
        if token != TOKEN:
            return 401, _error(Refusal(401, "Unauthorized"))
        if method == "getUpdates":
            return 200, {"ok": True, "result": self._wait_for_updates(values)}
        call = Call(method, values, time.monotonic())
        self.before(call)
        refusal = self.refuse(call) or _invalid(call)
        done = refusal is None or refusal.done
        with self._changed:
            code = None if done else (refusal.code if refusal else None)
            self.calls.append(Call(method, values, call.at, code))
        if done:
            self.after(call)
        if refusal is not None:
            return None if refusal.code == 0 else (refusal.code, _error(refusal))
        return 200, {"ok": True, "result": self._result(call)}

    def _wait_for_updates(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        offset = int(values.get("offset") or 0)
        deadline = time.monotonic() + min(float(values.get("timeout") or 0), 1.0)
        with self._changed:
            while True:
                self.updates = [each for each in self.updates if each["update_id"] >= offset]
                left = deadline - time.monotonic()
                if self.updates or left <= 0:
                    return self.updates[:100]
                self._changed.wait(left)

    def _result(self, call: Call) -> Any:
        match call.method:
            case "getMe":
                return {"id": 42, "is_bot": True, "first_name": "Québec", "username": BOT}
            case "sendMessage" | "sendDocument":
                chat = {"id": call.chat, "type": "private"}
                number = self.next("message")
                return {"message_id": number, "date": int(time.time()), "chat": chat}
            case "getFile":
                name = call.values["file_id"]
                return {"file_id": name, "file_unique_id": name, "file_path": name}
            case "setWebhook":
                self.webhook = call.values["url"]
            case "deleteWebhook":
                self.webhook = ""
            case "getWebhookInfo":
                count = len(self.updates)
                return {
                    "url": self.webhook,
                    "has_custom_certificate": False,
                    "pending_update_count": count,
                }
        return True


def person(chat: int) -> dict[str, Any]:
    return {"id": abs(chat), "is_bot": False, "first_name": "Léa", "language_code": "fr"}


def _invalid(call: Call) -> Refusal | None:
    """What Telegram refuses by itself."""
    if call.method != "sendMessage":
        return None
    text = call.values.get("text", "")
    if not text.strip():
        return Refusal(400, "Bad Request: message text is empty")
    if call.values.get("parse_mode") == "HTML" and not _Balanced.reads(text):
        return UNREADABLE
    if len(call.text.encode("utf-16-le")) // 2 > LONGEST:
        return Refusal(400, "Bad Request: message is too long")
    if any(len(data.encode()) > 64 for _, data in call.keys):
        return Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    return None


class _Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.broken = False

    @classmethod
    def reads(cls, text: str) -> bool:
        parser = cls()
        parser.feed(text)
        parser.close()
        return not parser.open and not parser.broken

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.broken |= tag not in _TAGS
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.broken |= not self.open or self.open.pop() != tag


def _error(refusal: Refusal) -> dict[str, Any]:
    parameters = {} if refusal.retry_after is None else {"retry_after": refusal.retry_after}
    return {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
        "parameters": parameters,
    }


@contextmanager
def bot_api() -> Iterator[BotApi]:
    api = BotApi()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            found = _CALL.fullmatch(self.path)
            assert found is not None, self.path
            answered = api.answer(found[1], found[2], _values(self))
            if answered is None:
                self.close_connection = True
                return
            status, body = answered
            written = json.dumps(body).encode()
            head = (
                f"HTTP/1.1 {status} x\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(written)}\r\n\r\n"
            )
            self.wfile.write(head.encode() + written)

        def do_GET(self) -> None:
            content = api.files[self.path.rsplit("/", 1)[1]]
            head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(content)
            self.wfile.write(head + content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    api.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()


def _values(handler: BaseHTTPRequestHandler) -> dict[str, Any]:
    body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    kind = handler.headers.get("Content-Type") or ""
    if kind.startswith("multipart/"):
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        return dict(_fields(BytesParser().parsebytes(head + body)))
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _fields(form: Message) -> Iterator[tuple[str, Any]]:
    for part in form.walk():
        name = part.get_param("name", header="content-disposition")
        if name is None:
            continue
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if part.get_filename():
            yield "file", (part.get_filename(), content)
        else:
            yield str(name), content.decode()
