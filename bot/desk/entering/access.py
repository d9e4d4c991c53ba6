"""Who may open which door of the desk, and what every one of its responses carries.

A stranger who asks for a page is sent to sign in; whatever else a stranger asks for does not exist.
Every POST proves that it comes from a page of the desk: by what the browser says of its origin, and
by a token derived from a cookie that no other site can read.
"""

import hmac
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import Depends, Form, Path
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.conversation.conversations import hash_token
from bot.desk.needs import desk_of
from bot.desk.pages import refusal
from bot.files.checking import LARGEST
from bot.files.store import MOST_WITH_AN_ANSWER
from bot.handover.case import Adviser
from bot.handover.origin import asked_from
from bot.handover.roles import Role, at_least, reaches

CaseId = Annotated[int, Path(ge=1, le=2**31 - 1)]
SESSION_COOKIE = "qve_desk"
FORM_COOKIE = "qve_desk_form"
_LARGEST_FORM = 256 * 1024
_LARGEST_UPLOAD = MOST_WITH_AN_ANSWER * LARGEST + 64 * 1024
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True)
class Visit:
    """A request of an adviser who is signed in."""

    adviser: Adviser
    token: str

    @property
    def form_token(self) -> str:
        return form_token(self.token)


class Stranger(Exception):
    """Nobody is signed in, and the door is for advisers."""


class NotFromHere(Exception):
    """A POST that does not come from a page of the desk."""


class DeskRoute(APIRoute):
    """Turns refusals into pages and puts the strict headers on every response."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            with asked_from(address_of(request) or None):
                response = await _respond(request, handle)
            response.headers.update(_HEADERS)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return guarded


def address_of(request: Request) -> str:
    """The network address that asks; empty if it is not known."""
    return request.client.host if request.client else ""


async def _respond(
    request: Request, handle: Callable[[Request], Coroutine[Any, Any, Response]]
) -> Response:
    if request.method == "POST" and not _bounded(request):
        return refusal(request, 413)
    try:
        return await handle(request)
    except Stranger:
        return await _turn_away(request)
    except NotFromHere:
        return refusal(request, 403)
    except RequestValidationError:
        return refusal(request, 404 if request.method == "GET" else 400)
    except HTTPException as error:
        return refusal(request, error.status_code)


def _bounded(request: Request) -> bool:
    length = request.headers.get("content-length", "")
    path = request.scope["path"]
    uploads = path.startswith("/desk/cases/") and path.endswith("/files")
    return length.isdecimal() and int(length) <= (_LARGEST_UPLOAD if uploads else _LARGEST_FORM)


async def _turn_away(request: Request) -> Response:
    """To what is still to be given, and back to the page afterwards; whose session has ended is
    told so."""
    wants_page = "text/html" in request.headers.get("accept", "") and not by_htmx(request)
    was_in = SESSION_COOKIE in request.cookies
    if not wants_page or not (was_in or request.method == "GET"):
        return refusal(request, 404)
    page = urlsplit(request.headers.get("referer", "")).path
    back = request.scope["path"] if request.method == "GET" else safe_next(page)
    if await _halfway_visit_of(request):
        return RedirectResponse(f"/desk/second-factor?next={quote(back)}", 303)
    ended = "&ended=yes" if was_in else ""
    return RedirectResponse(f"/desk/sign-in?next={quote(back)}{ended}", 303)


def by_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


async def signed_in(request: Request) -> Visit:
    visit = await visit_of(request)
    if visit is None:
        raise Stranger
    if not by_htmx(request):  # what a page asks by itself is no sign of somebody
        desk = desk_of(request)
        await desk.accounts.seen(hash_token(visit.token), desk.clock())
    return visit


async def visit_of(request: Request) -> Visit | None:
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        return None
    desk = desk_of(request)
    adviser = await desk.accounts.session(hash_token(token), desk.clock())
    return None if adviser is None else Visit(adviser, token)


async def halfway_in(request: Request) -> Visit:
    """Somebody whose password was right, and whose second factor is still to come."""
    visit = await _halfway_visit_of(request)
    if visit is None:
        raise Stranger
    return visit


async def _halfway_visit_of(request: Request) -> Visit | None:
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        return None
    desk = desk_of(request)
    adviser = await desk.accounts.halfway(hash_token(token), desk.clock())
    return None if adviser is None else Visit(adviser, token)


async def acting(
    request: Request,
    visit: Annotated[Visit, Depends(signed_in)],
    form_token: Annotated[str, Form()] = "",
) -> Visit:
    """An adviser whose form comes from a page that was shown in this session."""
    return _from_its_page(request, visit, form_token)


async def acting_halfway(
    request: Request,
    visit: Annotated[Visit, Depends(halfway_in)],
    form_token: Annotated[str, Form()] = "",
) -> Visit:
    return _from_its_page(request, visit, form_token)


def _from_its_page(request: Request, visit: Visit, form_token: str) -> Visit:
    _check_origin(request)
    if not hmac.compare_digest(form_token.encode(), visit.form_token.encode()):
        raise NotFromHere
    return visit


async def anonymous_form(request: Request, form_token: Annotated[str, Form()] = "") -> None:
    """A form for strangers (sign-in, invitation), bound to a cookie of its own."""
    _check_origin(request)
    expected = _derive(request.cookies.get(FORM_COOKIE, ""))
    if FORM_COOKIE not in request.cookies:
        raise NotFromHere
    if not hmac.compare_digest(form_token.encode(), expected.encode()):
        raise NotFromHere


def role_at_least(role: Role) -> Callable[[Visit], Awaitable[None]]:
    """A door that does not exist for whoever has a lesser role."""

    async def check(visit: Annotated[Visit, Depends(signed_in)]) -> None:
        if not at_least(visit.adviser, role):
            raise HTTPException(404)

    return check


async def case_in_reach(
    request: Request, visit: Annotated[Visit, Depends(signed_in)], case_id: CaseId
) -> None:
    """A case of another institution does not exist, whatever link leads to it."""
    file = await desk_of(request).cases.find(case_id)
    if file is None or not reaches(visit.adviser, file.case):
        raise HTTPException(404)


Signed = Annotated[Visit, Depends(signed_in)]
Acting = Annotated[Visit, Depends(acting)]
ActingHalfway = Annotated[Visit, Depends(acting_halfway)]


def form_token(session_token: str) -> str:
    return _derive(session_token)


def _derive(secret: str) -> str:
    return hmac.new(secret.encode(), b"desk form", "sha256").hexdigest()


def _check_origin(request: Request) -> None:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site != "same-origin":
            raise NotFromHere
        return
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise NotFromHere


def safe_next(path: str) -> str:
    """Where to go after signing in: a page of the desk, never another site."""
    inside = path.startswith("/desk/") and path.isprintable()
    return path if inside and "\\" not in path and "//" not in path else "/desk/"
