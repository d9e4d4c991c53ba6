"""`qve pause` and `qve resume`: the assistant is made silent on a channel, and heard again."""

import asyncio
from argparse import Namespace

from bot.commands.preparing import open_database
from bot.commands.terminal import command, show
from bot.desk.entering.accounts import COMMAND
from bot.settings import Settings
from bot.storage.pause_store import SqlPauses
from bot.texts import say
from bot.wiring import clock


@command
def pause(arguments: Namespace, settings: Settings) -> int:
    """From the next message on, in every process; what is said meanwhile is kept."""

    async def silence() -> int:
        database = await open_database(settings)
        new = await SqlPauses(database).pause(
            arguments.channel, words=arguments.say, actor=COMMAND, now=clock()
        )
        await database.close()
        name = "terminal.paused" if new else "terminal.paused_already"
        show(say(name, channel=arguments.channel))
        return 0

    return asyncio.run(silence())


@command
def resume(arguments: Namespace, settings: Settings) -> int:
    """What waits is answered within seconds, by the service that runs."""

    async def let_speak() -> int:
        database = await open_database(settings)
        was = await SqlPauses(database).resume(arguments.channel, actor=COMMAND)
        await database.close()
        name = "terminal.resumed" if was else "terminal.not_paused"
        show(say(name, channel=arguments.channel))
        return 0

    return asyncio.run(let_speak())
