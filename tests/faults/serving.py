"""One process of the service, its settings given as JSON: real doors, an engine that repeats."""

import asyncio
import json
import logging
import signal
import sys
from pathlib import Path

import uvicorn

TESTS = Path(__file__).resolve().parents[1]
sys.path += [str(TESTS.parent), str(TESTS), str(TESTS / "channels" / "on_telegram")]


async def serve(port: int, database_url: str, redis_url: str | None, api_url: str) -> None:
    from bot_api import TOKEN
    from builders import EchoEngine, handing_over, service_on
    from phone import QUICK

    from bot.channels.telegram.calling import Connection
    from bot.messages import Message, Outcome
    from bot.wiring import build_app, telegram_door

    class Repeating(EchoEngine):
        """Asks for an adviser when told to; else repeats, not at once."""

        async def respond(self, message: Message, *, waiting: bool) -> Outcome:
            await asyncio.sleep(0.02)
            if message.text.startswith("un conseiller") and not waiting:
                return handing_over()
            return await super().respond(message, waiting=waiting)

    settings = {"redis_url": redis_url, "telegram_token": TOKEN, "telegram_api_url": api_url}
    service = service_on(database_url, Repeating(), **settings)
    door = telegram_door(service, connection=Connection(TOKEN, api_url, a_second=0), paces=QUICK)
    app = build_app(service, telegram=door)
    config = uvicorn.Config(app, port=port, ws="none", log_config=None, timeout_graceful_shutdown=2)
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _tell_what_is_under_way)
    await uvicorn.Server(config).serve()


def _tell_what_is_under_way() -> None:
    for task in asyncio.all_tasks():
        task.print_stack(limit=4)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    asyncio.run(serve(**json.loads(sys.argv[1])))
