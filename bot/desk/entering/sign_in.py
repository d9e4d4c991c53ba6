"""Signing in and out, and opening an invitation."""

import logging
import math
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.conversation.conversations import hash_token
from bot.desk.entering.access import (
    Acting,
    address_of,
    anonymous_form,
    form_token,
    safe_next,
    visit_of,
)
from bot.desk.entering.cookies import let_in, show_out, stranger_key, with_stranger_key
from bot.desk.entering.invitations import NO_EMAIL_YET, readable_email, readable_name
from bot.desk.entering.passwords import SHORTEST, problem_with
from bot.desk.needs import Desk, desk_of
from bot.desk.pages import page
from bot.desk.words import word
from bot.handover.attempts import of_sign_in
from bot.handover.case import Adviser

logger = logging.getLogger(__name__)

FromForm = Annotated[str, Form()]


async def show_sign_in(request: Request, next: str = "", ended: str = "") -> Response:
    """`ended`: the session that this browser had is over."""
    if await visit_of(request):
        return RedirectResponse(safe_next(next), 303)
    return sign_in_page(request, next=next, ended=bool(ended))


async def sign_in(
    request: Request,
    _: Annotated[None, Depends(anonymous_form)],
    email: FromForm = "",
    password: FromForm = "",
    next: FromForm = "",
) -> Response:
    desk = desk_of(request)
    key = email.strip().lower()[:254]
    names = of_sign_in(key, address_of(request))
    wait = await desk.attempts.begin(names, desk.clock())
    if wait is not None:
        return wait_first(request, wait, next=next, email=email)
    adviser = await _recognise(desk, key, password)
    if adviser is None:
        logger.info("sign-in refused")
        problem = word("sign_in.wrong")
        return sign_in_page(request, status=401, next=next, email=email, problem=problem)
    await desk.attempts.succeeded(names)
    return await let_in(request, adviser, next)


def wait_first(request: Request, wait: timedelta, *, next: str, email: str = "") -> Response:
    seconds = math.ceil(wait.total_seconds())
    problem = word("sign_in.wait", seconds=seconds)
    response = sign_in_page(request, status=429, next=next, email=email, problem=problem)
    response.headers["Retry-After"] = str(seconds)
    return response


async def sign_out(request: Request, _: Acting) -> Response:
    return await show_out(request, RedirectResponse("/desk/sign-in", 303))


async def _recognise(desk: Desk, email: str, password: str) -> Adviser | None:
    known = await desk.accounts.credentials(email) if readable_email(email) else None
    stored = None if known is None else known[1]
    if not await desk.passwords.matches(stored, password) or known is None:
        return None
    adviser, stored_hash = known
    if desk.passwords.outdated(stored_hash):
        renewed = await desk.passwords.hash(password)
        await desk.accounts.set_password_hash(adviser.id, renewed)
    return adviser


def sign_in_page(
    request: Request,
    *,
    next: str,
    status: int = 200,
    email: str = "",
    problem: str | None = None,
    ended: bool = False,
) -> Response:
    key = stranger_key(request)
    response = page(
        request,
        "sign_in.html",
        {
            "form_token": form_token(key),
            "next": next,
            "email": email,
            "problem": problem,
            "ended": ended,
            "provider": desk_of(request).identity,
        },
        status=status,
    )
    return with_stranger_key(request, response, key)


async def show_invitation(request: Request, token: str) -> Response:
    desk = desk_of(request)
    adviser = await desk.accounts.invitation(hash_token(token), desk.clock())
    if adviser is None:
        return page(request, "invitation_spent.html", {}, status=404)
    return _invitation_page(request, adviser, name=adviser.display_name)


async def accept_invitation(
    request: Request,
    token: str,
    _: Annotated[None, Depends(anonymous_form)],
    password: FromForm = "",
    again: FromForm = "",
    email: FromForm = "",
    name: FromForm = "",
) -> Response:
    desk = desk_of(request)
    adviser = await desk.accounts.invitation(hash_token(token), desk.clock())
    if adviser is None:
        return page(request, "invitation_spent.html", {}, status=404)
    named = _named(adviser, email=email, name=name)
    problem = await _problem(desk, adviser, named, password, again)
    if problem is not None:
        return _invitation_page(
            request, adviser, email=email, name=name, problem=word(problem, shortest=SHORTEST)
        )
    password_hash = await desk.passwords.hash(password)
    accepted = await desk.accounts.accept(hash_token(token), password_hash, desk.clock())
    if accepted is None:
        return page(request, "invitation_spent.html", {}, status=404)
    return await let_in(request, accepted)


def _named(adviser: Adviser, *, email: str, name: str) -> Adviser | None:
    """The account as it will be called: only the first one chooses; None if it cannot be."""
    if adviser.email != NO_EMAIL_YET:
        return adviser
    address = readable_email(email)
    called = readable_name(name)
    if address is None or called is None:
        return None
    return replace(adviser, email=address, display_name=called)


async def _problem(
    desk: Desk, adviser: Adviser, named: Adviser | None, password: str, again: str
) -> str | None:
    """Why an invitation cannot be accepted so, as a name in `texts.yml`."""
    if named is None:
        return "accounts.unreadable"
    problem = problem_with(password, again, email=named.email)
    if problem is not None or named == adviser:
        return problem
    renamed = await desk.accounts.rename(
        adviser.id, email=named.email, display_name=named.display_name
    )
    return "accounts.taken" if renamed is None else None


def _invitation_page(
    request: Request,
    adviser: Adviser,
    *,
    email: str = "",
    name: str = "",
    problem: str | None = None,
) -> Response:
    key = stranger_key(request)
    response = page(
        request,
        "invitation.html",
        {
            "form_token": form_token(key),
            "adviser": adviser,
            "chooses_email": adviser.email == NO_EMAIL_YET,
            "shortest": SHORTEST,
            "email": email,
            "name": name,
            "problem": problem,
        },
        status=200 if problem is None else 422,
    )
    return with_stranger_key(request, response, key)
