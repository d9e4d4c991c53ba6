"""A message, or all of them, as a page to print or keep: no script, no other file."""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from jinja2 import Environment

from bot.addresses import web_address
from bot.cards import spoken_day, when
from bot.channels.templating import templates
from bot.handover.hours import QUEBEC
from bot.messages import Message


def printed_page(message: Message, ticked: frozenset[str]) -> str:
    """HTML, with the boxes of the checklist as the person left them."""
    day = spoken_day(message.at.astimezone(QUEBEC).date())
    page = _templates().get_template("message.html")
    return page.render(message=message, ticked=ticked, day=day)


def printed_conversation(
    messages: Sequence[Message],
    ticked: frozenset[str],
    *,
    zone: str,
    printed_at: datetime,
    sent: Mapping[str, str] | None = None,
) -> str:
    """Every message in order, with its hour where the person is. `sent`: by e-mail, and why."""
    place = ZoneInfo(zone)
    day = spoken_day(printed_at.astimezone(place).date())
    page = _templates().get_template("whole_conversation.html")
    return page.render(messages=messages, ticked=ticked, zone=place, day=day, sent=sent)


def said_on(at: datetime, place: ZoneInfo) -> str:
    """« 29 novembre 2026, 11 h 05 », where the person is."""
    there = at.astimezone(place)
    return f"{spoken_day(there.date())}, {there.hour}\u00a0h\u00a0{there.minute:02d}"


@cache
def content_policy() -> str:
    """What the page may load: its own style sheet, known by its hash, and nothing else."""
    style = _templates().get_template("message.css").render()
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


@cache
def _templates() -> Environment:
    return templates(when=when, web_address=web_address, said_on=said_on)
