"""What goes on though nobody asks: begun with the service, ended with it.

The work that one process does for all (promises, letters, held answers, purges) is a loop for each
kind, which an error does not end.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from fastapi import FastAPI

from bot.handover.holding import Holding
from bot.handover.hours import QUEBEC
from bot.handover.notifications import Notifications
from bot.handover.team_letters import TeamLetters
from bot.handover.vigil import Vigil
from bot.learning.gathering import Gathering
from bot.privacy.apart import redaction_apart
from bot.privacy.purging import Purging
from bot.reporting.indicators import SETTLED_AFTER_DAYS
from bot.sharing.bus import SharedBus
from bot.stopping import stopped
from bot.storage.alone import run_alone
from bot.storage.case_store import SqlCaseStore
from bot.storage.device_store import SqlDevices
from bot.storage.file_store import SqlFileStore
from bot.storage.indicator_store import SqlIndicatorStore
from bot.storage.lesson_store import SqlLessonStore
from bot.storage.pause_store import SqlPauses
from bot.storage.purge_store import SqlPurger
from bot.storage.rota_store import SqlRota
from bot.storage.writing_store import SqlWriting
from bot.wiring.service import Service, clock, letters_of, postman_of, web_push

if TYPE_CHECKING:
    from bot.channels.telegram.door import TelegramDoor

logger = logging.getLogger(__name__)
_BETWEEN_ROUNDS = 60.0
_BETWEEN_HELD = 0.5
_BETWEEN_NOTIFICATIONS = 2.0
_BETWEEN_PAUSES = 0.5
_BETWEEN_LETTERS = 30.0
_BETWEEN_GATHERINGS = 600.0


def lifespan_of(  # type: ignore[no-untyped-def]
    service: Service, telegram: "TelegramDoor | None", tell: Callable[[str], None]
):
    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await service.conversations.finish_erasing()
        recovered = await service.conversations.recover()
        logger.info("turns taken up again: %d", recovered)
        bus = service.conversations.bus
        keeping = run_alone(service.database, "housekeeping", lambda: _keep_house(service))
        running = [asyncio.create_task(keeping)]
        if isinstance(bus, SharedBus):
            running.append(asyncio.create_task(bus.follow()))
        if telegram is not None:
            running.append(asyncio.create_task(telegram.run(tell)))
        with service.oversight.running():
            yield
        await stopped(running)
        if isinstance(bus, SharedBus):
            await bus.close()
        await service.conversations.rest()
        await service.database.close()

    return lifespan


async def _keep_house(service: Service) -> None:
    """What one process does for all, until cancelled."""
    works = (_rounds, _gatherings, _held_answers, _letters, _notifications, _resumptions)
    running = [asyncio.create_task(work(service)) for work in works]
    try:
        await asyncio.wait(running)
    finally:
        await stopped(running)


async def _rounds(service: Service) -> None:
    """What must happen though nobody asks: cases that nobody takes, or whose adviser is away, go
    on; a turn that was cut, here or in another process, is taken up again; what is kept too long is
    erased."""
    while True:
        try:
            await watch(service)
            await service.conversations.recover()
            await _settle(service)  # before anything is erased
            await purging_of(service).purge_daily()
        except Exception:
            logger.exception("the round failed; the next one tries again")
        await asyncio.sleep(_BETWEEN_ROUNDS)


def purging_of(service: Service) -> Purging:
    retention = service.settings.retention
    return Purging(service.conversations, SqlPurger(service.database.at_leisure), retention, clock)


async def _settle(service: Service) -> None:
    """The numbers of days long past are kept before their conversations go."""
    retention = service.settings.retention
    shortest = min(retention.conversations, retention.cases)
    days = min(SETTLED_AFTER_DAYS, max(shortest - 1, 1))
    through = (clock().astimezone(QUEBEC) - timedelta(days=days)).date()
    await SqlIndicatorStore(service.database.at_leisure).settle(through)


async def watch(service: Service) -> None:
    """Over the cases: each part stands by itself, one that fails does not keep the others."""
    database, work, office = service.database, service.work, service.office
    cases, rota = SqlCaseStore(database, service.oversight.watcher), SqlRota(database)
    vigil = Vigil(cases, rota, work, office, clock)
    link = f"{service.settings.url}desk"
    team = TeamLetters(cases, work, office, postman_of(service.settings), link=link, clock=clock)

    async def announce_late() -> None:
        service.oversight.watcher.promise_missed(len(await vigil.announce_late()))

    parts = (vigil.relieve_away, vigil.mend_promises, vigil.give_up, announce_late, team.write)
    for part in parts:
        try:
            await part()
        except Exception:
            logger.exception("a part of the round failed; the next one tries again")


async def _resumptions(service: Service) -> None:
    """What waited while a channel was paused is answered when it no longer is."""
    paused = frozenset[str]()
    while True:
        try:
            paused = await answer_resumed(service, paused)
        except Exception:
            logger.exception("pauses could not be read; tried again")
        await asyncio.sleep(_BETWEEN_PAUSES)


async def answer_resumed(service: Service, before: frozenset[str]) -> frozenset[str]:
    """The channels that are paused now; what waited on those that no longer are is answered."""
    now = frozenset(await SqlPauses(service.database).paused())
    if before - now:
        await service.conversations.recover()
    return now


async def _letters(service: Service) -> None:
    letters = letters_of(service)
    while True:
        try:
            await letters.post_what_is_due()
        except Exception:
            logger.exception("letters could not be posted; tried again")
        await asyncio.sleep(_BETWEEN_LETTERS)


async def _notifications(service: Service) -> None:
    push = web_push(service.settings)
    if push is None:
        return
    notifications = Notifications(SqlDevices(service.database), push, clock)
    while True:
        try:
            await notifications.tell_who_is_due()
        except Exception:
            logger.exception("notifications could not be sent; tried again")
        await asyncio.sleep(_BETWEEN_NOTIFICATIONS)


async def _held_answers(service: Service) -> None:
    """Answers that nobody took back are said, those a crash left behind too."""
    database = service.database
    holding = Holding(SqlWriting(database), SqlFileStore(database), service.work, clock)
    while True:
        try:
            await holding.say_what_is_due()
        except Exception:
            logger.exception("held answers could not be said; tried again at once")
        await asyncio.sleep(_BETWEEN_HELD)


async def _gatherings(service: Service) -> None:
    """What is worth learning is gathered from time to time, never while the service starts."""
    gathering = Gathering(SqlLessonStore(service.database.at_leisure), redaction_apart, clock)
    while True:
        await asyncio.sleep(_BETWEEN_GATHERINGS)
        try:
            added = await gathering.gather()
            logger.info("suggestions added: %d", added)
        except Exception:
            logger.exception("the gathering failed; the next one tries again")
