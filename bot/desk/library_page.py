"""What the assistant knows, as advisers and the team read it: by theme, by words, by freshness."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.entering.access import Signed
from bot.desk.needs import desk_of
from bot.desk.pages import page
from bot.desk.topic_page import quoting
from bot.handover.hours import QUEBEC
from knowledge import at_hand
from knowledge.freshness import by_theme, freshness

_LONGEST_SEARCH = 200
_FOUND = 20
_LATELY = timedelta(days=30)


async def show_knowledge(request: Request, visit: Signed, q: str = "") -> Response:
    desk = desk_of(request)
    library = at_hand.library()
    words = q.strip()[:_LONGEST_SEARCH]
    state = freshness(library, desk.clock().astimezone(QUEBEC).date())
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
            "state": state,
        },
    )


async def show_freshness(request: Request, visit: Signed) -> Response:
    """What will soon be wrong, with how many people were told it lately: where to begin."""
    desk = desk_of(request)
    library = at_hand.library()
    today = desk.clock().astimezone(QUEBEC).date()
    state = freshness(library, today)
    told = await desk.indicators.answered_with(today - _LATELY)
    used = quoting(library)
    return page(
        request,
        "freshness.html",
        {
            "visit": visit,
            "counts": await desk.counts(visit.adviser),
            "library": library,
            "due": [each for each in state.reviews if each.by < today],
            "soon": [each for each in state.reviews if each.by >= today],
            "state": state,
            "told": told,
            "figures": [(name, used.get(name, [])) for name in state.unconfirmed],
            "lately": _LATELY.days,
            "today": today,
        },
    )
