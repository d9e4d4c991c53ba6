"""Nobody ties the service up: streams, slow senders, forged addresses, files that swell."""

import asyncio
import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from builders import EchoEngine, service_on
from fastapi import FastAPI
from PIL import Image, PngImagePlugin
from pydantic import ValidationError
from starlette.types import Message, Receive, Scope, Send
from web_client import API, ME
from world import World, world_of

from bot.channels.armour import Armour
from bot.channels.problems import install_problems
from bot.channels.streams import Streams
from bot.files.checking import Unfit, checked
from bot.settings import Settings

ELSEWHERE, OTHER = "203.0.113.9", "203.0.113.10"


class Stream:
    """A request for an event stream that stays open until it is let go."""

    def __init__(self, app: Any, *, secret: str, address: str, path: str = f"{ME}/events") -> None:
        self._going = asyncio.Event()
        self.answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "server": ("qve.test", 80),
            "client": (address, 4000),
            "headers": [(b"host", b"qve.test"), (b"authorization", f"Bearer {secret}".encode())],
        }
        self._asked = False
        self.task = asyncio.create_task(app(self.scope, self._receive, self._send))

    async def _receive(self) -> Message:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._going.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and not self.answered.done():
            self.answered.set_result(message["status"])

    async def status(self) -> int:
        return await asyncio.wait_for(asyncio.shield(self.answered), 30)

    async def leave(self) -> None:
        self._going.set()
        await asyncio.wait_for(self.task, 30)


async def test_a_conversation_is_streamed_to_so_many_windows_and_no_more(world: World) -> None:
    lea, tom = await world.person(), await world.person()
    windows = [Stream(world.app, secret=lea.token, address=ELSEWHERE) for _ in range(12)]
    assert [await each.status() for each in windows] == [200] * 12
    refused = Stream(world.app, secret=lea.token, address=OTHER)
    assert await refused.status() == 429
    assert await Stream(world.app, secret=tom.token, address=ELSEWHERE).status() == 200
    await windows[0].leave()
    again = Stream(world.app, secret=lea.token, address=ELSEWHERE)
    assert await again.status() == 200
    assert (await lea.get()).status_code == 200  # reading goes on whatever streams do


async def waiting(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while (await receive())["type"] != "http.disconnect":
        pass


async def test_so_do_all_windows_of_one_address_whatever_secrets_they_show() -> None:
    app = Streams(waiting, from_an_address=3, cookie="qve_desk")
    open_ = [Stream(app, secret=f"s{n}", address=ELSEWHERE) for n in range(3)]
    assert [await each.status() for each in open_] == [200] * 3
    assert await Stream(app, secret="s4", address=ELSEWHERE).status() == 429
    assert await Stream(app, secret="s4", address=OTHER).status() == 200
    assert await Stream(app, secret="s4", address=ELSEWHERE, path="/desk/events").status() == 429
    for each in open_:
        await each.leave()
    assert await Stream(app, secret="s4", address=ELSEWHERE).status() == 200


async def test_a_proxy_on_this_machine_is_not_taken_for_one_busy_address() -> None:
    app = Streams(waiting, from_an_address=1, cookie="qve_desk")
    for number in range(5):
        assert await Stream(app, secret=f"s{number}", address="127.0.0.1").status() == 200


def armoured(slowest: float) -> Any:
    app = FastAPI()
    install_problems(app)

    @app.post("/echo")
    async def echo(body: dict[str, str]) -> dict[str, str]:
        return body

    return Armour(app, slowest=slowest)


async def test_a_body_that_dribbles_is_cut(caplog: pytest.LogCaptureFixture) -> None:
    sent: list[Message] = []

    async def dribble() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b" ", "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/echo",
        "raw_path": b"/echo",
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": [(b"content-type", b"application/json")],
        "client": (ELSEWHERE, 1),
        "server": ("qve.test", 80),
    }
    await asyncio.wait_for(armoured(0.2)(scope, dribble, send), 30)
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]
    assert "request failed" not in caplog.text


@pytest.mark.parametrize(
    ("trusted", "counted_as_one"),
    [([], True), (["10.0.0.0/8"], True), (["203.0.113.7"], False)],
    ids=["nobody is believed", "another proxy is believed", "this proxy is believed"],
)
async def test_a_forged_address_is_believed_from_a_named_proxy_only(
    sqlite_url: str, trusted: list[str], counted_as_one: bool
) -> None:
    service = service_on(
        sqlite_url, EchoEngine(), conversations_per_hour=2, trusted_proxies=trusted
    )
    async with world_of(service) as world:
        proxy = await world.client(address="203.0.113.7")
        got = [
            (
                await proxy.post(API, json={}, headers={"X-Forwarded-For": f"198.51.100.{n}"})
            ).status_code
            for n in range(4)
        ]
        assert got == ([201, 201, 429, 429] if counted_as_one else [201] * 4)
        # What the person wrote before the proxy's own word is never believed.
        forged = {"X-Forwarded-For": "1.2.3.4, 198.51.100.77", "Forwarded": "for=1.2.3.5"}
        after = [(await proxy.post(API, json={}, headers=forged)).status_code for _ in range(3)]
        assert after[-1] == 429


@pytest.mark.parametrize("trusted", [["*"], ["10.0.0.1/8"], ["proxy"], [""]])
def test_a_proxy_is_an_address_or_a_network_never_everybody(trusted: list[str]) -> None:
    with pytest.raises(ValidationError):
        Settings(trusted_proxies=trusted)


def bombs() -> Iterator[Any]:
    yield pytest.param(png(60_000, 60_000), id="a png of 3.6 thousand million points")
    yield pytest.param(png(2**31 - 1, 2**31 - 1), id="a png larger than any memory")
    info = PngImagePlugin.PngInfo()
    info.add_itxt("x", "a" * 30_000_000, zip=True)
    yield pytest.param(saved(info), id="a png whose text swells a thousandfold")
    yield pytest.param(b"PK\x03\x04" + b"\x00" * 5000 + b"%PDF-1.4", id="a zip")
    yield pytest.param(
        b"%PDF-1.4\n/JavaScript (x)\nstartxref\n9\n%%EOF", id="a pdf that runs a script"
    )
    yield pytest.param(b"<svg onload=alert(1)>", id="an svg with a script")
    yield pytest.param(b"GIF89a" + b"\x00" * 100, id="a gif")


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + crc

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\x00" * 1_000_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def saved(info: PngImagePlugin.PngInfo) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (2, 2)).save(written, "PNG", pnginfo=info)
    return written.getvalue()


@pytest.mark.parametrize("content", bombs())
def test_a_file_that_swells_or_acts_is_refused(content: bytes) -> None:
    assert isinstance(checked("relevé.pdf", content), Unfit)


async def test_a_body_that_says_it_is_compressed_is_not_opened(world: World) -> None:
    lea = await world.person()
    bomb = zlib.compress(b'{"text": "' + b"a" * 40_000_000 + b'"}')
    headers = {
        **lea.bearer,
        "Idempotency-Key": "k",
        "Content-Encoding": "deflate",
        "Content-Type": "application/json",
    }
    answer = await world.http.post(f"{ME}/messages", content=bomb, headers=headers)
    assert answer.status_code in (400, 422)
