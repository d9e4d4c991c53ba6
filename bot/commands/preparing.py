"""What a command needs before it can begin: knowledge, a model for it, a database."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from asyncpg import PostgresError
from sqlalchemy.exc import SQLAlchemyError

from bot.commands.terminal import Refused, complain, quiet, show, step
from bot.handover.hours import QUEBEC
from bot.settings import ROOT, Settings
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.texts import say
from bot.understanding.training import current_model, train
from knowledge import at_hand
from knowledge.checks import problems_of
from knowledge.files import Severity
from knowledge.library import Library


def load_library() -> Library:
    """The knowledge, without an error in any file or between two (a review past due is none)."""
    problems = problems_of(at_hand.contents(), on=datetime.now(QUEBEC).date())
    errors = [problem for problem in problems if problem.severity is Severity.error]
    if errors:
        for problem in errors:
            complain(str(problem))
        raise Refused(say("terminal.knowledge_broken"))
    return at_hand.library()


def ready_model(settings: Settings, *, force: bool = False, quiet: bool = False) -> Path:
    """The model for today's data, trained now if there is none.

    Training runs in a process of its own: what it imports (TensorFlow and more) stays out of the
    process that serves.
    """
    model = current_model(ROOT, settings.model_dir, at_hand.contents())
    if model.exists() and not force:
        if not quiet:
            show(say("terminal.step_done", label=say("terminal.model_current"), seconds="0,0"))
        return model
    if quiet:
        _train_apart(settings, force=force)
    else:
        with step("train"):
            _train_apart(settings, force=force)
    return model


def _train_apart(settings: Settings, *, force: bool) -> None:
    log = settings.var / "training.log"
    code = f"from bot.commands.preparing import train_here; train_here(force={force})"
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, stdout=output, stderr=output, check=False
        )
    if done.returncode != 0:
        raise Refused(say("terminal.training_failed", log=log))


def train_here(*, force: bool) -> None:
    """Train in this process, for `_train_apart`."""
    settings = Settings()
    quiet(settings)
    train(ROOT, settings.model_dir, afresh=force)


async def open_database(settings: Settings) -> Database:
    """The database, migrated; a sentence if it cannot be reached or written."""
    try:
        database = Database(settings.database, settings.keys)
        await migrate(database)
    except (SQLAlchemyError, PostgresError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise Refused(say("terminal.database_unreachable", reason=reason)) from error
    return database
