"""The desk's cookies: a session's, the one a stranger's form is bound to, and the errand of who is
with the identity provider."""

import secrets
from datetime import timedelta
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.conversation.conversations import hash_token
from bot.desk.entering.access import FORM_COOKIE, SESSION_COOKIE, safe_next
from bot.desk.entering.identity import ERRAND_SECONDS
from bot.desk.needs import desk_of
from bot.handover.case import Adviser
from bot.handover.roles import needs_second_factor

_HALFWAY_MINUTES = 15
_REMEMBERED_FOR = 7 * 24 * 3600
"""Seconds that the cookie outlives its session: it opens nothing, and tells that one has ended."""
_ERRAND_COOKIE, _ERRAND_PATH = "qve_desk_errand", "/desk/openid"
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def stranger_key(request: Request) -> str:
    """What a stranger's form is bound to: the cookie they have, or a new one to be set."""
    return request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(32)


def with_stranger_key(request: Request, response: Response, key: str) -> Response:
    _set_cookie(request, response, FORM_COOKIE, key, seconds=None)
    return response


async def let_in(request: Request, adviser: Adviser, next: str = "") -> Response:
    """The password was right: to the desk, or to the second factor when there is to be one."""
    desk = desk_of(request)
    kept = await desk.accounts.second_factor(adviser.id)
    if kept is None and not needs_second_factor(adviser):
        return await open_session(request, RedirectResponse(safe_next(next), 303), adviser)
    await _close(request)
    token, now = secrets.token_urlsafe(32), desk.clock()
    expires_at = now + timedelta(minutes=_HALFWAY_MINUTES)
    await desk.accounts.open_halfway(adviser.id, hash_token(token), now, expires_at)
    onward = RedirectResponse(f"/desk/second-factor?next={quote(safe_next(next))}", 303)
    _set_cookie(request, onward, SESSION_COOKIE, token, seconds=_HALFWAY_MINUTES * 60)
    return onward


async def open_session(request: Request, response: Response, adviser: Adviser) -> Response:
    """Open a new session; one this browser had before is closed, never taken over."""
    desk = desk_of(request)
    await _close(request)
    token, now = secrets.token_urlsafe(32), desk.clock()
    seconds = desk.session_hours * 3600
    await desk.accounts.open_session(
        adviser.id,
        hash_token(token),
        now,
        now + timedelta(seconds=seconds),
        browser=browser_of(request.headers.get("user-agent", "")),
    )
    _set_cookie(request, response, SESSION_COOKIE, token, seconds=seconds + _REMEMBERED_FOR)
    return response


def with_errand(request: Request, response: Response, packed: str) -> Response:
    """What to remember until this browser comes back from the identity provider."""
    _set_cookie(
        request, response, _ERRAND_COOKIE, packed, seconds=ERRAND_SECONDS, path=_ERRAND_PATH
    )
    return response


def errand_of(request: Request) -> str:
    return request.cookies.get(_ERRAND_COOKIE, "")


def without_errand(request: Request, response: Response) -> Response:
    if errand_of(request):
        _set_cookie(request, response, _ERRAND_COOKIE, "", seconds=0, path=_ERRAND_PATH)
    return response


async def show_out(request: Request, response: Response) -> Response:
    await _close(request)
    response.delete_cookie(
        SESSION_COOKIE,
        path="/desk",
        httponly=True,
        samesite="lax",
        secure=desk_of(request).secure_cookies,
    )
    return response


async def _close(request: Request) -> None:
    token = request.cookies.get(SESSION_COOKIE)
    if token:
        await desk_of(request).accounts.close_session(hash_token(token))


def _set_cookie(
    request: Request,
    response: Response,
    name: str,
    value: str,
    *,
    seconds: int | None,
    path: str = "/desk",
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        httponly=True,
        samesite="lax",
        secure=desk_of(request).secure_cookies,
    )


def browser_of(agent: str) -> str | None:
    """« Firefox, Windows »: enough to recognise one's own browser in a list."""
    names = [
        next((name for mark, name in known if mark in agent), "") for known in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(name for name in names if name) or None
