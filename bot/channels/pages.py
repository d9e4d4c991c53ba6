"""The public page with the widget's files."""

import os
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).with_name("static")
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'self'"
    ),
    # Asked again each time, and not sent again when it did not change.
    "Cache-Control": "no-cache",
}
_HEADERS = {
    **PAGE_HEADERS,
    "Cross-Origin-Resource-Policy": "cross-origin",  # the widget stands on others' pages
}


class PublicFiles(StaticFiles):
    """`/` and what it needs; it answers whatever no route has taken.

    A page is asked for without its ending: `/chat` is `chat.html`.
    """

    def __init__(self) -> None:
        super().__init__(directory=STATIC, html=True)

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        found = super().lookup_path(path)
        if found[1] is None and "." not in path:
            return super().lookup_path(f"{path}.html")
        return found

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if isinstance(response, RedirectResponse):  # to whatever host the request named
            raise HTTPException(404)
        response.headers.update(_HEADERS)
        return response
