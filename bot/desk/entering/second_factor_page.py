"""The second factor at the door: giving it, or putting it in place the first time."""

import math
from typing import Annotated

from fastapi import Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.entering.access import ActingHalfway, Visit, halfway_in, safe_next, visit_of
from bot.desk.entering.cookies import open_session
from bot.desk.entering.second_factor import new_recovery_codes, recovery_hash, step_of
from bot.desk.needs import Desk, desk_of
from bot.desk.pages import page
from bot.desk.words import word
from bot.handover.account import Kept
from bot.handover.attempts import of_second_factor
from bot.handover.case import Adviser

FromForm = Annotated[str, Form(max_length=2000)]
_LONGEST_CODE = 40
_REFUSED = 422


async def show_second_factor(request: Request, next: str = "") -> Response:
    if await visit_of(request):
        return RedirectResponse(safe_next(next), 303)
    return await _next_step(request, await halfway_in(request), next)


async def give(
    request: Request, visit: ActingHalfway, code: FromForm = "", next: FromForm = ""
) -> Response:
    """A code of six digits, or a recovery code."""
    desk = desk_of(request)
    wait = await too_soon(request, visit.adviser)
    if wait is not None:
        return _ask(request, visit, next, problem=wait, status=429)
    if not await right_code(desk, visit.adviser, code):
        await desk.journal.refused(visit.adviser)
        return _ask(request, visit, next, problem=word("second_factor.wrong"), status=_REFUSED)
    await forget_attempts(request, visit.adviser)
    return await open_session(request, RedirectResponse(safe_next(next), 303), visit.adviser)


async def set_up(
    request: Request,
    visit: ActingHalfway,
    proposal: FromForm = "",
    code: FromForm = "",
    next: FromForm = "",
) -> Response:
    """The first one: its codes are shown once, then the desk is open."""
    desk = desk_of(request)
    if await desk.accounts.second_factor(visit.adviser.id) is not None:
        return RedirectResponse("/desk/second-factor", 303)  # done in another tab
    codes = await put_in_place(request, visit.adviser, proposal, code)
    if codes is None:
        problem = word("second_factor.not_matching")
        return _propose(request, visit, next, proposal, problem=problem, status=_REFUSED)
    shown = page(
        request,
        "recovery_codes.html",
        {"codes": codes, "next": safe_next(next), "email": visit.adviser.email},
    )
    return await open_session(request, shown, visit.adviser)


async def put_in_place(
    request: Request, adviser: Adviser, proposal: str, code: str
) -> list[str] | None:
    """Keep the proposed second factor if the code is its own; the new recovery codes, or None."""
    desk = desk_of(request)
    secret = desk.second_factor.proposed(adviser, proposal)
    step = None if secret is None else step_of(secret, code[:_LONGEST_CODE], desk.clock())
    if secret is None or step is None:
        return None
    codes = new_recovery_codes()
    await desk.accounts.set_second_factor(
        adviser.id,
        Kept(desk.second_factor.keep(secret), step),
        [recovery_hash(each) for each in codes],
        by=adviser.actor,
    )
    return codes


async def right_code(desk: Desk, adviser: Adviser, code: str) -> bool:
    """Whether it is the code of now, or a recovery code; either is spent."""
    kept = await desk.accounts.second_factor(adviser.id)
    if kept is None:
        return False
    typed, now = code[:_LONGEST_CODE], desk.clock()
    step = desk.second_factor.step(kept, typed, now)
    if step is not None:
        return await desk.accounts.use_step(adviser.id, step)
    return await desk.accounts.use_recovery_code(adviser.id, recovery_hash(typed), now)


async def too_soon(request: Request, adviser: Adviser) -> str | None:
    """Count an attempt; in words how long to wait when there were too many."""
    desk = desk_of(request)
    wait = await desk.attempts.begin(of_second_factor(adviser.id), desk.clock())
    return None if wait is None else word("sign_in.wait", seconds=math.ceil(wait.total_seconds()))


async def forget_attempts(request: Request, adviser: Adviser) -> None:
    await desk_of(request).attempts.succeeded(of_second_factor(adviser.id))


async def _next_step(request: Request, visit: Visit, next: str) -> Response:
    if await desk_of(request).accounts.second_factor(visit.adviser.id) is None:
        return _propose(request, visit, next)
    return _ask(request, visit, next)


def _ask(
    request: Request, visit: Visit, next: str, *, problem: str | None = None, status: int = 200
) -> Response:
    values = {"visit": visit, "next": next, "problem": problem}
    return page(request, "second_factor.html", values, status=status)


def _propose(
    request: Request,
    visit: Visit,
    next: str,
    again: str | None = None,
    *,
    problem: str | None = None,
    status: int = 200,
) -> Response:
    proposal = desk_of(request).second_factor.propose(visit.adviser, again)
    values = {"visit": visit, "next": next, "problem": problem, "proposal": proposal}
    return page(request, "second_factor_set_up.html", values, status=status)
