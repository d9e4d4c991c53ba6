"""Joins what watches the service to its parts: counters, traces, readiness, and their pages."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from fastapi import FastAPI
from redis.asyncio import Redis
from sqlalchemy import text

from bot.conversation.conversations import Engine
from bot.handover.hours import QUEBEC
from bot.messages import Incoming
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.standing_store import SqlStanding
from bot.watching.counting import Counting
from bot.watching.doors import health_router, metrics_router
from bot.watching.metrics import ErrorsCounted, Metrics
from bot.watching.readiness import Part
from bot.watching.showing import page
from bot.watching.watcher import Tracing, Watcher
from knowledge.library import Library

_REDIS_ANSWERS_WITHIN = 1.0
_ANY_MESSAGE = "bonjour"


class Oversight:
    """`watcher` is what the conversations tell."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        library: Library,
        engine: Engine,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._database = database
        self._library = library
        self._engine = engine
        self._clock = clock
        self._traces = _traces(settings)
        self.metrics = Metrics()
        self.watcher = Watcher(self.metrics, self._traces)

    def add_pages(self, app: FastAPI) -> None:
        """Health and figures; before anything that answers whatever is left."""
        secret = self._settings.metrics_token
        token = None if secret is None else secret.get_secret_value()
        app.include_router(health_router(self._parts()))
        app.include_router(metrics_router(self._page, token))

    def add_counting(self, app: FastAPI) -> None:
        """Outermost: last, therefore."""
        app.add_middleware(Counting, metrics=self.metrics)

    @contextmanager
    def running(self) -> Iterator[None]:
        """As long as the service runs: errors are counted; at the end, spans are sent."""
        counting = ErrorsCounted(self.metrics)
        logging.getLogger().addHandler(counting)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(counting)
            if self._traces is not None:
                self._traces.close()

    async def _page(self, accept: str) -> tuple[bytes, str]:
        now = self._clock()
        today = now.astimezone(QUEBEC).date()
        topics = self._library.topics.values()
        due = sum(topic.review_by < today for topic in topics)
        standing = await SqlStanding(self._database).standing(now)
        return page(self.metrics, standing, len(topics), due, now=now, accept=accept)

    def _parts(self) -> Mapping[str, Part]:
        parts = {
            "database": Part(self._database_answers),
            "model": Part(self._model_answers),
            "knowledge": Part(self._knowledge_is_there),
        }
        if self._settings.redis_url is not None:
            # Without it turns go on: news come later, each process counts alone.
            parts["redis"] = Part(self._redis_answers, needed=False)
        return parts

    async def _database_answers(self) -> str | None:
        async with self._database.read() as session:
            await session.execute(text("SELECT 1 FROM conversations LIMIT 1"))
        return None

    async def _model_answers(self) -> str | None:
        """A message is read as any other would be, and nothing is kept of it."""
        asked = Incoming("", _ANY_MESSAGE, "", self._clock())
        await self._engine.may_keep_contact(asked, has_adviser=True)
        return None

    async def _knowledge_is_there(self) -> str | None:
        return None if self._library.topics else "empty"

    async def _redis_answers(self) -> str | None:
        assert self._settings.redis_url is not None
        redis: Redis = Redis.from_url(
            self._settings.redis_url,
            socket_timeout=_REDIS_ANSWERS_WITHIN,
            socket_connect_timeout=_REDIS_ANSWERS_WITHIN,
        )
        try:
            await redis.ping()
        finally:
            await redis.close()
        return None


class _Traces(Tracing, Protocol):
    def close(self) -> None: ...


def _traces(settings: Settings) -> _Traces | None:
    if settings.traces_url is None:
        return None
    from bot.watching.traces import Traces

    return Traces.sent_to(settings.traces_url)
