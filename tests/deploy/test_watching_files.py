"""The dashboard and the alerts ask for figures that exist, and their own tools can read them."""

import json
import re
import shutil
import subprocess

import httpx
import pytest
import pytest_asyncio
import yaml
from builders import EchoEngine, now, service_on

from bot.messages import Outcome, Reply, Understanding
from bot.privacy.purging import Purging
from bot.settings import ROOT
from bot.storage.personal_records import SqlPersonalRecords
from bot.storage.purge_store import SqlPurger
from tests.channels.web_client import web, writer
from tests.watching.figures import figures

FOLDER = ROOT / "deploy" / "watching"
A_FIGURE = re.compile(r"\bqve_[a-z_]+")
TOKEN = "scraped-by-prometheus"
# Made by prometheus-adapter from the histogram (deploy/watching/adapter.yml).
MADE_ELSEWHERE = {"qve_turn_duration_seconds_p"}


def asked_for(text: str) -> set[str]:
    return set(A_FIGURE.findall(text))


def expressions() -> list[str]:
    dashboard = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))
    return [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


def alerts() -> list[dict[str, object]]:
    groups = yaml.safe_load((FOLDER / "alerts.yml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


@pytest_asyncio.fixture
async def shown(sqlite_url: str) -> set[str]:
    """The names of /metrics after a life: an answer, a refusal, an error, a purge."""
    understood = Outcome((Reply("134 $"),), Understanding("caq"))
    service = service_on(sqlite_url, EchoEngine(understood), metrics_token=TOKEN)
    async with web(service) as http:
        await (await writer(http)).send("combien")
        await http.get("/api/conversations/me/messages")
        service.oversight.metrics.errors.labels("bot.x").inc()
        records, purger = SqlPersonalRecords(service.database), SqlPurger(service.database)
        await Purging(records, purger, service.settings.retention, now).purge()
        seen = await figures(http, TOKEN)
    await service.database.close()
    assert isinstance(http, httpx.AsyncClient)
    return seen.names


async def test_every_figure_of_the_dashboard_and_the_alerts_exists(shown: set[str]) -> None:
    asked = {name for rule in alerts() for name in asked_for(str(rule["expr"]))}
    asked |= {name for expression in expressions() for name in asked_for(expression)}
    assert len(asked) > 15
    assert asked - shown == set()


async def test_what_the_autoscaler_asks_for_is_made_of_a_figure_that_exists(
    shown: set[str],
) -> None:
    adapter = asked_for((FOLDER / "adapter.yml").read_text("utf-8"))
    assert adapter - shown == set()
    scaling = asked_for((ROOT / "deploy/kubernetes/autoscaling.yml").read_text("utf-8"))
    assert scaling == MADE_ELSEWHERE


def test_every_alert_says_what_to_do_in_the_guide() -> None:
    guide = (ROOT / "docs" / "exploitation.md").read_text("utf-8").casefold()
    for rule in alerts():
        runbook = str(rule["annotations"]["runbook"])  # type: ignore[index]
        anchor = runbook.partition("#")[2]
        assert runbook.startswith("docs/exploitation.md#")
        assert re.search(rf"^#+ {anchor}\b", guide, re.MULTILINE), anchor
        assert rule["labels"]["severity"] in ("warning", "critical")  # type: ignore[index]


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool (Debian: prometheus)")
@pytest.mark.parametrize(
    "arguments",
    [("rules", "alerts.yml"), ("config", "--syntax-only", "prometheus.yml")],
)
def test_prometheus_own_tool_accepts_them(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        ["promtool", "check", *arguments], cwd=FOLDER, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
