"""What Prometheus reads is what happened; nobody else reads it; no word of anybody is in it."""

import asyncio
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from builders import BrokenEngine, EchoEngine, handing_over, service_on

from bot.messages import Author, Outcome, Reason, Reply, Understanding
from bot.settings import ROOT
from bot.wiring import Service
from tests.channels.web_client import Writer, web, writer
from tests.watching.conftest import TOKEN
from tests.watching.figures import Figures, figures, read


async def test_without_the_token_there_is_no_such_page(http: httpx.AsyncClient) -> None:
    for header in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer "}):
        assert (await http.get("/metrics", headers=header)).status_code == 404


async def test_without_a_token_in_the_settings_nobody_reads_it(sqlite_url: str) -> None:
    async with web(service_on(sqlite_url)) as http:
        for header in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer None"}):
            assert (await http.get("/metrics", headers=header)).status_code == 404


async def test_messages_are_counted_by_author_and_channel_once_each(
    http: httpx.AsyncClient, lea: Writer
) -> None:
    await lea.send("combien coûte le CAQ?", key="one")
    await lea.send("combien coûte le CAQ?", key="one")  # the same message again
    await lea.send("et la session?")
    seen = await figures(http, TOKEN)
    assert seen.of("qve_messages_total", author="person", channel="web") == 2
    assert seen.of("qve_messages_total", author="bot", channel="web") == 2
    assert seen.of("qve_messages_total", author="system", channel="web") == 1, "the notice"
    assert seen.of("qve_messages_total", author="person", channel="telegram") == 0


async def test_the_delay_of_a_turn_and_its_theme_are_kept(sqlite_url: str) -> None:
    understood = Outcome((Reply("134 $"),), Understanding("caq"))
    async with web(service_on(sqlite_url, EchoEngine(understood), metrics_token=TOKEN)) as http:
        await (await writer(http)).send("combien coûte le CAQ?")
        seen = await figures(http, TOKEN)
    assert seen.of("qve_turn_duration_seconds_count", channel="web") == 1
    total = seen.of("qve_turn_duration_seconds_sum", channel="web")
    assert total is not None
    assert 0 < total < 60
    assert seen.of("qve_turns_understood_total", theme="caq") == 1


async def test_a_handover_is_counted_with_the_reason_it_is_kept_with(sqlite_url: str) -> None:
    service = service_on(sqlite_url, EchoEngine(handing_over()), metrics_token=TOKEN)
    async with web(service) as http:
        await (await writer(http)).send("je veux parler à quelqu’un")
        seen = await figures(http, TOKEN)
    assert seen.of("qve_handovers_total", reason=Reason.personal_case.value) == 1
    assert seen.of("qve_handovers_total", reason=Reason.asked.value) == 0
    assert seen.of("qve_cases_waiting") == 1
    age = seen.of("qve_cases_waiting_oldest_age_seconds")
    assert age is not None
    assert 0 <= age < 60


async def test_what_an_adviser_says_is_counted_and_the_assistant_stays_silent(
    sqlite_url: str,
) -> None:
    service = service_on(sqlite_url, EchoEngine(handing_over()), metrics_token=TOKEN)
    async with web(service) as http:
        lea = await writer(http)
        await lea.send("je veux parler à quelqu’un")
        adviser = await service.accounts.add(
            email="c@x.example", display_name="Claire", role="adviser", institution=None
        )
        assert adviser is not None
        await service.work.claim(1, adviser)
        await service.work.answer(1, adviser, "Bonjour Léa.", key="once")
        await service.work.answer(1, adviser, "Bonjour Léa.", key="once")
        await lea.send("merci")
        seen = await figures(http, TOKEN)
    assert seen.of("qve_messages_total", author="adviser", channel="web") == 1
    assert seen.of("qve_messages_total", author="person", channel="web") == 2
    assert seen.of("qve_messages_total", author="bot", channel="web") == 0
    assert seen.of("qve_cases_claimed") == 1


async def test_refusals_are_counted_by_status(http: httpx.AsyncClient, lea: Writer) -> None:
    await lea.send("")
    await http.get("/api/conversations/me/messages")
    seen = await figures(http, TOKEN)
    assert seen.of("qve_refusals_total", status="422") == 1
    assert seen.of("qve_refusals_total", status="401") == 1


