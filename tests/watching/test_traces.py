"""A turn is one trace, from what is understood to what is delivered, wherever it is delivered; it
leaves by OTLP over HTTP, and holds no word of anybody."""

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from builders import BrokenEngine, service_on

from bot.conversation.conversations import Engine
from bot.conversation.observing import Step
from bot.settings import ROOT
from bot.watching.metrics import Metrics
from bot.watching.traces import Traces
from bot.watching.watcher import Watcher, turn_id
from tests.channels.web_client import Writer, web, writer


class Collector:
    """What an OpenTelemetry collector is sent."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sink.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1/traces"

    @property
    def spans(self) -> list[dict[str, Any]]:
        return [
            span
            for body in self.bodies
            for resource in json.loads(body)["resourceSpans"]
            for scope in resource["scopeSpans"]
            for span in scope["spans"]
        ]


@pytest.fixture
def collector() -> Iterator[Collector]:
    collector = Collector()
    yield collector
    collector.server.shutdown()
    collector.server.server_close()


async def a_turn(
    url: str, collector: Collector, engine: Engine | None = None
) -> tuple[Writer, int]:
    service = service_on(url, engine, traces_url=collector.url)
    async with web(service) as http:
        with service.oversight.running():
            lea = await writer(http)
            seq = (await lea.send("je m’appelle Zoé Quidam")).json()["message"]["seq"]
    return lea, seq


async def test_a_turn_is_one_trace_of_its_steps_and_says_nobodys_words(
    sqlite_url: str, collector: Collector
) -> None:
    lea, seq = await a_turn(sqlite_url, collector)
    spans = {span["name"]: span for span in collector.spans}
    assert set(spans) == {step.value for step in Step}
    assert len({span["traceId"] for span in spans.values()}) == 1
    root = spans["turn"]
    assert not root.get("parentSpanId")
    for name in ("understand", "store", "deliver"):
        assert spans[name]["parentSpanId"] == root["spanId"], name
    [attribute] = root["attributes"]
    assert attribute == {"key": "turn", "value": {"stringValue": turn_id(lea.id, seq)}}
    sent = b"".join(collector.bodies).decode()
    for word in ("Quidam", "Zoé", "écho", lea.id):
        assert word not in sent


async def test_what_failed_is_marked_by_its_kind_alone(
    sqlite_url: str, collector: Collector
) -> None:
    await a_turn(sqlite_url, collector, BrokenEngine())
    [understand] = [span for span in collector.spans if span["name"] == "understand"]
    assert understand["status"]["code"] in (2, "STATUS_CODE_ERROR")
    assert "the model is gone" not in json.dumps(understand)
    assert "RuntimeError" in json.dumps(understand)


def test_another_process_adds_to_the_same_trace(collector: Collector) -> None:
    for step in (Step.turn, Step.deliver):  # each as a process of its own would
        traces = Traces.sent_to(collector.url)
        with Watcher(Metrics(), traces).within(step, "lea", 4):
            pass
        traces.close()
    by_name = {span["name"]: span for span in collector.spans}
    assert by_name["deliver"]["traceId"] == by_name["turn"]["traceId"]
    assert by_name["deliver"]["parentSpanId"] == by_name["turn"]["spanId"]


async def test_a_collector_that_is_away_delays_nobody(sqlite_url: str) -> None:
    service = service_on(sqlite_url, traces_url="http://127.0.0.1:9/v1/traces")
    async with web(service) as http:
        answer = await asyncio.wait_for((await writer(http)).send("bonjour"), 30)
    assert answer.status_code == 201


def test_without_an_address_nothing_of_it_is_imported() -> None:
    code = (
        "import sys, bot.wiring, bot.wiring.overseeing, bot.watching.watcher\n"
        "print([m for m in sys.modules if m.startswith('opentelemetry.sdk')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
