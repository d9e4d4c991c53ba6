"""Files of a case: what the person sent, downloaded; what an answer will carry, prepared."""

import asyncio
from typing import Annotated

from fastapi import File, Path, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.entering.access import Acting, CaseId, Signed, Visit, by_htmx
from bot.desk.needs import desk_of
from bot.desk.pages import page, refusal
from bot.files.checking import LARGEST, Unfit, checked
from bot.files.downloading import download_headers
from bot.files.store import NotKept
from bot.texts import say

_MEGABYTE = 1024 * 1024
_UNFIT = 422
FileId = Annotated[str, Path(max_length=36)]


async def download(request: Request, visit: Signed, case_id: CaseId, file_id: FileId) -> Response:
    desk = desk_of(request)
    file = await desk.cases.find(case_id)
    content = None
    if file is not None:
        content = await desk.files.content(file.conversation.id, file_id)
    if content is None:
        return refusal(request, 404)
    return Response(content.content, headers=dict(download_headers(content.ref)))


async def prepare(
    request: Request,
    visit: Acting,
    case_id: CaseId,
    files: Annotated[list[UploadFile], File()],
) -> Response:
    """Files chosen for the next answer: kept on the server until it is sent."""
    desk = desk_of(request)
    case_file = await desk.cases.find(case_id)
    if case_file is None:
        return refusal(request, 404)
    problems = []
    for each in files:
        fit = await asyncio.to_thread(checked, each.filename or "", await each.read(LARGEST + 1))
        if isinstance(fit, Unfit):
            problems.append(say(f"files.{fit.value}", megabytes=LARGEST // _MEGABYTE))
            continue
        kept = await desk.files.prepare(
            case_file.conversation.id, fit, adviser_id=visit.adviser.id, at=desk.clock()
        )
        if isinstance(kept, NotKept):
            problems.append(say(f"files.{kept.value}"))
    return await _prepared(request, visit, case_id, case_file.conversation.id, problems)


async def discard(request: Request, visit: Acting, case_id: CaseId, file_id: FileId) -> Response:
    desk = desk_of(request)
    file = await desk.cases.find(case_id)
    if file is None:
        return refusal(request, 404)
    await desk.files.discard(file.conversation.id, file_id, adviser_id=visit.adviser.id)
    return await _prepared(request, visit, case_id, file.conversation.id, [])


async def _prepared(
    request: Request, visit: Visit, case_id: int, conversation_id: str, problems: list[str]
) -> Response:
    if not by_htmx(request):
        return RedirectResponse(f"/desk/cases/{case_id}", 303)
    prepared = await desk_of(request).files.prepared(conversation_id, adviser_id=visit.adviser.id)
    return page(
        request,
        "prepared_files.html",
        {"visit": visit, "case_id": case_id, "prepared": prepared, "problems": problems},
        status=_UNFIT if problems else 200,
    )
