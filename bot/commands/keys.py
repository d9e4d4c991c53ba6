"""`qve rotate-keys`: what was sealed is sealed again with the newest key."""

import asyncio
from argparse import Namespace

from bot.commands.preparing import open_database
from bot.commands.terminal import Refused, command, show
from bot.desk.entering.second_factor import PURPOSE
from bot.keys import add_secret_key
from bot.seal import Seal
from bot.settings import Settings
from bot.storage.resealing import reseal
from bot.texts import say


@command
def rotate(arguments: Namespace, settings: Settings) -> int:
    """With `--new-key`, a key is made first in `var/secret.key`; those given by QVE_SECRET_KEYS are
    whoever runs the service's to change."""
    if arguments.new_key:
        if settings.secret_keys is not None:
            raise Refused(say("terminal.keys_are_given"))
        add_secret_key(settings.var)
        show(say("terminal.key_added"))

    async def again() -> int:
        database = await open_database(settings)
        done = await reseal(database, second_factors=Seal(settings.keys, purpose=PURPOSE))
        await database.close()
        show(say("terminal.resealed", count=done.again))
        if done.unreadable:
            raise Refused(say("terminal.unreadable", count=done.unreadable))
        return 0

    return asyncio.run(again())
