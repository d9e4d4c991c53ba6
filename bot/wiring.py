"""The only file that knows everyone: settings → library, stores, engine, conversations, doors."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot.channels import plain
from bot.channels.armour import Armour
from bot.channels.copies import CopyLimits, copies_router
from bot.channels.files import files_router
from bot.channels.keeping import cards_router
from bot.channels.limits import HOUR, MINUTE, Allowance
from bot.channels.moving import moving_router
from bot.channels.pages import PublicFiles
from bot.channels.post import SmtpPostman, return_router
from bot.channels.privacy_page import InForce, privacy_router
from bot.channels.problems import PROBLEMS, install_problems
from bot.channels.push import WebPush, push_router
from bot.channels.receiving import Limits, Receiving
from bot.channels.streams import Streams
from bot.channels.telegram.calling import Connection
from bot.channels.telegram.door import Options, TelegramDoor
from bot.channels.web import web_router
from bot.conversation.bus import Changed
from bot.conversation.conversations import Conversations, Engine
from bot.conversation.moving import Moving
from bot.desk.access import SESSION_COOKIE
from bot.desk.identity import IdentityProvider, Registration
from bot.desk.needs import Desk
from bot.desk.routes import desk_router
from bot.desk.second_factor import PURPOSE, SecondFactor
from bot.handover.desk_work import DeskWork
from bot.handover.holding import Holding
from bot.handover.hours import QUEBEC
from bot.handover.letters import Letters
from bot.handover.notifications import Notifications
from bot.handover.team_letters import TeamLetters
from bot.handover.vigil import Vigil
from bot.learning.gathering import Gathering
from bot.overseeing import Oversight
from bot.privacy.apart import redaction_apart
from bot.privacy.purging import Purging
from bot.reporting.indicators import SETTLED_AFTER_DAYS
from bot.seal import Seal
from bot.settings import Settings
from bot.sharing.bus import SharedBus
from bot.sharing.sharing import Sharing, sharing
from bot.storage.adviser_store import SqlAccountStore
from bot.storage.alone import run_alone
from bot.storage.attempt_store import SqlAttempts
from bot.storage.case_store import SqlCaseStore
from bot.storage.colleagues import SqlColleagues
from bot.storage.conversation_store import SqlConversationStore
from bot.storage.database import Database
from bot.storage.device_store import SqlDevices
from bot.storage.file_store import SqlFileStore
from bot.storage.indicator_store import SqlIndicatorStore
from bot.storage.known import SqlKnown
from bot.storage.lesson_store import SqlLessonStore
from bot.storage.letter_store import SqlLetters
from bot.storage.log import SqlJournal
from bot.storage.move_store import SqlMoveStore
from bot.storage.office_store import SqlOffice
from bot.storage.outbox_store import SqlOutbox
from bot.storage.pause_store import SqlPauses
from bot.storage.personal_records import SqlPersonalRecords
from bot.storage.purge_store import SqlPurger
from bot.storage.queue_store import SqlQueue
from bot.storage.remark_store import SqlRemarks
from bot.storage.rota_store import SqlRota
from bot.storage.suggestion_store import SqlSuggestionStore
from bot.storage.telegram_inbox import SqlTelegramInbox
from bot.storage.writing_store import SqlWriting
from knowledge.library import Library

logger = logging.getLogger(__name__)
_BETWEEN_ROUNDS = 60.0
_TIMES_TO_STOP, _TO_STOP = 3, 5.0
_BETWEEN_HELD = 0.5
_BETWEEN_NOTIFICATIONS = 2.0
_BETWEEN_PAUSES = 0.5
_BETWEEN_LETTERS = 30.0
_BETWEEN_GATHERINGS = 600.0


def clock() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Service:
    """The parts that doors are built on."""

    settings: Settings
    database: Database
    library: Library
    conversations: Conversations
    work: DeskWork
    office: SqlOffice
    accounts: SqlAccountStore
    shared: Sharing
    oversight: Oversight

    def writing(self) -> Allowance:
        """How often one person may write, on any channel."""
        return self.shared.allowance("writing", self.settings.messages_per_minute, MINUTE)


def load_engine(model: Path, database: Database) -> Engine:
    """Rasa with its memory in our database. Imports Rasa: some seconds."""
    from bot.understanding.without_tensorflow import leave_tensorflow_out

    leave_tensorflow_out()
    from bot.storage.tracker_store import SqlTrackerStore
    from bot.understanding.engine import RasaEngine

    return RasaEngine.load(model, SqlTrackerStore(None, database=database))


def build(settings: Settings, database: Database, library: Library, engine: Engine) -> Service:
    shared = sharing(settings.redis_url)
    bus = shared.bus
    oversight = Oversight(settings, database, library, engine, clock)
    office = SqlOffice(database, settings.hours, settings.terms)
    conversations = Conversations(
        SqlConversationStore(database),
        engine,
        bus,
        SqlPersonalRecords(database),
        office=office,
        clock=clock,
        locks=shared.locks,
        observer=oversight.watcher,
    )
    work = DeskWork(
        SqlCaseStore(database, oversight.watcher),
        office=office,
        clock=clock,
        announce=lambda conversation_id: bus.tell(Changed(conversation_id)),
        resume=conversations.answer,
    )
    accounts = SqlAccountStore(database)
    return Service(
        settings, database, library, conversations, work, office, accounts, shared, oversight
    )


def telegram_door(service: Service, **changed: Any) -> TelegramDoor | None:
    """None without a token. `changed`: other `Options` than those of the settings."""
    settings, database = service.settings, service.database
    if settings.telegram_token is None:
        return None
    connection = Connection(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    options = Options(
        connection=connection,
        webhook=settings.telegram_webhook_url is not None,
        public_url=settings.url,
        alone=lambda work: run_alone(database, "telegram", work),
        writing=service.writing(),
        characters=settings.message_limit,
    )
    return TelegramDoor(
        service.conversations,
        SqlOutbox(database),
        SqlTelegramInbox(database),
        Moving(SqlMoveStore(database), clock),
        SqlFileStore(database),
        options=replace(options, **changed),
        clock=clock,
    )


def build_app(
    service: Service,
    tell: Callable[[str], None] = logger.info,
    telegram: TelegramDoor | None = None,
) -> FastAPI:
    """Every HTTP door of the service, and Telegram's (as its settings say, unless given). `tell`
    is given what whoever runs the service should read."""
    telegram = telegram or telegram_door(service)
    app = FastAPI(
        title="Québec ville études",
        version="0.1.0",
        lifespan=_lifespan(service, telegram, tell),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # the address it makes is of whatever host was asked for
        responses=PROBLEMS,
    )
    settings = service.settings
    limits = Limits(
        writing=service.writing(),
        opening=service.shared.allowance("opening", settings.conversations_per_hour, HOUR),
        characters=settings.message_limit,
    )
    receiving = Receiving(service.conversations, limits)
    app.include_router(web_router(service.conversations, receiving, _offers(service)))
    app.include_router(cards_router(service.conversations))
    moving = Moving(SqlMoveStore(service.database), clock)
    link = telegram.link if telegram is not None else lambda _: None
    app.include_router(moving_router(service.conversations, moving, link))
    if telegram is not None:
        app.include_router(telegram.router)
    files = SqlFileStore(service.database)
    app.include_router(
        plain.plain_router(service.conversations, receiving, files, url=settings.url)
    )
    app.include_router(return_router(letters_of(service)))
    few, postman = CopyLimits.usual(service.shared.allowance), postman_of(settings)
    copies = copies_router(service.conversations, postman, few, url=settings.url, clock=clock)
    app.include_router(copies)
    devices, push = SqlDevices(service.database), web_push(settings)
    app.include_router(push_router(service.conversations, devices, push, settings.push_services))
    app.include_router(files_router(service.conversations, files, writing=limits.writing))
    app.include_router(privacy_router(_in_force(settings)))
    service.oversight.add_pages(app)
    app.include_router(desk_router(_desk(service)))
    # Not mounted: it would take what a route answers by another method, and its 405 with it.
    app.router.default = PublicFiles()
    install_problems(app, {plain.PAGE: plain.refused})
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"],
        )
    app.add_middleware(Streams, from_an_address=settings.streams_per_address, cookie=SESSION_COOKIE)
    app.add_middleware(Armour, https=settings.url.startswith("https"))
    service.oversight.add_counting(app)
    if settings.trusted_proxies:  # outermost: all that is within sees who really asks
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies)
    return app


def _offers(service: Service) -> tuple[str, ...]:
    """What the widget may propose here, beside what it always does."""
    offered = {
        "telegram": service.settings.telegram_token,
        "mail": postman_of(service.settings),
        "notifications": web_push(service.settings),
    }
    return tuple(name for name, there in offered.items() if there is not None)


def web_push(settings: Settings) -> WebPush | None:
    """None where nobody may be written to, or nobody would answer for it."""
    if settings.push_contact is None or not settings.push_services:
        return None
    return WebPush(settings.vapid_key, settings.push_contact)


def _in_force(settings: Settings) -> InForce:
    return InForce(
        settings.retention,
        settings.privacy_officer,
        telegram=settings.telegram_token is not None,
        mail=settings.smtp_url is not None,
        notifications=web_push(settings) is not None,
    )


def _desk(service: Service) -> Desk:
    library = service.library

    def topic_title(name: str) -> str | None:
        return library.title(name) if library.knows(name) else None

    return Desk(
        accounts=service.accounts,
        attempts=SqlAttempts(service.database),
        cases=SqlCaseStore(service.database),
        conversations=service.conversations.store,
        suggestions=SqlSuggestionStore(service.database),
        remarks=SqlRemarks(service.database),
        journal=SqlJournal(service.database),
        people=service.conversations,
        indicators=SqlIndicatorStore(service.database),
        work=service.work,
        office=service.office,
        rota=SqlRota(service.database),
        started_with=service.settings.shown,
        files=SqlFileStore(service.database),
        queue=SqlQueue(service.database),
        colleagues=SqlColleagues(service.database),
        known=SqlKnown(service.database),
        writing=SqlWriting(service.database),
        undo_for=timedelta(seconds=service.settings.undo_seconds),
        bus=service.conversations.bus,
        clock=clock,
        session_hours=service.settings.session_hours,
        secure_cookies=service.settings.url.startswith("https"),
        public_url=service.settings.url,
        topic_title=topic_title,
        second_factor=SecondFactor(Seal(service.settings.keys, purpose=PURPOSE)),
        identity=_identity_provider(service.settings),
    )


def _identity_provider(settings: Settings) -> IdentityProvider | None:
    issuer, client_id, secret = (
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
    )
    if issuer is None or client_id is None or secret is None:
        return None
    registration = Registration(
        issuer,
        client_id,
        secret.get_secret_value(),
        name=settings.oidc_name or urlsplit(issuer).netloc,
        strong=tuple(settings.oidc_strong_acr),
    )
    return IdentityProvider(registration, Seal(settings.keys, purpose="desk identity"))


def _lifespan(  # type: ignore[no-untyped-def]
    service: Service, telegram: TelegramDoor | None, tell: Callable[[str], None]
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
        await _stopped(running)
        if isinstance(bus, SharedBus):
            await bus.close()
        await service.conversations.rest()
        await service.database.close()

    return lifespan


async def _stopped(running: Sequence[asyncio.Task[None]]) -> None:
    """A cancellation may be lost in what is under way; then it is said again, and not for ever."""
    pending = {*running}
    for _ in range(_TIMES_TO_STOP):
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=_TO_STOP)
        if not pending:
            return


async def _keep_house(service: Service) -> None:
    """What one process does for all, until cancelled."""
    works = (_rounds, _gatherings, _held_answers, _letters, _notifications, _resumptions)
    running = [asyncio.create_task(work(service)) for work in works]
    try:
        await asyncio.wait(running)
    finally:
        await _stopped(running)


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
    return Purging(service.conversations, SqlPurger(service.database), retention, clock)


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


def postman_of(settings: Settings) -> SmtpPostman | None:
    if settings.smtp_url is None:
        return None
    return SmtpPostman(settings.smtp_url.get_secret_value(), settings.mail_from)


def letters_of(service: Service, clock: Callable[[], datetime] = clock) -> Letters:
    """Links already sent stay good, whether or not letters leave."""

    def link(code: str) -> str:
        return f"{service.settings.url}chat#retour={code}"

    postman = postman_of(service.settings)
    return Letters(SqlLetters(service.database), postman, link=link, clock=clock)


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


async def _settle(service: Service) -> None:
    """The numbers of days long past are kept before their conversations go."""
    retention = service.settings.retention
    shortest = min(retention.conversations, retention.cases)
    days = min(SETTLED_AFTER_DAYS, max(shortest - 1, 1))
    through = (clock().astimezone(QUEBEC) - timedelta(days=days)).date()
    await SqlIndicatorStore(service.database).settle(through)


async def _gatherings(service: Service) -> None:
    """What is worth learning is gathered from time to time, never while the service starts."""
    gathering = Gathering(SqlLessonStore(service.database), redaction_apart, clock)
    while True:
        await asyncio.sleep(_BETWEEN_GATHERINGS)
        try:
            added = await gathering.gather()
            logger.info("suggestions added: %d", added)
        except Exception:
            logger.exception("the gathering failed; the next one tries again")
