"""All that is kept of the person of a case: shown, or erased, for a reason that the log keeps."""

import json
from enum import Enum
from typing import Annotated

from fastapi import Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.entering.access import Acting, CaseId, Signed, Visit
from bot.desk.needs import desk_of
from bot.desk.pages import page, refusal
from bot.desk.words import word

_REFUSED = 422


class Why(str, Enum):
    """A closed list: the log keeps it for ever, and must name nobody."""

    asked_by_person = "asked_by_person"
    asked_by_parent = "asked_by_parent"
    asked_by_authority = "asked_by_authority"
    kept_by_mistake = "kept_by_mistake"


FromForm = Annotated[str, Form(max_length=40)]


async def show_person(request: Request, visit: Signed, case_id: CaseId) -> Response:
    return await _page(request, visit, case_id)


async def export(
    request: Request, visit: Acting, case_id: CaseId, reason: FromForm = ""
) -> Response:
    desk = desk_of(request)
    file = await desk.cases.find(case_id)
    if _read(reason) is None:
        return await _page(request, visit, case_id, problem=word("person.no_reason"))
    records = None if file is None else await desk.people.export(file.conversation.id)
    if records is None:
        return refusal(request, 404)
    await desk.journal.note("case.exported", visit.adviser, case_id=case_id, reason=reason)
    return Response(
        json.dumps(records, ensure_ascii=False, indent=2),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="dossier-{case_id}.json"'},
    )


async def erase(
    request: Request,
    visit: Acting,
    case_id: CaseId,
    reason: FromForm = "",
    understood: FromForm = "",
) -> Response:
    desk = desk_of(request)
    if _read(reason) is None:
        return await _page(request, visit, case_id, problem=word("person.no_reason"))
    if understood != "yes":
        return await _page(request, visit, case_id, problem=word("person.not_understood"))
    file = await desk.cases.find(case_id)
    if file is None:
        return refusal(request, 404)
    await desk.people.erase(file.conversation.id, actor=visit.adviser.actor, reason=reason)
    return RedirectResponse(f"/desk/log?case={case_id}", 303)


def _read(reason: str) -> Why | None:
    return Why(reason) if reason in {each.value for each in Why} else None


async def _page(
    request: Request, visit: Visit, case_id: int, *, problem: str | None = None
) -> Response:
    desk = desk_of(request)
    file = await desk.cases.find(case_id)
    if file is None:
        return refusal(request, 404)
    values = {
        "visit": visit,
        "counts": await desk.counts(visit.adviser),
        "file": file,
        "reasons": list(Why),
        "problem": problem,
    }
    return page(request, "person.html", values, status=200 if problem is None else _REFUSED)
