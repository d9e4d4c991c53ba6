"""A Rasa developer is at home: Rasa's own tools work on the project, and find nothing to say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.settings import ROOT
from knowledge.schema import Theme

_QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "TQDM_DISABLE": "1"}
_RASA = Path(sys.executable).with_name("rasa")


@pytest.mark.slow
def test_rasa_data_validate_finds_nothing_even_with_warnings_as_failures() -> None:
    done = subprocess.run(
        [_RASA, "data", "validate", "--domain", "domain", "--fail-on-warnings"],
        cwd=ROOT,
        env={**os.environ, **_QUIET},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_no_key_stands_in_two_files_of_the_domain() -> None:
    """Rasa merges them in no promised order, and only warns."""
    seen: dict[tuple[str, str], str] = {}
    for path in sorted((ROOT / "domain").glob("*.yml")):
        for section, entries in yaml.safe_load(path.read_text("utf-8")).items():
            if isinstance(entries, str) or section == "session_config":
                continue
            for key in entries:
                assert (section, key) not in seen, f"{key}: {path.name}, {seen[section, key]}"
                seen[section, key] = path.name
    assert len(seen) > 40


def test_every_response_an_action_says_exists() -> None:
    responses = {
        name
        for path in (ROOT / "domain").glob("*.yml")
        for name in yaml.safe_load(path.read_text("utf-8")).get("responses", {})
    }
    said = {
        name
        for path in (ROOT / "actions").glob("*.py")
        for name in re.findall(r"[\"'](utter_[a-z_]+)[\"']", path.read_text("utf-8"))
    }
    assert len(said) > 8
    assert said <= responses


def test_classes_named_in_the_configuration_can_be_imported() -> None:
    from importlib import import_module

    from bot.understanding.left_out import leave_out_what_is_not_used

    leave_out_what_is_not_used()
    named = re.findall(
        r"\b(bot(?:\.\w+)+)\.(\w+)",
        (ROOT / "config.yml").read_text("utf-8") + (ROOT / "endpoints.yml").read_text("utf-8"),
    )
    assert len(named) >= 6
    for module, name in named:
        assert hasattr(import_module(module), name)


def test_every_theme_has_somewhere_to_go() -> None:
    from bot.understanding.importer import KnowledgeImporter

    intents = set(KnowledgeImporter().get_domain().intents)
    assert {theme.value for theme in Theme} <= intents
