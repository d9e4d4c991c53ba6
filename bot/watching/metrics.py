"""What is counted, for Prometheus. Names follow its conventions: a unit, `_total` for what only
grows. With several processes on one port each writes to a file of its own in the folder that
PROMETHEUS_MULTIPROC_DIR names (see `share_figures`), and any of them shows the sum.
"""

import logging
import os
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from bot.messages import Author, Reason

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# Seconds. What people feel: at once, short, long, too long; then what an outage leaves.
_DELAYS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 15, 60, 600)
_CHANNELS = ("web", "telegram")


def share_figures(folder: Path) -> None:
    """The processes started from here on count together, from nothing. In the library this is said
    by the environment, and read when it is imported: too late for this process."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink()
    os.environ[_FOLDER] = str(folder)


class Metrics:
    """One of them in a process."""

    def __init__(self) -> None:
        # Prometheus has no use for when each began: a series beside each.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self.messages = Counter(
            "qve_messages",
            "Messages stored, by author (those of the system: within a turn) and channel.",
            ("author", "channel"),
            registry=self._registry,
        )
        self.delay = Histogram(
            "qve_turn_duration_seconds",
            "From a message of a person received to the assistant's answer stored.",
            ("channel",),
            buckets=_DELAYS,
            registry=self._registry,
        )
        self.understood = Counter(
            "qve_turns_understood",
            "Messages the assistant answered, by the theme they were understood to be of.",
            ("theme",),
            registry=self._registry,
        )
        self.handovers = Counter(
            "qve_handovers", "Cases opened, by reason.", ("reason",), registry=self._registry
        )
        self.promises_missed = Counter(
            "qve_promises_missed",
            "Times that nobody answered by the moment the person was told.",
            registry=self._registry,
        )
        self.refusals = Counter(
            "qve_refusals", "Requests refused, by status.", ("status",), registry=self._registry
        )
        self.errors = Counter(
            "qve_errors", "Errors logged, by module.", ("module",), registry=self._registry
        )
        self.streams = Gauge(
            "qve_streams_open",
            "Event streams open: widgets and desks that listen.",
            multiprocess_mode="livesum",
            registry=self._registry,
        )
        self._begin_at_zero()

    def _begin_at_zero(self) -> None:
        """What has not happened yet is 0, not absent: an alert can count from there."""
        for channel in _CHANNELS:
            self.delay.labels(channel)
            for author in Author:
                self.messages.labels(author.value, channel)
        for reason in Reason:
            self.handovers.labels(reason.value)

    def registry(self) -> CollectorRegistry:
        """What every process of this host has counted."""
        folder = os.environ.get(_FOLDER)
        if folder is None:
            return self._registry
        _bury_the_dead(Path(folder))
        everyone = CollectorRegistry()
        MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]
        return everyone


def _bury_the_dead(folder: Path) -> None:
    """A process that was killed has no stream open any more, though its file says so."""
    for file in folder.glob("gauge_live*.db"):
        pid = int(file.stem.rpartition("_")[2])
        if not Path(f"/proc/{pid}").exists():
            mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]


class ErrorsCounted(logging.Handler):
    """Every error that is logged, wherever, is counted."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__(logging.ERROR)
        self._metrics = metrics

    def emit(self, record: logging.LogRecord) -> None:
        self._metrics.errors.labels(record.name).inc()
