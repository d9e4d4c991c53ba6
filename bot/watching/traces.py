"""Spans of a turn, sent by OTLP over HTTP as JSON. Imported only when there is somewhere to send
them (`QVE_TRACES_URL`): the packages of the extra `traces` are then needed.

The ids of a trace are made from the turn's: whichever process delivers an answer, minutes later,
adds to the same trace. No attribute holds a word of anybody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.json.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import IdGenerator, RandomIdGenerator
from opentelemetry.trace import (
    NonRecordingSpan,
    Span,
    SpanContext,
    StatusCode,
    TraceFlags,
    get_current_span,
    set_span_in_context,
    use_span,
)

from bot.conversation.observing import Step

_SERVICE = "quebec-ville-etudes"
_ANSWERS_WITHIN = 5  # seconds, in a thread of its own: nobody waits for it
_root: ContextVar[str | None] = ContextVar("root", default=None)


class Traces:
    """A `Tracing`. `close` sends what is left, and may wait some seconds."""

    def __init__(self, to: SpanProcessor) -> None:
        resource = Resource.create({"service.name": _SERVICE})
        self._provider = TracerProvider(resource=resource, id_generator=_Ids())
        self._provider.add_span_processor(to)
        self._tracer = self._provider.get_tracer(_SERVICE)

    @classmethod
    def sent_to(cls, url: str) -> "Traces":
        return cls(BatchSpanProcessor(OTLPSpanExporter(endpoint=url, timeout=_ANSWERS_WITHIN)))

    @contextmanager
    def of_turn(self, step: Step, turn: str) -> Iterator[None]:
        if step is Step.turn:
            marked = _root.set(turn)
            try:
                span = self._tracer.start_span(step.value, Context(), attributes={"turn": turn})
            finally:
                _root.reset(marked)
        else:  # a part of a turn that may have been begun by another process
            parent = set_span_in_context(NonRecordingSpan(_context_of(turn)), Context())
            span = self._tracer.start_span(step.value, parent, attributes={"turn": turn})
        with _entered(span):
            yield

    @contextmanager
    def step(self, step: Step) -> Iterator[None]:
        if not get_current_span().is_recording():
            yield
            return
        with _entered(self._tracer.start_span(step.value)):
            yield

    def close(self) -> None:
        self._provider.shutdown()


@contextmanager
def _entered(span: Span) -> Iterator[None]:
    """What an exception says may be somebody's words: only its kind is kept."""
    with use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
        try:
            yield
        except Exception as error:
            span.set_status(StatusCode.ERROR)
            span.set_attribute("exception.type", type(error).__name__)
            raise


class _Ids(IdGenerator):
    """Random, but for the first span of a turn: that one's are the turn's."""

    def __init__(self) -> None:
        self._random = RandomIdGenerator()

    def generate_trace_id(self) -> int:
        turn = _root.get()
        return self._random.generate_trace_id() if turn is None else _context_of(turn).trace_id

    def generate_span_id(self) -> int:
        turn = _root.get()
        return self._random.generate_span_id() if turn is None else _context_of(turn).span_id


def _context_of(turn: str) -> SpanContext:
    """Of the first span of a turn."""
    made = sha256(turn.encode()).digest()
    return SpanContext(
        trace_id=int.from_bytes(made[:16], "big"),
        span_id=int.from_bytes(made[16:24], "big"),
        is_remote=True,
        trace_flags=TraceFlags(TraceFlags.SAMPLED),
    )
