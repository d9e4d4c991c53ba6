"""What is kept of people and for how long, on a page made from the settings in force."""

from dataclasses import dataclass
from functools import cache

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from bot.channels.pages import PAGE_HEADERS
from bot.channels.templating import templates
from bot.handover.letters import GOOD_FOR
from bot.privacy.retention import Retention
from bot.texts import say

PAGES = ("/vie-privee", "/confidentialite")
_A_YEAR = 365


@dataclass(frozen=True)
class InForce:
    """`officer`: who answers for privacy, with how to reach them; "" if nobody has said so yet.
    The others: what this service offers."""

    retention: Retention
    officer: str
    telegram: bool
    mail: bool
    notifications: bool


def privacy_router(in_force: InForce) -> APIRouter:
    """Two addresses of one page: the second is that of links given before."""
    router = APIRouter(include_in_schema=False)
    page = privacy_page(in_force)

    async def show() -> HTMLResponse:
        return HTMLResponse(page, headers=PAGE_HEADERS)

    for path in PAGES:
        router.add_api_route(path, show, methods=["GET", "HEAD"])
    return router


def privacy_page(in_force: InForce) -> str:
    return (
        _templates()
        .get_template("privacy.html")
        .render(
            kept=in_force.retention,
            letter_days=GOOD_FOR.days,
            officer=in_force.officer,
            telegram=in_force.telegram,
            mail=in_force.mail,
            notifications=in_force.notifications,
        )
    )


def days_in_words(days: int) -> str:
    """« 1 jour », « 180 jours », « 3 ans »."""
    years, rest = divmod(days, _A_YEAR)
    if years and not rest:
        return say("lasting.year" if years == 1 else "lasting.years", count=years)
    return say("lasting.day" if days == 1 else "lasting.days", count=days)


@cache
def _templates() -> Environment:
    return templates(days=days_in_words)
