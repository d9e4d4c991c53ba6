"""Counts, at the outermost door, the requests that are refused and the streams that are open."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.watching.metrics import Metrics

_FIRST_REFUSAL = 400
_STREAM = "text/event-stream"


class Counting:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        streams = 0

        async def counted(message: Message) -> None:
            nonlocal streams
            if message["type"] == "http.response.start":
                if message["status"] >= _FIRST_REFUSAL:
                    self._metrics.refusals.labels(str(message["status"])).inc()
                kind = Headers(raw=message["headers"]).get("content-type", "")
                if kind.startswith(_STREAM):
                    streams = 1
                    self._metrics.streams.inc()
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            self._metrics.streams.dec(streams)
