"""The whole OpenAPI, tried by schemathesis: no answer of ours is a failure or not as described.

It needs libraries that Rasa's pins forbid (jsonschema), so it has an environment of its own, made
by `make schema-tool`; without it the test is passed over, or fails where services are required.
`QVE_TEST_SCHEMA_EXAMPLES` (8 by default) examples are made for each door.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from builders import EchoEngine
from serving import Serving

from bot.settings import ROOT

TOOL = ROOT / ".tools" / "schemathesis" / "bin" / "schemathesis"
EXAMPLES = os.environ.get("QVE_TEST_SCHEMA_EXAMPLES", "8")
ERASES = "erase_api_conversations_me_delete"
STREAM = "/api/conversations/me/events"  # it never ends


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    serving = Serving(tmp_path, EchoEngine(), telegram_token=None)
    serving.start()
    yield serving.url
    serving.stop()


@pytest.mark.slow
def test_every_door_keeps_its_word(served: str, tmp_path: Path) -> None:
    if not TOOL.exists():
        if os.environ.get("QVE_TEST_REQUIRE_SERVICES") == "1":
            pytest.fail("schemathesis is required here: make schema-tool")
        pytest.skip("schemathesis is not there: make schema-tool")
    opened = httpx.post(f"{served}/api/conversations", json={}).json()
    bearer = ("--header", f"Authorization: Bearer {opened['token']}")
    # The conversation is erased last; then its secret is one that is no good any more.
    _tried(served, tmp_path, *bearer, "--exclude-operation-id", ERASES)
    _tried(served, tmp_path, *bearer, "--include-operation-id", ERASES)


def _tried(served: str, folder: Path, *more: str) -> None:
    done = subprocess.run(
        [
            *(str(TOOL), "run", f"{served}/openapi.json", "--no-color", "--seed", "9"),
            *("--max-examples", EXAMPLES, "--exclude-path", STREAM, "--workers", "1"),
            *("--phases", "examples,coverage,fuzzing", "--request-timeout", "60"),
            *("--generation-database", "none", "--suppress-health-check", "all"),
            # No schema says that a link is spent, a file empty, a message of spaces only. Of two
            # methods of one address, Starlette's 405 names the first in `Allow`.
            *("--exclude-checks", "positive_data_acceptance,allow_header_conformance"),
            *more,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert re.search(r"\b(\d+) generated, \1 passed", done.stdout), done.stdout[-3000:]
