"""Keeps the terminal for people: what Rasa, TensorFlow, SQLAlchemy and we say goes to a log.

Each line is one JSON object (on a terminal, a line to be read), with the `turn` it is part of (see
`watching.watcher`). Must be called before any of them is imported: this module imports nothing of
ours.
"""

import logging
import os
import warnings
from collections.abc import MutableMapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, TextIO

import structlog

_MEGABYTES = 5_000_000
_ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "RASA_TELEMETRY_ENABLED": "false",  # nothing about people or us is sent anywhere
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TQDM_DISABLE": "1",
    "LOG_LEVEL_LIBRARIES": "ERROR",
}
# What a line may hold. Rasa adds whatever it has at hand, people's words included.
_KEPT = ("event", "level", "logger", "at", "turn", "seq", "exception")

# What they write of their work holds words of people (aiosqlite: what is stored) or secrets (httpx:
# whole addresses, and the Bot API's contain the token; so does telegram).
TOO_TALKATIVE = (
    *("httpx", "httpx2", "httpcore", "telegram", "aiosqlite"),
    *("rasa", "apscheduler", "matplotlib"),
)


def send_noise_to(log: Path | None, *, stream: TextIO | None = None) -> None:
    """Warnings and logs go to `log` (rotated), to `stream`, or nowhere."""
    os.umask(0o077)  # what is written from here on is for this user only: people's conversations
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    warnings.simplefilter("ignore")
    logging.captureWarnings(True)  # some libraries put their own filters back
    # Rasa's own logger prints to the terminal, people's words included, unless told otherwise.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
        processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        # Rasa says twenty things a turn that nobody hears; each would look for who says it.
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers.clear()
    root.addHandler(_handler(log, stream))
    root.setLevel(logging.INFO)
    for name in TOO_TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _handler(log: Path | None, stream: TextIO | None) -> logging.Handler:
    if stream is not None:
        written: logging.Handler = logging.StreamHandler(stream)
    elif log is not None:
        log.parent.mkdir(parents=True, exist_ok=True)
        written = RotatingFileHandler(log, maxBytes=_MEGABYTES, backupCount=3, encoding="utf-8")
    else:
        return logging.NullHandler()
    written.setFormatter(_formatter(for_people=stream is not None and stream.isatty()))
    return written


def _formatter(*, for_people: bool) -> logging.Formatter:
    end: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if for_people:
        end = structlog.dev.ConsoleRenderer()
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=("seq",)),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.format_exc_info,
            _fit_to_keep,
            end,
        ]
    )


def _fit_to_keep(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: line[name] for name in _KEPT if name in line}
