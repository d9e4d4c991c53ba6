"""Replies kept to be used again: everybody's, which coordinators write, and one's own."""

from typing import Annotated

from fastapi import Form, Path
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.case import LONGEST_ANSWER, clean
from bot.desk.entering.access import Acting, Signed, Visit
from bot.desk.needs import desk_of
from bot.desk.pages import page, refusal
from bot.desk.words import word
from bot.handover.roles import reaches_all
from bot.handover.writing import LONGEST_TAG, LONGEST_TITLE, SharedReply

_UNREADABLE = 422
_LARGEST = 2**31 - 1
Typed = Annotated[str, Form()]
ReplyId = Annotated[int, Path(ge=1, le=_LARGEST)]


async def show(request: Request, visit: Signed) -> Response:
    return await _page(request, visit)


async def keep(
    request: Request,
    visit: Acting,
    title: Typed = "",
    text: Typed = "",
    tag: Typed = "",
    shared: Typed = "",
    reply_id: Annotated[int, Form(ge=0, le=_LARGEST)] = 0,
) -> Response:
    """Add one (`reply_id` 0), or change one that the adviser may change."""
    desk = desk_of(request)
    owner = None if shared and reaches_all(visit.adviser) else visit.adviser.id
    reply = SharedReply(reply_id, " ".join(clean(title).split()), clean(text), owner, None)
    if not reply.title or not reply.text or len(reply.title) > LONGEST_TITLE:
        return await _page(request, visit, problem=word("replies.empty"))
    if len(reply.text) > LONGEST_ANSWER:
        return await _page(request, visit, problem=word("replies.long", limit=LONGEST_ANSWER))
    if reply_id and not await _may_change(request, visit, reply_id):
        return refusal(request, 404)
    tagged = SharedReply(
        reply.id, reply.title, reply.text, owner, " ".join(clean(tag).split())[:LONGEST_TAG] or None
    )
    await desk.writing.keep_reply(tagged, now=desk.clock())
    return RedirectResponse("/desk/replies", 303)


async def forget(request: Request, visit: Acting, reply_id: ReplyId) -> Response:
    if not await _may_change(request, visit, reply_id):
        return refusal(request, 404)
    await desk_of(request).writing.forget_reply(reply_id)
    return RedirectResponse("/desk/replies", 303)


async def _may_change(request: Request, visit: Visit, reply_id: int) -> bool:
    """One's own, and everybody's for who coordinates."""
    for each in await desk_of(request).writing.replies(visit.adviser):
        if each.id == reply_id:
            return each.owner_id is not None or reaches_all(visit.adviser)
    return False


async def _page(request: Request, visit: Visit, *, problem: str | None = None) -> Response:
    desk = desk_of(request)
    values = {
        "visit": visit,
        "counts": await desk.counts(visit.adviser),
        "replies": await desk.writing.replies(visit.adviser),
        "variables": [
            word("replies.first_name"),
            word("replies.adviser"),
            word("replies.institution"),
        ],
        "problem": problem,
    }
    return page(request, "replies.html", values, status=_UNREADABLE if problem else 200)
