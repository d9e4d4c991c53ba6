"""What every HTTP answer carries, and how much and how slowly may be sent to us."""

import asyncio
import re

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.problems import Problem, problem_response
from bot.files.checking import LARGEST
from bot.files.store import MOST_WITH_AN_ANSWER
from bot.texts import say

_LARGEST_HEADERS = 32 * 1024
_LARGEST_BODY = 64 * 1024
_LARGEST_FORM = 256 * 1024
_LARGEST_UPLOAD = LARGEST + 64 * 1024
_LARGEST_OF_A_DESK = MOST_WITH_AN_ANSWER * LARGEST + 64 * 1024
_UPLOADS = {
    re.compile(r"/api/conversations/me/files$"): _LARGEST_UPLOAD,
    re.compile(r"/desk/cases/\d+/files$"): _LARGEST_OF_A_DESK,
}
_SLOWEST_BODY = 120.0
"""Seconds in which a body has come whole: a file of 5 MB at 45 kB a second."""
# What a room did not say better itself: nothing may be loaded or framed, nothing is kept.
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}
_HTTPS_FOR_A_YEAR = {"Strict-Transport-Security": "max-age=31536000"}


class Armour:
    """ASGI middleware: safe headers on each answer; requests that name no host or several, or with
    headers over 32 kB, are refused; bodies are cut at 64 kB (a form of the desk at 256 kB, files at
    a little over what may be kept), and after `slowest` seconds. `https`: the service is reached by
    it alone."""

    def __init__(
        self, app: ASGIApp, *, https: bool = False, slowest: float = _SLOWEST_BODY
    ) -> None:
        self._app = app
        self._headers = {**_HEADERS, **(_HTTPS_FOR_A_YEAR if https else {})}
        self._slowest = slowest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length, whole = 0, False
        largest = _largest_body(scope["path"])
        until = asyncio.get_running_loop().time() + self._slowest

        async def limited() -> Message:
            nonlocal length, whole
            if whole:  # what is waited for now is that the other side goes away
                return await receive()
            message = await _in_time(receive, until)
            length += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if length > largest:
                raise HTTPException(413)  # of all errors, the one FastAPI lets through here
            return message

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        if (refused := _refused(scope)) is not None:
            await problem_response(refused)(scope, receive, dressed)
            return
        await self._app(scope, limited, dressed)


def _refused(scope: Scope) -> Problem | None:
    """What the parser lets through. With two hosts, a proxy and we may each believe another."""
    hosts = sum(name == b"host" for name, _ in scope["headers"])
    if hosts > 1 or (not hosts and scope.get("http_version") == "1.1"):
        return Problem(400, say("refusals.unreadable"), headers={"Connection": "close"})
    if sum(len(name) + len(value) for name, value in scope["headers"]) > _LARGEST_HEADERS:
        return Problem(431, say("refusals.too_large"), headers={"Connection": "close"})
    return None


async def _in_time(receive: Receive, until: float) -> Message:
    try:
        return await asyncio.wait_for(receive(), until - asyncio.get_running_loop().time())
    except asyncio.TimeoutError:
        # The rest of the body will not be read: the connection cannot be used again.
        raise HTTPException(408, headers={"Connection": "close"}) from None


def _largest_body(path: str) -> int:
    for uploads, largest in _UPLOADS.items():
        if uploads.match(path):
            return largest
    return _LARGEST_FORM if path.startswith("/desk/") else _LARGEST_BODY
