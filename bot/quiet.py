"""Keeps the terminal for people: what Rasa, TensorFlow and SQLAlchemy have to say goes to a file.

Must be called before any of them is imported: this module imports nothing of ours.
"""

import logging
import os
import warnings
from logging.handlers import RotatingFileHandler
from pathlib import Path

import structlog

_MEGABYTES = 5_000_000
_ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "RASA_TELEMETRY_ENABLED": "false",  # nothing about people or us is sent anywhere
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TQDM_DISABLE": "1",
    "LOG_LEVEL_LIBRARIES": "ERROR",
}


def send_noise_to(log: Path | None) -> None:
    """Warnings and logs go to `log` (rotated), or nowhere."""
    os.umask(0o077)  # what is written from here on is for this user only: people's conversations
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    warnings.simplefilter("ignore")
    logging.captureWarnings(True)  # some libraries put their own filters back
    # Rasa's own logger prints to the terminal, people's words included, unless told otherwise.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    root = logging.getLogger()
    root.handlers.clear()
    root.addHandler(_file(log) if log else logging.NullHandler())
    root.setLevel(logging.INFO)
    # httpx writes whole addresses, and the Bot API's addresses contain the token.
    for name in ("httpx", "httpx2", "httpcore", "rasa", "apscheduler", "matplotlib", "aiosqlite"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _file(log: Path) -> logging.Handler:
    log.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(log, maxBytes=_MEGABYTES, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler
