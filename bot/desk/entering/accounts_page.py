"""The accounts, for who administers the desk: invite, change, disable, help who is locked out."""

from typing import Annotated

from fastapi import Depends, Form, Path
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.entering.access import Acting, Signed, Visit
from bot.desk.entering.invitations import (
    AlreadyExists,
    BadEmail,
    Invitation,
    invite_adviser,
    invite_again,
    readable_name,
)
from bot.desk.needs import Desk, desk_of
from bot.desk.pages import page, refusal
from bot.desk.words import word
from bot.handover.account import Account
from bot.handover.case import State
from bot.handover.roles import Role
from knowledge import at_hand

AccountId = Annotated[int, Path(ge=1, le=2**31 - 1)]
FromForm = Annotated[str, Form(max_length=300)]
_REFUSED = 422
_CONFLICT = 409
_DONE = frozenset(
    {
        *("changed", "disabled", "enabled", "second_factor_removed", "sessions_revoked"),
        "identity_removed",
    }
)
_CASES_AT_ONCE = 100


async def _account(request: Request, account_id: AccountId) -> Account:
    desk = desk_of(request)
    account = await desk.accounts.account(account_id, desk.clock())
    if account is None:
        raise HTTPException(404)
    return account


Of = Annotated[Account, Depends(_account)]
"""The account the address names; without one the door does not exist."""


async def show_accounts(request: Request, visit: Signed) -> Response:
    return await _list(request, visit)


async def invite(
    request: Request,
    visit: Acting,
    email: FromForm = "",
    name: FromForm = "",
    role: FromForm = Role.adviser.value,
    institution: FromForm = "",
) -> Response:
    desk = desk_of(request)
    typed = {"email": email, "name": name, "role": role, "institution": institution}
    called = readable_name(name)
    if called is None or not _known(role, institution):
        return await _list(request, visit, problem=word("account.unreadable"), typed=typed)
    invited = await invite_adviser(
        desk.accounts,
        email=email,
        display_name=called,
        role=role,
        institution=institution or None,
        now=desk.clock(),
        public_url=desk.public_url,
        by=visit.adviser.actor,
    )
    if isinstance(invited, BadEmail):
        return await _list(request, visit, problem=word("accounts.unreadable"), typed=typed)
    if isinstance(invited, AlreadyExists):
        return await _list(request, visit, problem=word("accounts.taken"), typed=typed)
    return await _link(request, visit, invited)


async def show_account(request: Request, visit: Signed, account: Of, done: str = "") -> Response:
    said = word(f"account.{done}") if done in _DONE else None
    return await _one(request, visit, account, done=said)


async def change(
    request: Request,
    visit: Acting,
    account: Of,
    name: FromForm = "",
    role: FromForm = "",
    institution: FromForm = "",
) -> Response:
    called = readable_name(name)
    if called is None or not _known(role, institution):
        problem = word("account.unreadable")
        return await _one(request, visit, account, problem=problem, status=_REFUSED)
    changed = await desk_of(request).accounts.change(
        account.adviser.id,
        display_name=called,
        role=role,
        institution=institution or None,
        by=visit.adviser.actor,
    )
    return await _done(request, visit, account, "changed" if changed else None)


async def invite_anew(request: Request, visit: Acting, account: Of) -> Response:
    """A new link, for who lost the first or forgot their password."""
    desk = desk_of(request)
    if account.disabled_at is not None:
        return refusal(request, 404)
    invited = await invite_again(
        desk.accounts,
        account.adviser,
        now=desk.clock(),
        public_url=desk.public_url,
        by=visit.adviser.actor,
    )
    return await _link(request, visit, invited)


async def disable(request: Request, visit: Acting, account: Of) -> Response:
    desk = desk_of(request)
    account_id = account.adviser.id
    if account_id == visit.adviser.id:
        return await _own(request, visit, account)
    if not await desk.accounts.disable(account_id, desk.clock(), by=visit.adviser.actor):
        return await _done(request, visit, account, None)
    await _put_back_cases(desk, visit, account_id)
    return await _done(request, visit, account, "disabled")