async def test_an_error_that_is_logged_is_counted_by_where_it_was(sqlite_url: str) -> None:
    service = service_on(sqlite_url, BrokenEngine(), metrics_token=TOKEN)
    async with web(service) as http:
        lea = await writer(http)
        with service.oversight.running():
            await lea.send("bonjour")
        logging.getLogger("bot.elsewhere").error("after the service stopped")
        seen = await figures(http, TOKEN)
    assert seen.of("qve_errors_total", module="bot.conversation.conversations") == 1
    assert seen.of("qve_errors_total", module="bot.elsewhere") is None


async def test_a_stream_is_open_until_it_is_left(service: Service) -> None:
    """Beside the application: `httpx` waits for the end of an answer before it gives it."""
    from bot.watching.counting import Counting

    left, begun = asyncio.Event(), asyncio.Event()

    async def app(scope: object, receive: object, send: object) -> None:
        headers = [(b"content-type", b"text/event-stream; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})  # type: ignore[operator]
        begun.set()
        await left.wait()

    async def nothing(*_: object) -> None: ...

    metrics = service.oversight.metrics
    streaming = asyncio.create_task(
        Counting(app, metrics)({"type": "http"}, nothing, nothing)  # type: ignore[arg-type]
    )
    await begun.wait()
    assert metrics.streams._value.get() == 1
    left.set()
    await streaming
    assert metrics.streams._value.get() == 0


async def test_no_word_and_no_id_of_anybody_is_shown(http: httpx.AsyncClient, lea: Writer) -> None:
    await lea.send("je m’appelle Zoé Quidam")
    response = await http.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    for word in ("Quidam", "Zoé", lea.id, lea.token):
        assert word not in response.text


async def test_names_follow_the_conventions(http: httpx.AsyncClient) -> None:
    seen = await figures(http, TOKEN)
    assert len(seen.families) > 20
    for name, family in seen.families.items():
        assert re.fullmatch(r"qve_[a-z_]+", name)
        assert family.documentation.endswith(".")
        totals = [s.name for s in family.samples if s.name.endswith("_total")]
        assert len(totals) == (len(family.samples) if family.type == "counter" else 0), name


async def test_openmetrics_is_given_to_who_asks_for_it(http: httpx.AsyncClient) -> None:
    asked = {
        "Authorization": f"Bearer {TOKEN}",
        "Accept": "application/openmetrics-text; version=1.0.0",
    }
    response = await http.get("/metrics", headers=asked)
    assert response.headers["content-type"].startswith("application/openmetrics-text")
    assert response.text.endswith("# EOF\n")


def counted_by(processes: int, folder: Path) -> Figures:
    """Each process counts three messages and holds a stream open; the last one alive is read."""
    code = """
import os, sys, time
from bot.messages import Author
from bot.watching.metrics import Metrics
from bot.watching.watcher import Watcher
from prometheus_client import generate_latest
metrics = Metrics()
Watcher(metrics).said("web", Author.person, 3)
Watcher(metrics).answered("web", "caq", 0.2)
metrics.streams.inc()
if sys.argv[1] == "read":
    sys.stdout.write(generate_latest(metrics.registry()).decode())
"""
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(folder)}
    for number in range(processes):
        mode = "read" if number == processes - 1 else "count"
        done = subprocess.run(
            [sys.executable, "-c", code, mode],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    return read(done.stdout)


def test_several_processes_on_one_port_are_one_sum_and_the_dead_listen_to_nobody(
    tmp_path: Path,
) -> None:
    seen = counted_by(3, tmp_path)
    assert seen.of("qve_messages_total", author="person", channel="web") == 9
    assert seen.of("qve_turn_duration_seconds_count", channel="web") == 3
    assert seen.of("qve_streams_open") == 1, "the other two are dead"


@pytest.mark.parametrize("author", list(Author))
async def test_what_has_not_happened_yet_is_zero(http: httpx.AsyncClient, author: Author) -> None:
    seen = await figures(http, TOKEN)
    assert seen.of("qve_messages_total", author=author.value, channel="telegram") == 0
