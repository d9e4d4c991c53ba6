"""The queue: its views, filters and words looked for, a page at a time, and its live counts.

What is looked at is in the address, so that it can be kept, shared and come back to.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.entering.access import Signed, Visit
from bot.desk.needs import desk_of
from bot.desk.pages import draw, page
from bot.handover.case import State
from bot.handover.queue import COMMON, Place, QueuePage, View, Wanted
from bot.handover.roles import SHOWN_TO_ALL
from bot.messages import CHANNELS
from knowledge import at_hand

_NOTHING_NEW = 204
_LONGEST = 100
_WAITS = (1, 4, 24, 72)
"""Hours that a wait may be asked to have lasted."""
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)
Short = Annotated[str, Query(max_length=_LONGEST)]


@dataclass(frozen=True)
class Asked:
    """What the address asks for, and where the page begins."""

    wanted: Wanted
    after: Place | None
    hours: int | None

    def address(self, *, view: View | None = None, after: Place | None = None) -> str:
        """The same, with another view or another page; a view begins at its first page."""
        wanted = self.wanted
        values = {
            "view": (view or wanted.view).value,
            "institution": wanted.institution,
            "theme": wanted.theme,
            "channel": wanted.channel,
            "waits": self.hours,
            "q": wanted.words,
            "after": _written(after),
        }
        return urlencode({name: value for name, value in values.items() if value})


def asked(
    view: Short = "",
    institution: Short = "",
    theme: Short = "",
    channel: Short = "",
    waits: Short = "",
    q: Short = "",
    after: Short = "",
) -> Asked:
    """From an address; what it says that cannot be is left out."""
    hours = int(waits) if waits.isdecimal() and int(waits) in _WAITS else None
    wanted = Wanted(
        view=View(view) if view in {each.value for each in View} else View.waiting,
        institution=institution or None,
        theme=theme or None,
        channel=channel if channel in CHANNELS else None,
        waits_for=timedelta(hours=hours) if hours else None,
        words=" ".join(q.replace("\x00", "").split()),
    )
    return Asked(wanted, _read(after), hours)


AskedFor = Annotated[Asked, Depends(asked)]


async def show_queue(request: Request, visit: Signed, asked: AskedFor) -> Response:
    lists, digest = await _draw_lists(request, visit, asked)
    counts = await desk_of(request).counts(visit.adviser)
    values = {
        "visit": visit,
        "counts": counts,
        "asked": asked,
        "lists": lists,
        "digest": digest,
        "institutions": _institutions(),
        "themes": await desk_of(request).queue.themes(),
        "channels": CHANNELS,
        "duty": await desk_of(request).duty(),
        "waits": _WAITS,
        "common": COMMON,
    }
    return page(request, "queue.html", values)


async def queue_fragment(
    request: Request, visit: Signed, asked: AskedFor, seen: str = ""
) -> Response:
    """The lists again, or nothing when they would look the same."""
    lists, digest = await _draw_lists(request, visit, asked)
    if seen == digest:
        return Response(status_code=_NOTHING_NEW)
    counts = await desk_of(request).counts(visit.adviser)
    return page(request, "queue_news.html", {"counts": counts, "lists": lists, "digest": digest})


async def counts_fragment(request: Request, visit: Signed) -> Response:
    counts = await desk_of(request).counts(visit.adviser)
    return page(request, "counts.html", {"counts": counts})


async def _draw_lists(request: Request, visit: Visit, asked: Asked) -> tuple[str, str]:
    desk = desk_of(request)
    now = desk.clock()
    shown = await desk.queue.page(asked.wanted, visit.adviser, now=now, after=asked.after)
    beside = QueuePage(())
    if asked.wanted.view is View.waiting and asked.after is None:
        mine = Wanted(**{**vars(asked.wanted), "view": View.mine})
        beside = await desk.queue.page(mine, visit.adviser, now=now)
    duty = await desk.duty()
    values = {
        "visit": visit,
        "asked": asked,
        "duty": duty,
        "shown_to_all": SHOWN_TO_ALL,
        "shown": shown,
        "beside": beside,
        "mentions": await desk.writing.mentions(visit.adviser),
        "views": _views(visit),
        "view_counts": await desk.queue.counts(visit.adviser, now=now),
        "institutions": _institutions(),
        "state": State,
    }
    lists = draw(request, "queue_lists.html", values)
    return lists, sha256(lists.encode()).hexdigest()[:16]


def _views(visit: Visit) -> list[View]:
    without = set() if visit.adviser.institution else {View.institution}
    return [view for view in View if view not in without]


def _institutions() -> dict[str, str]:
    return {name: each.name for name, each in at_hand.library().institutions.items()}


def _written(place: Place | None) -> str:
    if place is None:
        return ""
    return f"{place.state}.{(place.moment - _EPOCH) // _MICROSECOND}.{place.case_id}"


def _read(written: str) -> Place | None:
    state, _, rest = written.partition(".")
    moment, _, case_id = rest.partition(".")
    if state not in {each.value for each in State}:
        return None
    if not (moment.isdecimal() and case_id.isdecimal() and len(moment) < 17 and len(case_id) < 10):
        return None
    return Place(state, _EPOCH + int(moment) * _MICROSECOND, int(case_id))