async def enable(request: Request, visit: Acting, account: Of) -> Response:
    await desk_of(request).accounts.enable(account.adviser.id, by=visit.adviser.actor)
    return await _done(request, visit, account, "enabled")


async def remove_factor(request: Request, visit: Acting, account: Of) -> Response:
    """For who lost phone and recovery codes. Nobody does it for themselves without a password."""
    account_id = account.adviser.id
    if account_id == visit.adviser.id:
        return await _own(request, visit, account)
    await desk_of(request).accounts.remove_second_factor(account_id, by=visit.adviser.actor)
    return await _done(request, visit, account, "second_factor_removed")


async def forget_identity(request: Request, visit: Acting, account: Of) -> Response:
    """For who changed accounts at the identity provider: the next one of that address is theirs."""
    await desk_of(request).accounts.forget_identity(account.adviser.id, by=visit.adviser.actor)
    return await _done(request, visit, account, "identity_removed")


async def revoke_sessions(request: Request, visit: Acting, account: Of) -> Response:
    await desk_of(request).accounts.revoke_all(account.adviser.id, by=visit.adviser.actor)
    return await _done(request, visit, account, "sessions_revoked")


async def _put_back_cases(desk: Desk, visit: Visit, account_id: int) -> None:
    """What a disabled account had waits for somebody else, and the person is told."""
    held = await desk.cases.queue(state=State.claimed, adviser_id=account_id, limit=_CASES_AT_ONCE)
    for summary in held:
        holder = summary.case.adviser
        if holder is not None:
            await desk.work.release(summary.case.id, holder, by=visit.adviser)


def _known(role: str, institution: str) -> bool:
    known = {each.value for each in Role}
    return role in known and (not institution or institution in at_hand.library().institutions)


def _institutions() -> list[tuple[str, str]]:
    """Ids and names, by name."""
    cards = at_hand.library().institutions
    return sorted(((name, card.name) for name, card in cards.items()), key=lambda each: each[1])


async def _own(request: Request, visit: Visit, account: Account) -> Response:
    problem = word("account.own")
    return await _one(request, visit, account, problem=problem, status=_CONFLICT)


async def _done(request: Request, visit: Visit, account: Account, done: str | None) -> Response:
    """Back to the account; `None`: it was the last that administers."""
    if done is not None:
        return RedirectResponse(f"/desk/accounts/{account.adviser.id}?done={done}", 303)
    problem = word("account.last_administrator")
    return await _one(request, visit, account, problem=problem, status=_CONFLICT)


async def _list(
    request: Request,
    visit: Visit,
    *,
    problem: str | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    desk = desk_of(request)
    blank = {"email": "", "name": "", "role": Role.adviser.value, "institution": ""}
    return page(
        request,
        "accounts.html",
        {
            "visit": visit,
            "counts": await desk.counts(visit.adviser),
            "accounts": await desk.accounts.everybody(desk.clock()),
            "roles": list(Role),
            "institutions": _institutions(),
            "problem": problem,
            "typed": typed or blank,
        },
        status=200 if problem is None else _REFUSED,
    )


async def _one(
    request: Request,
    visit: Visit,
    account: Account,
    *,
    problem: str | None = None,
    done: str | None = None,
    status: int = 200,
) -> Response:
    desk = desk_of(request)
    return page(
        request,
        "account.html",
        {
            "visit": visit,
            "counts": await desk.counts(visit.adviser),
            "account": account,
            "identity": await desk.accounts.identity_of(account.adviser.id),
            "sessions": await desk.accounts.sessions(account.adviser.id, desk.clock()),
            "roles": list(Role),
            "institutions": _institutions(),
            "problem": problem,
            "done": done,
        },
        status=status,
    )


async def _link(request: Request, visit: Visit, invited: Invitation) -> Response:
    """Shown once: nobody can show it again."""
    desk = desk_of(request)
    values = {"visit": visit, "counts": await desk.counts(visit.adviser), "invitation": invited}
    return page(request, "account_link.html", values)
