"""Signing in by an identity provider: leaving for it, and coming back with what it says."""

import hmac
import logging
from typing import Annotated

from fastapi import Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.entering.access import address_of, safe_next, visit_of
from bot.desk.entering.cookies import errand_of, let_in, open_session, with_errand, without_errand
from bot.desk.entering.identity import Errand, Failure, Identified, IdentityProvider
from bot.desk.entering.invitations import readable_email
from bot.desk.entering.sign_in import sign_in_page, wait_first
from bot.desk.needs import Desk, desk_of
from bot.desk.words import word
from bot.handover.attempts import of_address
from bot.handover.case import Adviser

logger = logging.getLogger(__name__)
Told = Annotated[str, Query(max_length=4000)]
_STATUS = {"unreachable": 503, "unproven": 400, "expired": 400, "declined": 401, "nobody": 403}
_DECLINED = "access_denied"


async def leave(request: Request, next: str = "") -> Response:
    desk, provider = desk_of(request), _provider(request)
    if await visit_of(request):
        return RedirectResponse(safe_next(next), 303)
    errand = Errand.to(safe_next(next))
    where = await provider.leave(errand, back=_back(desk))
    if isinstance(where, Failure):
        return _refused(request, where.value, errand.next)
    return with_errand(request, RedirectResponse(where, 303), provider.pack(errand))


async def come_back(
    request: Request, state: Told = "", code: Told = "", error: Told = ""
) -> Response:
    desk, provider = desk_of(request), _provider(request)
    errand = provider.unpack(errand_of(request))
    if errand is None or not hmac.compare_digest(errand.state.encode(), state.encode()):
        return _refused(request, "expired")
    if error or not code:
        return _refused(request, "declined" if error == _DECLINED else "unproven", errand.next)
    names = of_address(address_of(request))
    wait = await desk.attempts.begin(names, desk.clock())
    if wait is not None:
        return wait_first(request, wait, next=errand.next)
    who = await provider.identify(code, errand, back=_back(desk))
    if isinstance(who, Failure):
        return _refused(request, who.value, errand.next)
    adviser = await _recognise(desk, who)
    if adviser is None:
        logger.info("an identity that has no account was refused")
        return _refused(request, "nobody", errand.next)
    await desk.attempts.succeeded(names)
    return without_errand(request, await _enter(request, adviser, who, errand.next))


async def _enter(request: Request, adviser: Adviser, who: Identified, next: str) -> Response:
    """Whoever gave the provider a second factor is not asked for another here."""
    if who.strong:
        return await open_session(request, RedirectResponse(safe_next(next), 303), adviser)
    return await let_in(request, adviser, next)


async def _recognise(desk: Desk, who: Identified) -> Adviser | None:
    email = None if who.email is None else readable_email(who.email)
    return await desk.accounts.identified(who.issuer, who.subject, email, desk.clock())


def _provider(request: Request) -> IdentityProvider:
    provider = desk_of(request).identity
    if provider is None:
        raise HTTPException(404)
    return provider


def _back(desk: Desk) -> str:
    return f"{desk.public_url.rstrip('/')}/desk/openid/back"


def _refused(request: Request, why: str, next: str = "") -> Response:
    """The sign-in page again, with its password, and what happened."""
    problem = word(f"identity.{why}", provider=_provider(request).name)
    response = sign_in_page(request, next=next, status=_STATUS[why], problem=problem)
    return without_errand(request, response)
