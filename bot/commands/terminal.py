"""How the `qve` command speaks: steps with their time, one sentence for a refusal."""

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from babel.dates import format_datetime
from pydantic import ValidationError
from pydantic_settings import SettingsError

from bot.handover.hours import QUEBEC
from bot.quiet import send_noise_to
from bot.settings import Settings
from bot.texts import say


class Refused(Exception):
    """The command cannot go on; the one sentence to show."""


def command(run: Callable[[Namespace, Settings], int]) -> Callable[[Namespace], int]:
    """Read the settings, quiet the noise, and turn a refusal into a sentence and exit code 1."""

    def wrapped(arguments: Namespace) -> int:
        try:
            settings = Settings()
        except SettingsError as error:  # a list that is not JSON
            complain(say("terminal.bad_setting", name="QVE_*", reason=error))
            return 2
        except ValidationError as error:
            for detail in error.errors():
                name = "QVE_" + "_".join(str(part) for part in detail["loc"]).upper()
                complain(say("terminal.bad_setting", name=name, reason=detail["msg"]))
            return 2
        try:
            quiet(settings)
        except OSError as error:
            complain(say("terminal.folder_closed", folder=settings.var, reason=error.strerror))
            return 1
        try:
            return run(arguments, settings)
        except Refused as refused:
            complain(str(refused))
            return 1
        except KeyboardInterrupt:
            return 130

    wrapped.__doc__ = run.__doc__
    return wrapped


def quiet(settings: Settings) -> None:
    """What is logged goes where the settings say. Raises OSError."""
    stream = sys.stderr if settings.log_to == "stderr" else None
    send_noise_to(settings.var / "qve.log", stream=stream)


def log_of(settings: Settings) -> str:
    """Where what is logged can be read, in words."""
    on_stderr = settings.log_to == "stderr"
    return say("terminal.log_on_stderr") if on_stderr else str(settings.var / "qve.log")


def show_ready(settings: Settings) -> None:
    """Where the service answers, and what is amiss if it stands behind a proxy nobody named."""
    show(say("terminal.ready", url=settings.url))
    if settings.url.startswith("https") and not settings.trusted_proxies:
        show(say("terminal.no_trusted_proxies"))


def show(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201 - the terminal is this module's channel


def complain(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201


@contextmanager
def step(name: str) -> Iterator[None]:
    """Show what was done and how long it took."""
    started = time.perf_counter()
    label = say(f"terminal.{name}")
    try:
        yield
    except BaseException:
        complain(say("terminal.step_failed", label=label))
        raise
    seconds = f"{time.perf_counter() - started:.1f}".replace(".", ",")
    show(say("terminal.step_done", label=label, seconds=seconds))


def moment_in_words(moment: datetime) -> str:
    return str(format_datetime(moment.astimezone(QUEBEC), "d MMMM y, HH:mm", locale="fr"))
