"""`/healthz`: the process answers. `/readyz`: so do the parts it needs. `/metrics`: what is
counted, for who shows the token; without a token in the settings there is no such page."""

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import JSONResponse, Response

from bot.watching.readiness import Found, Part, examine, is_ready

_NO_STORE = {"Cache-Control": "no-store"}


def health_router(parts: Mapping[str, Part], *, good_for: float = 1.0) -> APIRouter:
    """What was found is shown again for so many seconds: whoever asks without end asks nothing of
    the parts."""
    router = APIRouter(include_in_schema=False)
    one_at_a_time = asyncio.Lock()
    last: tuple[float, dict[str, Found]] = (-good_for, {})

    async def found() -> dict[str, Found]:
        nonlocal last
        async with one_at_a_time:
            if time.monotonic() - last[0] >= good_for or not last[1]:
                last = (time.monotonic(), await examine(parts))
        return last[1]

    @router.get("/healthz")
    async def healthy() -> JSONResponse:
        return JSONResponse({"status": "ok"}, headers=_NO_STORE)

    @router.get("/readyz")
    async def ready() -> JSONResponse:
        state = await found()
        well = is_ready(state)
        body = {"ready": well, "parts": {name: asdict(part) for name, part in state.items()}}
        return JSONResponse(body, status_code=200 if well else 503, headers=_NO_STORE)

    return router


def metrics_router(
    page: Callable[[str], Awaitable[tuple[bytes, str]]], token: str | None
) -> APIRouter:
    """`page` is given what the reader accepts, and gives the page and its media type."""
    router = APIRouter(include_in_schema=False)

    @router.get("/metrics")
    async def metrics(
        authorization: Annotated[str, Header()] = "", accept: Annotated[str, Header()] = ""
    ) -> Response:
        shown = authorization.partition(" ")[2].strip()
        if token is None or not hmac.compare_digest(shown.encode(), token.encode()):
            return Response(status_code=404, headers=_NO_STORE)  # as if it were not there
        body, media_type = await page(accept)
        return Response(body, headers={**_NO_STORE, "Content-Type": media_type})

    return router
