"""Every door of the service: HTTP, and Telegram's."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot.channels import plain
from bot.channels.armour import Armour
from bot.channels.copies import CopyLimits, copies_router
from bot.channels.files import files_router
from bot.channels.keeping import cards_router
from bot.channels.limits import HOUR
from bot.channels.moving import moving_router
from bot.channels.pages import PublicFiles
from bot.channels.post import return_router
from bot.channels.privacy_page import InForce, privacy_router
from bot.channels.problems import PROBLEMS, install_problems
from bot.channels.push import push_router
from bot.channels.receiving import Limits, Receiving
from bot.channels.streams import Streams
from bot.channels.web import web_router
from bot.conversation.moving import Moving
from bot.desk.entering.access import SESSION_COOKIE
from bot.desk.routes import desk_router
from bot.settings import Settings
from bot.storage.alone import run_alone
from bot.storage.device_store import SqlDevices
from bot.storage.file_store import SqlFileStore
from bot.storage.move_store import SqlMoveStore
from bot.storage.outbox_store import SqlOutbox
from bot.storage.telegram_inbox import SqlTelegramInbox
from bot.wiring.desk import desk_of
from bot.wiring.keeping import lifespan_of
from bot.wiring.service import Service, clock, letters_of, postman_of, web_push

if TYPE_CHECKING:
    from bot.channels.telegram.door import TelegramDoor

logger = logging.getLogger(__name__)


def build_app(
    service: Service,
    tell: Callable[[str], None] = logger.info,
    telegram: "TelegramDoor | None" = None,
) -> FastAPI:
    """Every HTTP door of the service, and Telegram's (as its settings say, unless given). `tell`
    is given what whoever runs the service should read."""
    telegram = telegram or telegram_door(service)
    app = FastAPI(
        title="Québec ville études",
        version="0.1.0",
        lifespan=lifespan_of(service, telegram, tell),
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
    app.include_router(desk_router(desk_of(service)))
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


def telegram_door(service: Service, **changed: Any) -> "TelegramDoor | None":
    """None without a token. `changed`: other `Options` than those of the settings."""
    settings, database = service.settings, service.database
    if settings.telegram_token is None:
        return None
    # 24 MB and a quarter of a second, for this door only.
    from bot.channels.telegram.calling import Connection
    from bot.channels.telegram.door import Options, TelegramDoor

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


def _offers(service: Service) -> tuple[str, ...]:
    """What the widget may propose here, beside what it always does."""
    offered = {
        "telegram": service.settings.telegram_token,
        "mail": postman_of(service.settings),
        "notifications": web_push(service.settings),
    }
    return tuple(name for name, there in offered.items() if there is not None)


def _in_force(settings: Settings) -> InForce:
    return InForce(
        settings.retention,
        settings.privacy_officer,
        telegram=settings.telegram_token is not None,
        mail=settings.smtp_url is not None,
        notifications=web_push(settings) is not None,
    )
