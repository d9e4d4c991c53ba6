"""Every setting, from QVE_* variables, checked at start. Nothing else reads the environment."""

from datetime import datetime, time, timedelta, timezone
from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, HttpUrl, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.handover.hours import OpeningHours
from bot.handover.office import Terms
from bot.keys import push_key, secret_keys
from bot.privacy.retention import LOG_AT_LEAST, Retention

ROOT = Path(__file__).resolve().parent.parent
_SHORTEST_KEY = 32
_HERE = ("127.0.0.1", "localhost", "::1")


def _database_url(url: str) -> str:
    if not url.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
        raise ValueError("expected sqlite+aiosqlite:///path or postgresql+asyncpg://…")
    return url


def _long_keys(given: SecretStr) -> SecretStr:
    if any(len(key.strip()) < _SHORTEST_KEY for key in given.get_secret_value().split(",")):
        raise ValueError("expected keys of 32 characters or more, the newest first, one a comma")
    return given


def _networks(given: list[str]) -> list[str]:
    for each in given:
        ip_network(each)
    return given


class Settings(BaseSettings):
    """Defaults suit one laptop; each field says what it is for and in what unit."""

    model_config = SettingsConfigDict(env_prefix="QVE_", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    public_url: str | None = None
    """Where people reach the service; needed behind a proxy for links and secure cookies."""

    allowed_origins: list[str] = []
    """Sites that may embed the widget, as a JSON list: ["https://quebecvilleetudes.ca"]."""

    trusted_proxies: Annotated[list[str], AfterValidator(_networks)] = []
    """Proxies in front of the service, whose X-Forwarded-For and -Proto are believed, as a JSON
    list of addresses or networks: ["10.0.0.0/8"]. Nobody else's are."""
    streams_per_address: int = Field(500, ge=1)
    """Event streams (open windows) from one network address, for one process."""

    var: Path = ROOT / "var"
    """What the service writes: database, log."""
    database_url: Annotated[str, AfterValidator(_database_url)] | None = Field(None, repr=False)
    redis_url: str | None = Field(None, repr=False)
    """redis://host:6379/0 when several processes serve one database: they hear of each other."""
    model_dir: Path = ROOT / "models"
    messages_per_minute: int = Field(15, ge=1)
    """For one person; more is refused with Retry-After."""
    conversations_per_hour: int = Field(60, ge=1)
    """For one network address (a lycée shares one)."""
    message_limit: int = Field(2000, ge=100)
    """Characters in one message."""

    metrics_token: SecretStr | None = None
    """What Prometheus shows (Authorization: Bearer …) to read /metrics; without, there is none."""
    traces_url: str | None = None
    """Where spans go, by OTLP over HTTP: http://collector:4318/v1/traces. Without, nowhere."""
    log_to: Literal["file", "stderr"] = "file"
    """`stderr` for a container: one JSON object a line, unless it is a terminal."""

    telegram_token: SecretStr | None = None
    """What BotFather gave; without it there is no Telegram door. See docs/telegram.md."""
    telegram_webhook_url: HttpUrl | None = None
    """Where Telegram reaches this service, https://…/telegram/webhook; without it, it is asked."""
    telegram_api_url: str = "https://api.telegram.org"
    """Telegram's Bot API, or a server of one's own that speaks it."""

    desk_opens: time = time(9)
    desk_closes: time = time(17)
    answer_within_open_hours: float = Field(4.0, gt=0)
    """What is promised: a human answer after so many opening hours."""
    announce_again_after_open_hours: float = Field(2.0, gt=0)
    """A case nobody takes for so long is announced again."""
    unclaimed_after_open_hours: float = Field(24.0, gt=0)
    """A case nobody takes for so long ends, and the person is told."""
    retention_days: int = Field(180, ge=1)
    """A conversation in which nobody has written for so long is erased, every day."""
    retention_cases_days: int = Field(180, ge=1)
    """One in which an adviser was asked for, since the person or the adviser last wrote."""
    retention_files_days: int = Field(90, ge=1)
    """The documents that people and advisers send each other."""
    retention_suggestions_days: int = Field(365, ge=1)
    """What people asked, without who they are, once an adviser has decided on it."""
    retention_log_days: int = Field(1095, ge=LOG_AT_LEAST)
    """The log of who read and did what; the database refuses less than two years."""
    privacy_officer: str = ""
    """Who answers for people's privacy and how to reach them, as /vie-privee says it."""
    secret_keys: Annotated[SecretStr, AfterValidator(_long_keys)] | None = None
    """Seals what must be readable again: 32 characters or more, the newest first, one a comma.
    Without it a key is made in `var/secret.key`; several machines need the same."""
    smtp_url: SecretStr | None = None
    """smtp://user:password@host:587 or smtps://…: how letters leave; without it, none does."""
    team_email: str = ""
    """Who is written to when nobody takes a case, however often it is announced."""
    mail_from: str = ""
    """The address letters come from."""
    push_services: list[str] = [
        "fcm.googleapis.com",
        "push.services.mozilla.com",
        "push.apple.com",
        "notify.windows.com",
    ]
    """Who may be asked to deliver a notification: domains of browsers' push services (https, with
    those under them), or whole origins. None: no notification is offered."""
    push_key: SecretStr | None = None
    """Says to push services who we are (VAPID): rarely needed, it comes from the oldest of
    QVE_SECRET_KEYS or, without them, is made in `var/push.key`. When it changes, a browser that
    agreed is told of nothing until the chat is opened in it again."""
    undo_seconds: float = Field(5.0, ge=0, le=60)
    """How long an adviser's answer may be taken back before it is said."""
    session_hours: int = Field(12, ge=1)
    """How long an adviser stays signed in."""

    oidc_issuer: str | None = None
    """https://… of an OpenID Connect provider whose accounts may enter the desk, as it writes it
    itself; with the two that follow. See docs/acces-et-comptes.md."""
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_name: str = ""
    """What advisers call the provider; its host unless given."""
    oidc_strong_acr: list[str] = []
    """Values of `acr` by which it says that a second factor was given, as a JSON list."""

    @model_validator(mode="after")
    def _whole_provider(self) -> "Settings":
        given = [self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret]
        if any(given) and not all(given):
            raise ValueError("QVE_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET go together")
        at = urlsplit(self.oidc_issuer or "https://")
        if at.scheme != "https" and at.hostname not in _HERE:
            raise ValueError("QVE_OIDC_ISSUER: expected https://…")
        return self

    @model_validator(mode="after")
    def _can_promise(self) -> "Settings":
        """Hours that never open would be found at the first request for an adviser."""
        self.hours.after(datetime.now(timezone.utc), self.promise)
        return self

    def keys(self) -> tuple[str, ...]:
        """The keys that seal, the newest first; made and kept in `var` when none is given."""
        given = self.secret_keys.get_secret_value() if self.secret_keys else None
        return secret_keys(given, self.var)

    @property
    def push_contact(self) -> str | None:
        """Whom a push service writes to about our notifications (RFC 8292); None: none is sent."""
        address = self.team_email or parseaddr(self.mail_from)[1]
        if address:
            return f"mailto:{address}"
        return self.url.rstrip("/") if self.url.startswith("https://") else None

    def vapid_key(self) -> str:
        """As `push_key` says."""
        given = self.push_key.get_secret_value() if self.push_key else None
        shared = self.keys() if self.secret_keys else ()
        return push_key(given, shared, self.var)

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite+aiosqlite:///{self.var / 'qve.sqlite3'}"

    @property
    def url(self) -> str:
        """The public address, with a final slash."""
        return f"{(self.public_url or f'http://{self.host}:{self.port}').rstrip('/')}/"

    @property
    def retention(self) -> Retention:
        return Retention(
            conversations=self.retention_days,
            cases=self.retention_cases_days,
            files=self.retention_files_days,
            suggestions=self.retention_suggestions_days,
            log=self.retention_log_days,
        )

    @property
    def hours(self) -> OpeningHours:
        return OpeningHours(opens=self.desk_opens, closes=self.desk_closes)

    @property
    def promise(self) -> timedelta:
        return timedelta(hours=self.answer_within_open_hours)

    @property
    def terms(self) -> Terms:
        """What holds until something else is agreed on at the desk."""
        return Terms(
            within=self.promise,
            again_after=timedelta(hours=self.announce_again_after_open_hours),
            given_up_after=timedelta(hours=self.unclaimed_after_open_hours),
            team_email=self.team_email,
        )

    @property
    def shown(self) -> dict[str, str | int | float | bool]:
        """What the desk shows of how the service was started, by the names of the variables. A list
        of what may be seen, never of what may not: a new setting is not shown. Of what holds a
        secret, only whether it is set."""
        read = ("session_hours", "undo_seconds", "retention_days", "message_limit")
        more = ("messages_per_minute", "conversations_per_hour", "mail_from")
        values: dict[str, str | int | float | bool] = {"public_url": self.url}
        values |= {name: getattr(self, name) for name in (*read, *more)}
        values["database_url"] = self.database.partition("+")[0]
        for name in ("redis_url", "smtp_url", "telegram_token"):
            values[name] = getattr(self, name) is not None
        return {f"QVE_{name.upper()}": value for name, value in values.items()}
