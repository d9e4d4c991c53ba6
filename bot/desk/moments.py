"""Moments and delays in French words, in Québec's time unless another is asked for."""

from datetime import datetime, timedelta

from bot.desk.words import word
from bot.handover.hours import QUEBEC, speak

_MINUTE = timedelta(minutes=1)


def day_and_hour(moment: datetime, now: datetime) -> str:
    """« aujourd'hui à 11 h 30 », « mardi 24 novembre à 9 h »."""
    spoken = speak(moment, QUEBEC.key)
    days = (moment.astimezone(QUEBEC).date() - now.astimezone(QUEBEC).date()).days
    names = {-1: "moments.yesterday", 0: "moments.today", 1: "moments.tomorrow"}
    day = word(names[days]) if days in names else spoken.day
    return word("moments.day_and_hour", day=day, hour=spoken.hour)


def hour(moment: datetime, timezone: str = QUEBEC.key) -> str:
    """« 11 h 30 » there, followed by the day when it is not Québec's."""
    spoken = speak(moment, timezone)
    return spoken.person_hour or spoken.hour


def city(timezone: str) -> str:
    return speak(datetime.now(QUEBEC), timezone).person_city


def elsewhere(timezone: str, now: datetime) -> bool:
    """Whether clocks there show another hour than Québec's."""
    return speak(now, timezone).person_hour is not None


def ahead(moment: datetime, now: datetime) -> str:
    """How far a promise is: « dans 2 h 10 » or « en retard de 35 min »."""
    if moment >= now:
        return word("moments.ahead", delay=_delay(moment - now))
    return word("moments.late", delay=_delay(now - moment))


def ago(moment: datetime, now: datetime) -> str:
    if now - moment < _MINUTE:
        return word("moments.just_now")
    return word("moments.ago", delay=_delay(now - moment))


def _delay(delay: timedelta) -> str:
    minutes = max(delay // _MINUTE, 1)
    if minutes < 60:
        return word("moments.minutes", minutes=minutes)
    if minutes < 24 * 60:
        name = "moments.hours" if minutes % 60 else "moments.round_hours"
        return word(name, hours=minutes // 60, minutes=minutes % 60)
    return word("moments.days", days=minutes // (24 * 60))
