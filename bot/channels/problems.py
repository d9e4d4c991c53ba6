"""Every refusal of the HTTP doors, as application/problem+json (RFC 9457) with a sentence."""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.texts import say

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_SENTENCES = {
    404: "refusals.not_found",
    405: "refusals.not_allowed",
    413: "refusals.too_large",
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


def install_problems(app: FastAPI) -> None:
    """Make the whole application refuse in one shape."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _problem(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)
    return problem_response(error)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    unreadable = any(detail["type"] == "json_invalid" for detail in error.errors())
    name = "refusals.unreadable" if unreadable else "refusals.invalid"
    return problem_response(Problem(400 if unreadable else 422, say(name)))


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    sentence = _SENTENCES.get(error.status_code, "refusals.invalid")
    return problem_response(Problem(error.status_code, say(sentence), headers=error.headers))


async def _unexpected(_: Request, error: Exception) -> JSONResponse:
    logger.exception("request failed", exc_info=error)
    return problem_response(Problem(500, say("refusals.internal")))
