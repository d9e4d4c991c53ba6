"""One's own account: password, second factor, recovery codes, sessions.

What would lock somebody out, or let somebody stay in, asks for the password again.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from fastapi import Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.conversation.conversations import hash_token
from bot.desk.absences import leave
from bot.desk.entering.access import Acting, Signed, Visit
from bot.desk.entering.passwords import SHORTEST, problem_with
from bot.desk.entering.second_factor import new_recovery_codes, recovery_hash
from bot.desk.entering.second_factor_page import forget_attempts, put_in_place, too_soon
from bot.desk.needs import desk_of
from bot.desk.pages import page
from bot.desk.words import word
from bot.handover.hours import QUEBEC
from bot.handover.roles import needs_second_factor

FromForm = Annotated[str, Form(max_length=2000)]
_REFUSED = 422
_CONFLICT = 409
_DONE = frozenset(
    {"password_changed", "revoked", "others_revoked", "factor_removed", "away", "back"}
)


async def show_me(request: Request, visit: Signed, done: str = "") -> Response:
    return await _page(request, visit, done=word(f"me.{done}") if done in _DONE else None)


async def change_password(
    request: Request,
    visit: Acting,
    current: FromForm = "",
    password: FromForm = "",
    again: FromForm = "",
) -> Response:
    problem = await _wrong_password(request, visit, current)
    if problem is None and (name := problem_with(password, again, email=visit.adviser.email)):
        problem = word(name, shortest=SHORTEST)
    if problem is not None:
        return await _page(request, visit, problem=problem, at="password", status=_REFUSED)
    desk = desk_of(request)
    await desk.accounts.change_password(
        visit.adviser.id,
        await desk.passwords.hash(password),
        but=hash_token(visit.token),
        by=visit.adviser.actor,
    )
    return _back("password_changed")


async def go_away(
    request: Request, visit: Acting, until: FromForm = "", cover: FromForm = ""
) -> Response:
    """Away until the morning of a day; `cover` takes over."""
    problem = await leave(desk_of(request), visit.adviser, until, cover, by=visit.adviser)
    if problem is not None:
        return await _page(request, visit, problem=problem, at="absence", status=_REFUSED)
    return _back("away")


async def come_back(request: Request, visit: Acting) -> Response:
    await desk_of(request).rota.come_back(visit.adviser.id, by=visit.adviser)
    return _back("back")


async def show_new_factor(request: Request, visit: Signed) -> Response:
    return await _factor_page(request, visit)


async def replace_factor(
    request: Request,
    visit: Acting,
    current: FromForm = "",
    proposal: FromForm = "",
    code: FromForm = "",
) -> Response:
    problem = await _wrong_password(request, visit, current)
    codes = None if problem else await put_in_place(request, visit.adviser, proposal, code)
    if codes is None:
        why = problem or word("second_factor.not_matching")
        return await _factor_page(request, visit, proposal, problem=why, status=_REFUSED)
    await desk_of(request).accounts.revoke_all(
        visit.adviser.id, by=visit.adviser.actor, but=hash_token(visit.token)
    )
    return _codes(request, visit, codes)


async def remove_factor(request: Request, visit: Acting, current: FromForm = "") -> Response:
    if needs_second_factor(visit.adviser):
        must = word("second_factor.required")
        return await _page(request, visit, problem=must, at="factor", status=_CONFLICT)
    problem = await _wrong_password(request, visit, current)
    if problem is not None:
        return await _page(request, visit, problem=problem, at="factor", status=_REFUSED)
    accounts = desk_of(request).accounts
    await accounts.remove_second_factor(
        visit.adviser.id, by=visit.adviser.actor, but=hash_token(visit.token)
    )
    return _back("factor_removed")


async def renew_codes(request: Request, visit: Acting, current: FromForm = "") -> Response:
    problem = await _wrong_password(request, visit, current)
    if problem is not None:
        return await _page(request, visit, problem=problem, at="factor", status=_REFUSED)
    codes = new_recovery_codes()
    await desk_of(request).accounts.renew_recovery_codes(
        visit.adviser.id, [recovery_hash(each) for each in codes], by=visit.adviser.actor
    )
    return _codes(request, visit, codes)


async def revoke_session(request: Request, visit: Acting, key: FromForm = "") -> Response:
    actor = visit.adviser.actor
    await desk_of(request).accounts.revoke(visit.adviser.id, key, by=actor)
    return _back("revoked")


async def revoke_others(request: Request, visit: Acting) -> Response:
    this = hash_token(visit.token)
    actor = visit.adviser.actor
    await desk_of(request).accounts.revoke_all(visit.adviser.id, by=actor, but=this)
    return _back("others_revoked")


async def _wrong_password(request: Request, visit: Visit, current: str) -> str | None:
    """In words, why the current password will not do."""
    desk = desk_of(request)
    if (wait := await too_soon(request, visit.adviser)) is not None:
        return wait
    known = await desk.accounts.credentials(visit.adviser.email)
    if not await desk.passwords.matches(known[1] if known else None, current):
        return word("second_factor.password_wrong")
    await forget_attempts(request, visit.adviser)
    return None


def _back(done: str) -> Response:
    return RedirectResponse(f"/desk/me?done={done}", 303)


async def _page(
    request: Request,
    visit: Visit,
    *,
    problem: str | None = None,
    at: str = "",
    done: str | None = None,
    status: int = 200,
) -> Response:
    """`at` is the part of the page the problem stands in."""
    desk = desk_of(request)
    me = visit.adviser
    duty = await desk.duty()
    values: Mapping[str, object] = {
        "visit": visit,
        "counts": await desk.counts(me),
        "has_factor": await desk.accounts.second_factor(me.id) is not None,
        "required": needs_second_factor(me),
        "codes_left": await desk.accounts.recovery_codes_left(me.id),
        "identity": await desk.accounts.identity_of(me.id),
        "sessions": await desk.accounts.sessions(me.id, desk.clock()),
        "this": hash_token(visit.token).hex(),
        "shortest": SHORTEST,
        "absence": duty.away.get(me.id),
        "covers": [each for each in duty.here.values() if each != me],
        "names": {each.id: each.display_name for each in await desk.colleagues.all()},
        "tomorrow": (desk.clock().astimezone(QUEBEC) + timedelta(days=1)).date(),
        "problem": problem,
        "at": at,
        "done": done,
    }
    return page(request, "me.html", values, status=status)


async def _factor_page(
    request: Request,
    visit: Visit,
    again: str | None = None,
    *,
    problem: str | None = None,
    status: int = 200,
) -> Response:
    desk = desk_of(request)
    values = {
        "visit": visit,
        "counts": await desk.counts(visit.adviser),
        "has_factor": await desk.accounts.second_factor(visit.adviser.id) is not None,
        "proposal": desk.second_factor.propose(visit.adviser, again),
        "problem": problem,
    }
    return page(request, "me_second_factor.html", values, status=status)


def _codes(request: Request, visit: Visit, codes: list[str]) -> Response:
    values = {"codes": codes, "next": "/desk/me", "email": visit.adviser.email}
    return page(request, "recovery_codes.html", values)
