"""Advisers' accounts, and what is kept of the people who write."""

import asyncio
import json
from argparse import Namespace

from bot.commands.preparing import open_database
from bot.commands.terminal import Refused, command, moment_in_words, show
from bot.desk.entering.accounts import COMMAND
from bot.desk.entering.invitations import (
    AlreadyExists,
    BadEmail,
    invite_adviser,
    invite_again,
    readable_email,
)
from bot.privacy.purging import Purging
from bot.settings import Settings
from bot.storage.adviser_store import SqlAccountStore
from bot.storage.personal_records import SqlPersonalRecords
from bot.storage.purge_store import SqlPurger
from bot.texts import say
from bot.wiring import clock


@command
def add_adviser(arguments: Namespace, settings: Settings) -> int:
    """Create an adviser's account and print the link by which they choose a password."""

    async def add() -> int:
        database = await open_database(settings)
        invited = await invite_adviser(
            SqlAccountStore(database),
            email=arguments.email,
            display_name=arguments.name,
            institution=arguments.institution,
            role=arguments.role,
            now=clock(),
            public_url=settings.url,
        )
        await database.close()
        if isinstance(invited, BadEmail):
            raise Refused(say("terminal.bad_email", email=arguments.email))
        if isinstance(invited, AlreadyExists):
            raise Refused(say("terminal.adviser_exists", email=arguments.email))
        expires = moment_in_words(invited.expires_at)
        email = arguments.email
        show(say("terminal.adviser_added", email=email, expires=expires, url=invited.url))
        return 0

    return asyncio.run(add())


@command
def reset_adviser(arguments: Namespace, settings: Settings) -> int:
    """Give somebody who is locked out a new link, their second factor removed."""

    async def reset() -> int:
        database = await open_database(settings)
        accounts = SqlAccountStore(database)
        adviser = await accounts.by_email(readable_email(arguments.email) or "")
        if adviser is None or not adviser.email:
            await database.close()
            raise Refused(say("terminal.no_such_adviser", email=arguments.email))
        await accounts.remove_second_factor(adviser.id, by=COMMAND)
        invited = await invite_again(accounts, adviser, now=clock(), public_url=settings.url)
        await database.close()
        expires, email = moment_in_words(invited.expires_at), arguments.email
        show(say("terminal.adviser_reset", email=email, expires=expires, url=invited.url))
        return 0

    return asyncio.run(reset())


@command
def purge(_: Namespace, settings: Settings) -> int:
    """Erase now what is older than it is kept; the service does so every day."""

    async def erase_old() -> int:
        database = await open_database(settings)
        records, purger = SqlPersonalRecords(database), SqlPurger(database)
        removed = await Purging(records, purger, settings.retention, clock).purge()
        await database.close()
        show(say("terminal.purged"))
        for kind, count in removed.items():
            show(say(f"purged.{kind.value}", count=count))
        return 0

    return asyncio.run(erase_old())


@command
def export(arguments: Namespace, settings: Settings) -> int:
    """Print all that is kept of one conversation, as JSON."""

    async def read() -> int:
        database = await open_database(settings)
        records = await SqlPersonalRecords(database).export(arguments.conversation)
        await database.close()
        if records is None:
            raise Refused(say("terminal.no_such_conversation"))
        show(json.dumps(records, ensure_ascii=False, indent=2))
        return 0

    return asyncio.run(read())


@command
def erase(arguments: Namespace, settings: Settings) -> int:
    """Erase all that is kept of one conversation."""

    async def remove() -> int:
        database = await open_database(settings)
        known = await SqlPersonalRecords(database).erase(arguments.conversation, actor="command")
        await database.close()
        if not known:
            raise Refused(say("terminal.no_such_conversation"))
        show(say("terminal.erased"))
        return 0

    return asyncio.run(remove())
