"""Every refusal of the HTTP doors, as application/problem+json (RFC 9457) with a sentence."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.texts import say

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_SENTENCES = {
    404: "refusals.not_found",
    405: "refusals.not_allowed",
    408: "refusals.too_slow",
    413: "refusals.too_large",
}


# For the OpenAPI of the application: what any door may answer instead.
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "A refusal: RFC 9457, its `detail` a sentence for the person.",
        "content": {
            MEDIA_TYPE: {
                "schema": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail"],
                    "properties": {
                        "type": {"const": "about:blank"},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "detail": {"type": "string"},
                    },
                }
            }
        },
    }
}


class Problem(Exception):
    """Raised where a request is refused; `detail` is for the person."""

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})


def problem_response(problem: Problem) -> JSONResponse:
    return JSONResponse(
        {
            "type": "about:blank",
            "title": HTTPStatus(problem.status).phrase,
            "status": problem.status,
            "detail": problem.detail,
        },
        status_code=problem.status,
        headers=problem.headers,
        media_type=MEDIA_TYPE,
    )


Page = Callable[[Problem], Response]


def install_problems(app: FastAPI, pages: Mapping[str, Page] = MappingProxyType({})) -> None:
    """Make the whole application refuse in one shape, but under the paths of `pages`, where people
    read what is answered."""

    def answer(request: Request, problem: Problem) -> Response:
        path = request.scope["path"]
        for start, page in pages.items():
            if path == start or path.startswith(f"{start}/"):
                return page(problem)
        return problem_response(problem)

    def handler(problem_of: Callable[[Exception], Problem]) -> Callable[..., Awaitable[Response]]:
        async def handle(request: Request, error: Exception) -> Response:
            return answer(request, problem_of(error))

        return handle

    app.add_exception_handler(Problem, handler(_said))
    app.add_exception_handler(RequestValidationError, handler(_invalid))
    app.add_exception_handler(HTTPException, handler(_http))
    app.add_exception_handler(Exception, handler(_unexpected))


def _said(error: Exception) -> Problem:
    assert isinstance(error, Problem)
    return error


def _invalid(error: Exception) -> Problem:
    assert isinstance(error, RequestValidationError)
    unreadable = any(detail["type"] == "json_invalid" for detail in error.errors())
    name = "refusals.unreadable" if unreadable else "refusals.invalid"
    return Problem(400 if unreadable else 422, say(name))


def _http(error: Exception) -> Problem:
    assert isinstance(error, HTTPException)
    sentence = _SENTENCES.get(error.status_code, "refusals.invalid")
    return Problem(error.status_code, say(sentence), headers=error.headers)


def _unexpected(error: Exception) -> Problem:
    logger.exception("request failed", exc_info=error)
    return Problem(500, say("refusals.internal"))
