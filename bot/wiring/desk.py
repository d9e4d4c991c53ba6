"""What the desk is built on."""

from datetime import timedelta
from urllib.parse import urlsplit

from bot.desk.entering.identity import IdentityProvider, Registration
from bot.desk.entering.second_factor import PURPOSE, SecondFactor
from bot.desk.needs import Desk
from bot.seal import Seal
from bot.settings import Settings
from bot.storage.attempt_store import SqlAttempts
from bot.storage.case_store import SqlCaseStore
from bot.storage.colleagues import SqlColleagues
from bot.storage.file_store import SqlFileStore
from bot.storage.indicator_store import SqlIndicatorStore
from bot.storage.known import SqlKnown
from bot.storage.log import SqlJournal
from bot.storage.pause_store import SqlPauses
from bot.storage.queue_store import SqlQueue
from bot.storage.remark_store import SqlRemarks
from bot.storage.rota_store import SqlRota
from bot.storage.suggestion_store import SqlSuggestionStore
from bot.storage.writing_store import SqlWriting
from bot.wiring.service import Service, clock


def desk_of(service: Service) -> Desk:
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
        pauses=SqlPauses(service.database),
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
