"""Settings → library, engine, stores, conversations and the desk's work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from bot.channels.limits import MINUTE, Allowance
from bot.channels.post import SmtpPostman
from bot.channels.push import WebPush
from bot.conversation.bus import Changed
from bot.conversation.conversations import Conversations, Engine
from bot.handover.desk_work import DeskWork
from bot.handover.letters import Letters
from bot.settings import Settings
from bot.sharing.sharing import Sharing, sharing
from bot.storage.adviser_store import SqlAccountStore
from bot.storage.case_store import SqlCaseStore
from bot.storage.conversation_store import SqlConversationStore
from bot.storage.database import Database
from bot.storage.letter_store import SqlLetters
from bot.storage.office_store import SqlOffice
from bot.storage.personal_records import SqlPersonalRecords
from bot.wiring.overseeing import Oversight
from knowledge.library import Library


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
    from bot.understanding.left_out import leave_out_what_is_not_used

    leave_out_what_is_not_used()
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
        privacy_page=f"{settings.url}vie-privee",
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


def web_push(settings: Settings) -> WebPush | None:
    """None where nobody may be written to, or nobody would answer for it."""
    if settings.push_contact is None or not settings.push_services:
        return None
    return WebPush(settings.vapid_key, settings.push_contact)
