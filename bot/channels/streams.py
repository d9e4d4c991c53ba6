"""How many event streams may be open at once, for one secret and from one network address."""

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.problems import Problem, problem_response
from bot.texts import say

_STREAMS = re.compile(r"/(?:api/conversations/me|desk|desk/cases/\d+)/events$")
_FOR_A_SECRET = 12
"""A conversation or an adviser, in so many windows."""
_TRY_AGAIN_AFTER = 30


class Streams:
    """ASGI middleware; in this process's memory. `cookie` holds the secret of who has no bearer's.

    An address of this very machine is not counted: it is a proxy that nobody told us of.
    """

    def __init__(self, app: ASGIApp, *, from_an_address: int, cookie: str) -> None:
        self._app = app
        self._most = {"address": from_an_address, "secret": _FOR_A_SECRET}
        self._cookie = cookie
        self._open: Counter[tuple[str, str]] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _STREAMS.match(scope["path"]):
            await self._app(scope, receive, send)
            return
        keys = self._keys(scope)
        if any(self._open[key] >= self._most[key[0]] for key in keys):
            headers = {"Retry-After": str(_TRY_AGAIN_AFTER)}
            refused = Problem(429, say("refusals.too_many_streams"), headers=headers)
            await problem_response(refused)(scope, receive, send)
            return
        self._open.update(keys)
        try:
            await self._app(scope, receive, send)
        finally:
            self._open.subtract(keys)
            self._open = +self._open

    def _keys(self, scope: Scope) -> Sequence[tuple[str, str]]:
        headers = Headers(scope=scope)
        secret = headers.get("authorization") or _cookie(headers.get("cookie", ""), self._cookie)
        keys = []
        if secret:
            keys.append(("secret", sha256(secret.encode()).hexdigest()))
        client = scope.get("client")
        if client is not None and not _is_here(client[0]):
            keys.append(("address", client[0]))
        return keys


def _cookie(header: str, name: str) -> str | None:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return None if found is None else found.value


def _is_here(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
