"""The bus of several processes: what one is told, the others' listeners hear too, through Redis.

Redis only carries the news that there is something to read; the database is the truth. News lost
while Redis was away is made good by telling every listener to look again.
"""

import asyncio
import json
import logging
import uuid
from dataclasses import asdict

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.conversation.bus import Bus, Changed, Erased, Looking, News, Noted, Typing

logger = logging.getLogger(__name__)
_CHANNEL = "qve:news"
_KINDS: dict[str, type[News]] = {
    kind.__name__: kind for kind in (Changed, Typing, Erased, Looking, Noted)
}
_PATIENCE = 1.0
_LONGEST_PATIENCE = 15.0


class SharedBus(Bus):
    """`follow` must run as long as the process serves."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._redis: Redis = Redis.from_url(
            url, decode_responses=True, health_check_interval=15, socket_connect_timeout=5
        )
        self._me = uuid.uuid4().hex
        self._sending: set[asyncio.Task[None]] = set()

    def tell(self, news: News) -> None:
        super().tell(news)
        sending = asyncio.get_running_loop().create_task(self._send(news))
        self._sending.add(sending)  # a task nobody holds may vanish before it ran
        sending.add_done_callback(self._sending.discard)

    async def _send(self, news: News) -> None:
        letter = {"from": self._me, "kind": type(news).__name__, "news": asdict(news)}
        try:
            await self._redis.publish(_CHANNEL, json.dumps(letter))
        except (RedisError, OSError):
            logger.warning("news could not be shared: Redis does not answer")

    async def follow(self) -> None:
        """Hear the other processes until cancelled; come back by itself when Redis does."""
        patience = _PATIENCE
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
                    await channel.subscribe(_CHANNEL)
                    self.tell_everyone_to_look()
                    patience = _PATIENCE
                    async for letter in channel.listen():
                        self._receive(letter["data"])
            except (RedisError, OSError):
                logger.warning("no news from Redis; trying again in %.0f s", patience)
                await asyncio.sleep(patience)
                patience = min(2 * patience, _LONGEST_PATIENCE)

    def _receive(self, written: str) -> None:
        try:
            letter = json.loads(written)
            if letter["from"] != self._me:
                super().tell(_KINDS[letter["kind"]](**letter["news"]))
        except (ValueError, KeyError, TypeError):
            # Another version's news, during an upgrade: what it told of is in the database.
            logger.warning("news that could not be read")
            self.tell_everyone_to_look()

    async def close(self) -> None:
        await self._redis.close()
