"""The queue: what waits, what is mine, what colleagues have, what is done."""

from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Signed, Visit
from bot.desk.needs import Desk, desk_of
from bot.desk.pages import draw, page
from bot.handover.case import Adviser, State
from bot.handover.store import CaseSummary

_ENDED_SHOWN = 20
_NOTHING_NEW = 204


async def show_queue(request: Request, visit: Signed) -> Response:
    lists, digest = await _draw_lists(request, visit)
    counts = await desk_of(request).counts(visit.adviser)
    return page(
        request,
        "queue.html",
        {"visit": visit, "counts": counts, "lists": lists, "digest": digest},
    )


async def queue_fragment(request: Request, visit: Signed, seen: str = "") -> Response:
    """The lists again, or nothing when they would look the same."""
    lists, digest = await _draw_lists(request, visit)
    if seen == digest:
        return Response(status_code=_NOTHING_NEW)
    counts = await desk_of(request).counts(visit.adviser)
    return page(request, "queue_news.html", {"counts": counts, "lists": lists, "digest": digest})


async def counts_fragment(request: Request, visit: Signed) -> Response:
    counts = await desk_of(request).counts(visit.adviser)
    return page(request, "counts.html", {"counts": counts})


async def _draw_lists(request: Request, visit: Visit) -> tuple[str, str]:
    sections = await _sections(desk_of(request), visit.adviser)
    lists = draw(request, "queue_lists.html", {"visit": visit, **sections})
    return lists, sha256(lists.encode()).hexdigest()[:16]


async def _sections(desk: Desk, adviser: Adviser) -> dict[str, list[CaseSummary]]:
    claimed = await desk.cases.queue(state=State.claimed, seen_by=adviser)
    ended = await desk.cases.queue(state=State.ended, seen_by=adviser)
    return {
        "waiting": await desk.cases.queue(state=State.waiting, seen_by=adviser),
        "mine": await desk.cases.queue(state=State.claimed, adviser_id=adviser.id),
        "others": [each for each in claimed if not _has(adviser, each)],
        "ended": sorted(ended, key=_ended_at, reverse=True)[:_ENDED_SHOWN],
    }


def _has(adviser: Adviser, summary: CaseSummary) -> bool:
    holder = summary.case.adviser
    return holder is not None and holder.id == adviser.id


def _ended_at(summary: CaseSummary) -> float:
    ended_at = summary.case.ended_at
    return 0.0 if ended_at is None else ended_at.timestamp()
