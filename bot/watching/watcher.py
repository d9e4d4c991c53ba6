"""Tells the counters, the log and the traces what happens in a turn."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from hashlib import sha256
from typing import Protocol

from structlog.contextvars import bind_contextvars, bound_contextvars

from bot.conversation.observing import Step
from bot.messages import Author, Reason
from bot.watching.metrics import Metrics

_SHORT = 10


def turn_id(conversation_id: str, seq: int | None) -> str:
    """The one id of a turn in logs and traces. It is made from the conversation's id, which cannot
    be found back from it."""
    short = sha256(conversation_id.encode()).hexdigest()[:_SHORT]
    return short if seq is None else f"{short}-{seq}"


class Tracing(Protocol):
    """Spans, where there is somewhere to send them (see `traces`)."""

    def of_turn(self, step: Step, turn: str) -> AbstractContextManager[None]: ...

    def step(self, step: Step) -> AbstractContextManager[None]: ...


class Watcher:
    """An `Observer`."""

    def __init__(self, metrics: Metrics, tracing: Tracing | None = None) -> None:
        self.metrics = metrics
        self._tracing = tracing

    def about(self, conversation_id: str) -> None:
        bind_contextvars(turn=turn_id(conversation_id, None))

    @contextmanager
    def within(self, step: Step, conversation_id: str, seq: int | None) -> Iterator[None]:
        turn = turn_id(conversation_id, seq)
        with ExitStack() as entered:
            entered.enter_context(bound_contextvars(turn=turn))
            if self._tracing is not None and seq is not None:
                entered.enter_context(self._tracing.of_turn(step, turn))
            yield

    def step(self, step: Step) -> AbstractContextManager[None]:
        return nullcontext() if self._tracing is None else self._tracing.step(step)

    def said(self, channel: str, author: Author, count: int = 1) -> None:
        self.metrics.messages.labels(author.value, channel).inc(count)

    def answered(self, channel: str, theme: str | None, seconds: float) -> None:
        self.metrics.delay.labels(channel).observe(seconds)
        if theme is not None:
            self.metrics.understood.labels(theme).inc()

    def handed_over(self, reason: Reason) -> None:
        self.metrics.handovers.labels(reason.value).inc()

    def promise_missed(self, count: int = 1) -> None:
        self.metrics.promises_missed.inc(count)
