"""The append-only log, to read: of everything, of a case, of an account."""

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.entering.access import Signed
from bot.desk.needs import desk_of
from bot.desk.pages import page

_A_PAGE = 50

Number = Annotated[int | None, Query(ge=1, le=2**31 - 1)]
Line = Annotated[int | None, Query(ge=1, le=2**62)]


async def show_log(
    request: Request,
    visit: Signed,
    case: Number = None,
    account: Number = None,
    before: Line = None,
) -> Response:
    desk = desk_of(request)
    lines = await desk.journal.lines(
        case_id=case, account_id=account, before=before, limit=_A_PAGE + 1
    )
    more = len(lines) > _A_PAGE
    return page(
        request,
        "log.html",
        {
            "visit": visit,
            "counts": await desk.counts(visit.adviser),
            "lines": lines[:_A_PAGE],
            "case": case,
            "account": account,
            "before": before,
            "older": lines[_A_PAGE - 1].id if more else None,
        },
    )
