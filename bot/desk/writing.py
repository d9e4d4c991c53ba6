"""What an adviser writes in a case beside the answer itself: draft, notes, tags, words inserted."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.conversation.bus import Noted
from bot.desk.case import LONGEST_ANSWER, clean, done, refused_act
from bot.desk.entering.access import Acting, CaseId, Signed, by_htmx
from bot.desk.needs import Desk, desk_of
from bot.desk.pages import page, refusal
from bot.desk.words import word
from bot.handover.hours import QUEBEC
from bot.handover.writing import LONGEST_NOTE, LONGEST_TAG, filled, mentioned
from knowledge import at_hand
from knowledge.library import Profile, Said
from knowledge.schema import Citizenship, Level

_NOTHING = 204
_UNREADABLE = 422
_FOUND = 6
Typed = Annotated[str, Form()]


async def keep_draft(
    request: Request, visit: Acting, case_id: CaseId, text: Typed = ""
) -> Response:
    desk = desk_of(request)
    kept = text.replace("\x00", "")[:LONGEST_ANSWER]
    await desk.writing.keep_draft(case_id, visit.adviser, kept, now=desk.clock())
    return Response(status_code=_NOTHING)


async def take_back(request: Request, visit: Acting, case_id: CaseId) -> Response:
    """The answer just sent is a draft again, if it has not been said yet."""
    desk = desk_of(request)
    text = await desk.writing.take_back(case_id, visit.adviser, now=desk.clock())
    if text is None:
        return await refused_act(request, visit, case_id, word("answers.too_late"))
    if not by_htmx(request):
        return RedirectResponse(f"/desk/cases/{case_id}", 303)
    told = json.dumps({"takenBack": {"case": case_id, "text": text}})
    return Response(status_code=_NOTHING, headers={"HX-Trigger": told})


async def add_note(request: Request, visit: Acting, case_id: CaseId, text: Typed = "") -> Response:
    """For colleagues alone; whoever is named with @ is told."""
    desk = desk_of(request)
    words = clean(text)
    if not words or len(words) > LONGEST_NOTE:
        problem = word("notes.length", limit=LONGEST_NOTE)
        return await refused_act(request, visit, case_id, problem, status=_UNREADABLE)
    named = mentioned(words, await desk.colleagues.all())
    added = await desk.writing.add_note(case_id, visit.adviser, words, named, at=desk.clock())
    if not added:
        return refusal(request, 404)
    await _tell_colleagues(desk, case_id)
    return done(request, case_id, {"noted": ""})


async def _tell_colleagues(desk: Desk, case_id: int) -> None:
    file = await desk.cases.find(case_id)
    if file is not None:
        desk.bus.tell(Noted(file.conversation.id))


async def show_notes(request: Request, visit: Signed, case_id: CaseId) -> Response:
    desk = desk_of(request)
    values = {
        "visit": visit,
        "case_id": case_id,
        "notes": await desk.writing.notes(case_id),
        "tags": await desk.writing.tags(case_id),
    }
    return page(request, "notes.html", values)


async def tag(request: Request, visit: Acting, case_id: CaseId, tag: Typed = "") -> Response:
    words = " ".join(clean(tag).split())[:LONGEST_TAG]
    if words:
        await desk_of(request).writing.tag(case_id, words)
        await _tell_colleagues(desk_of(request), case_id)
    return done(request, case_id, {"noted": ""})


async def untag(request: Request, visit: Acting, case_id: CaseId, tag: Typed = "") -> Response:
    await desk_of(request).writing.untag(case_id, tag.replace("\x00", "")[:LONGEST_TAG])
    await _tell_colleagues(desk_of(request), case_id)
    return done(request, case_id, {"noted": ""})


async def to_insert(
    request: Request,
    visit: Signed,
    case_id: CaseId,
    look: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Shared replies, filled in, and what the knowledge says, as words to put in the answer."""
    desk = desk_of(request)
    file = await desk.cases.find(case_id)
    if file is None:
        return refusal(request, 404)
    values = {
        word("replies.first_name"): file.contact.first_name,
        word("replies.adviser"): visit.adviser.display_name,
        word("replies.institution"): visit.adviser.institution or "",
    }
    sought = look.casefold().strip()
    replies = [
        (each, filled(each.text, values))
        for each in await desk.writing.replies(visit.adviser)
        if sought in f"{each.title} {each.text}".casefold()
    ]
    known = await desk.known.of(file.conversation.id)
    today = desk.clock().astimezone(QUEBEC).date()
    return page(
        request,
        "to_insert.html",
        {
            "replies": replies,
            "topics": _said_of(sought, known, today) if sought else [],
            "sought": sought,
        },
    )


def _said_of(sought: str, known: Mapping[str, str], today: date) -> list[tuple[str, str]]:
    """Title and words of the topics found, said for this person, their sources under them."""
    library = at_hand.library()
    profile = _profile(known)
    found = at_hand.search().find(sought, kinds=("topics",), limit=_FOUND)
    return [(hit.title, _with_sources(library.say(hit.id, profile, today))) for hit in found]


def _with_sources(said: Said) -> str:
    cited = [
        word("inserted.source", title=each.title, as_of=each.as_of, url=each.url)
        for each in said.sources
    ]
    return "\n\n".join([said.text, "\n".join(cited)])


def _profile(known: Mapping[str, str]) -> Profile:
    """What is not one of our words counts as not known."""
    citizenship, level = known.get("citizenship"), known.get("level")
    return Profile(
        citizenship=Citizenship(citizenship) if citizenship in list(Citizenship) else None,
        level=Level(level) if level in list(Level) else None,
    )
