"""The dated cards of a message as a calendar file (iCalendar, RFC 5545)."""

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from icalendar import Alarm, Calendar, Event

from bot.addresses import web_address
from bot.cards import dated, details
from bot.messages import Card, CardKind, Message
from bot.texts import say

MEDIA_TYPE = "text/calendar; charset=utf-8"
FILE = "quebec-ville-etudes.ics"
_A_DAY = timedelta(days=1)
_REMINDED_BEFORE = (timedelta(days=7), timedelta(days=1))


def calendar_of(message: Message) -> bytes | None:
    """One all-day event for each dated card; None if there is none.

    Made again, or from a later message that shows the same card, an event has the same UID: a
    calendar that takes the file twice keeps one, with the newer days.
    """
    cards = dated(message.cards)
    if not cards:
        return None
    calendar = Calendar()
    calendar.add("prodid", say("calendar.product"))
    calendar.add("version", "2.0")
    same: Counter[str] = Counter()
    for card in cards:
        key = _key(card)
        same[key] += 1
        calendar.add_component(_event(card, message, f"{key}#{same[key]}"))
    return bytes(calendar.to_ical())


def _key(card: Card) -> str:
    return card.tick or f"{card.kind.value}/{card.title}"


def _event(card: Card, message: Message, key: str) -> Event:
    first, last = _days(card)
    event = Event()
    event.add("uid", str(uuid.uuid5(uuid.UUID(message.conversation_id), key)))
    event.add("dtstamp", message.at)
    event.add("dtstart", first)
    event.add("dtend", last + _A_DAY)  # the day after the last: RFC 5545 excludes it
    event.add("transp", "TRANSPARENT")  # nobody is busy all day with a deadline
    event.add("summary", card.title)
    event.add("description", "\n".join(details(card)))
    if url := _page(card):
        event.add("url", url)
    for alarm in _alarms(card):
        event.add_component(alarm)
    return event


def _days(card: Card) -> tuple[date, date]:
    """The first and the last, in that order whatever the content says."""
    days = [day for day in (card.starts, card.ends) if day is not None]
    return min(days), max(days)


def _page(card: Card) -> str | None:
    """The card's own page, or its first source's, if it can be followed."""
    urls = [card.link.url] if card.link else []
    urls += [source.url for source in card.sources]
    return next((url for url in urls if web_address(url)), None)


def _alarms(card: Card) -> Iterator[Alarm]:
    """Before the first day; and before the last of a step that takes several, when it is due."""
    first, last = _days(card)
    for before in _REMINDED_BEFORE:
        yield _alarm(card, before, "START")
    if card.kind is CardKind.step and last > first:
        for before in _REMINDED_BEFORE:
            yield _alarm(card, before + _A_DAY, "END")  # the end is the day after


def _alarm(card: Card, before: timedelta, related: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", say("calendar.reminder", title=card.title))
    alarm.add("trigger", -before, parameters={"RELATED": related})
    return alarm
