"""What the assistant knows, as advisers and the team read it: by theme, by words, by freshness."""

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.access import Signed
from bot.desk.needs import desk_of
from bot.desk.pages import page
from bot.handover.hours import QUEBEC
from knowledge import at_hand
from knowledge.freshness import by_theme, freshness

_LONGEST_SEARCH = 200
_FOUND = 20


async def show_knowledge(request: Request, visit: Signed, q: str = "") -> Response:
    desk = desk_of(request)
    library = at_hand.library()
    today = desk.clock().astimezone(QUEBEC).date()
    words = q.strip()[:_LONGEST_SEARCH]
    return page(
        request,
        "knowledge.html",
        {
            "visit": visit,
            "counts": await desk.counts(visit.adviser),
            "words": words,
            "found": at_hand.search().find(words, limit=_FOUND) if words else [],
            "library": library,
            "themes": by_theme(library),
            "state": freshness(library, today),
            "today": today,
        },
    )
