"""The page that Prometheus reads: what was counted, and how things stand at this moment."""

from collections.abc import Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector, CollectorRegistry

from bot.reporting.standing import Queue, Standing
from bot.watching.metrics import Metrics

CHANNELS = ("web", "telegram")


def page(
    metrics: Metrics, standing: Standing, topics: int, due: int, *, now: datetime, accept: str
) -> tuple[bytes, str]:
    """The page and its media type, in the format the reader asks for. `topics`: those of the
    knowledge, `due` those past their review."""
    registry = CollectorRegistry()
    registry.register(_Everything(metrics.registry()))
    registry.register(_Now(standing, topics, due, now))
    encode, media_type = choose_encoder(accept)
    return encode(registry), media_type


class _Everything(Collector):
    """What another registry holds."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterator[Metric]:
        yield from self._registry.collect()


class _Now(Collector):
    def __init__(self, standing: Standing, topics: int, due: int, now: datetime) -> None:
        self._standing = standing
        self._topics = topics
        self._due = due
        self._now = now

    def collect(self) -> Iterator[Metric]:
        now = self._standing
        yield from self._queue("qve_cases_waiting", "Cases that nobody has taken", now.waiting)
        yield _gauge("qve_cases_late", "Waiting cases whose promise was broken.", now.late)
        yield _gauge("qve_cases_claimed", "Cases that an adviser has.", now.claimed)
        yield from self._queue("qve_turns_waiting", "Messages nobody has dealt with", now.turns)
        yield from self._queue("qve_outbox", "Chats with something still to be sent", now.outbox)
        yield from self._queue("qve_inbox", "Telegram's updates not dealt with", now.inbox)
        yield from self._queue("qve_letters_waiting", "Letters to be posted", now.letters)
        yield _gauge("qve_suggestions_open", "Suggestions to decide on.", now.suggestions)
        yield _gauge("qve_topics", "Topics of the knowledge.", self._topics)
        yield _gauge("qve_topics_due", "Topics past their review.", self._due)
        yield self._paused()
        if now.purged_at is not None:
            yield _gauge(
                "qve_last_purge_timestamp_seconds",
                "When what is kept too long was last removed.",
                now.purged_at.timestamp(),
            )

    def _queue(self, name: str, what: str, queue: Queue) -> Iterator[Metric]:
        age = 0.0 if queue.oldest is None else (self._now - queue.oldest).total_seconds()
        yield _gauge(name, f"{what}.", queue.count)
        yield _gauge(f"{name}_oldest_age_seconds", f"{what}: the oldest.", max(age, 0.0))

    def _paused(self) -> Metric:
        family = GaugeMetricFamily(
            "qve_channel_paused", "1 where the assistant is silent.", labels=["channel"]
        )
        for channel in CHANNELS:
            family.add_metric([channel], float(channel in self._standing.paused))
        return family


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)
