"""What every HTTP answer carries, and the largest body that is read at all."""

import re

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.files.checking import LARGEST
from bot.files.store import MOST_WITH_AN_ANSWER

_LARGEST_BODY = 64 * 1024
_LARGEST_FORM = 256 * 1024
_LARGEST_UPLOAD = LARGEST + 64 * 1024
_LARGEST_OF_A_DESK = MOST_WITH_AN_ANSWER * LARGEST + 64 * 1024
_UPLOADS = {
    re.compile(r"/api/conversations/me/files$"): _LARGEST_UPLOAD,
    re.compile(r"/desk/cases/\d+/files$"): _LARGEST_OF_A_DESK,
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Armour:
    """ASGI middleware: safe headers on each answer, and bodies cut at 64 kB (a form of the desk at
    256 kB, files at a little over what may be kept)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = 0
        largest = _largest_body(scope["path"])

        async def limited() -> Message:
            nonlocal length
            message = await receive()
            length += len(message.get("body", b""))
            if length > largest:
                raise HTTPException(413)  # of all errors, the one FastAPI lets through here
            return message

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, limited, dressed)


def _largest_body(path: str) -> int:
    for uploads, largest in _UPLOADS.items():
        if uploads.match(path):
            return largest
    return _LARGEST_FORM if path.startswith("/desk/") else _LARGEST_BODY
