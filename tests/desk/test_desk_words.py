"""The desk's sentences and the code agree, both ways."""

import ast
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot import desk
from bot.desk import (
    dashboard,
    moments,
    person_page,
    profile,
    queue,
    rota_page,
    settings_page,
)
from bot.desk.entering import accounts_page, identity_page, me
from bot.desk.words import word
from bot.handover.case import Ending, Outcome
from bot.handover.duty import Half
from bot.handover.queue import View
from bot.handover.roles import Role
from bot.learning.remark import Verdict
from bot.learning.suggestion import Kind, State
from bot.messages import Reason, Why
from bot.reporting.indicators import DELAYS, KEPT, LATE, LONGER, NEVER, Dimension, Measure
from bot.settings import Settings
from knowledge.schema import Age, Certainty, Citizenship, Handover, Level

HOUSE = Path(desk.__file__).parent
NOW = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)
CHOSEN_BY_VALUE = {
    "reasons": {reason.value for reason in Reason},
    "endings": {ending.value for ending in Ending},
    "lessons": {kind.value for kind in Kind},
    "freshness": {"fresh", "soon", "due"},
    "handovers": {handover.value for handover in Handover},
    "certainties": {certainty.value for certainty in Certainty},
    "verdicts": {verdict.value for verdict in Verdict},
    "identity": set(identity_page._STATUS),
    "decisions": {state.value for state in State if state is not State.open},
    "whys": {why.value for why in Why},
    "views": {view.value for view in View},
    "nothing": {view.value for view in View},
    "outcomes": {outcome.value for outcome in Outcome},
    "waits": {str(hours) for hours in queue._WAITS},
    "satisfaction": {"1", "2", "3"},
    "profile": set(profile._PARTS),
    "standings": {"waiting", "mine", "ended"},
    "erasing": {why.value for why in person_page.Why},
    "measures": {measure.value for measure in Measure},
    "dimensions": {dimension.value for dimension in Dimension},
    "delays": {*DELAYS, LONGER, NEVER},
    "promises": {KEPT, LATE},
    "opinions": {"useful", "useless"},
    "figures": {*dashboard._COLUMNS, "rest", "unknown"},
    "annual": {
        *("conversations", "questions", "answered", "cases", "promise", "useful"),
        *("helped", "countries", "campaigns", "share", "none"),
    },
    "roles": {role.value for role in Role},
    "citizenships": {citizenship.value for citizenship in Citizenship},
    "levels": {level.value for level in Level},
    "ages": {age.value for age in Age},
    "me": me._DONE,
    "rota": rota_page._DONE,
    "settings": settings_page._DONE,
    "halves": {half.value for half in Half},
    "half_days": {half.value for half in Half},
    "started_with": set(Settings().shown),
    "account": accounts_page._DONE,
}
OPEN = {
    "themes",
    "channels",
    "kinds",
    "verbs",
    "actors",
    "writers",
    "admitteds",
    "households",
    "housings",
}  # names that come from outside; shown as they are when unknown


def named() -> set[str]:
    """Names of sentences written in the code or in a template."""
    files = [*HOUSE.rglob("*.py"), *HOUSE.glob("templates/*.html")]
    assert len(files) > 20
    found = set()
    for file in files:
        found |= set(re.findall(r"[\"']([a-z_]+\.(?!html)[a-z_]+)[\"']", file.read_text("utf-8")))
    return {
        name for name in found if name.split(".")[0] in {n.split(".")[0] for n in word.sentences}
    }


def test_every_sentence_is_used_and_every_name_has_its_sentence() -> None:
    chosen = {f"{section}.{name}" for section, names in CHOSEN_BY_VALUE.items() for name in names}
    kept = {name for name in word.sentences if name.split(".")[0] not in OPEN}
    assert kept == named() | chosen


def test_no_french_sentence_stands_in_python() -> None:
    looked_at = 0
    for file in HOUSE.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        docs = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        }
        bare = {
            node.value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                looked_at += 1
                if node.value not in docs | bare:
                    assert not re.search(r"[à-ÿœ«»’]", node.value), (file.name, node.value)
    assert looked_at > 100


@pytest.mark.parametrize(
    ("delay", "words"),
    [
        (timedelta(seconds=20), "dans 1\u00a0min"),
        (timedelta(minutes=59), "dans 59\u00a0min"),
        (timedelta(hours=2), "dans 2\u00a0h"),
        (timedelta(hours=2, minutes=5), "dans 2\u00a0h\u00a005"),
        (timedelta(days=3, hours=5), "dans 3\u00a0j"),
        (-timedelta(minutes=35), "en retard de 35\u00a0min"),
    ],
)
def test_how_far_a_promise_is(delay: timedelta, words: str) -> None:
    assert moments.ahead(NOW + delay, NOW) == words


def test_days_are_those_of_quebec() -> None:
    late_evening = datetime(2026, 11, 25, 3, 30, tzinfo=timezone.utc)
    assert moments.day_and_hour(late_evening, NOW) == "aujourd’hui à 22\u00a0h\u00a030"
    assert moments.day_and_hour(NOW + timedelta(days=1), NOW) == "demain à 10\u00a0h"
    assert moments.day_and_hour(NOW - timedelta(days=1), NOW) == "hier à 10\u00a0h"
    assert moments.day_and_hour(NOW + timedelta(days=7), NOW) == "mardi 1er décembre à 10\u00a0h"


def test_an_hour_elsewhere_names_its_day_when_it_is_another() -> None:
    assert moments.hour(NOW, "Europe/Paris") == "16\u00a0h"
    assert "mercredi 25 novembre" in moments.hour(NOW, "Pacific/Auckland")
    assert not moments.elsewhere("America/Montreal", NOW)
