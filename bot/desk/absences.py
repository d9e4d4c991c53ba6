"""Going away and coming back: one's own, or set by who coordinates for somebody who cannot."""

from datetime import timedelta

from bot.desk.needs import Desk
from bot.desk.weeks import read_day
from bot.desk.words import word
from bot.handover.case import Adviser
from bot.handover.duty import LONGEST_ABSENCE, Absence
from bot.handover.hours import QUEBEC


async def leave(desk: Desk, who: Adviser, until: str, cover: str, *, by: Adviser) -> str | None:
    """Note that `who` is away until the morning of a day; in words, why it was not done."""
    now = desk.clock()
    tomorrow = now.astimezone(QUEBEC).date() + timedelta(days=1)
    day = read_day(until)
    if day is None or not tomorrow <= day <= tomorrow + LONGEST_ABSENCE:
        return word("absences.bad_day")
    here = {str(each.id): each for each in (await desk.duty()).here.values() if each != who}
    if cover and cover not in here:
        return word("absences.bad_cover")
    named = here[cover].id if cover else None
    await desk.rota.leave(Absence(who.id, now, day, named), by=by)
    return None
