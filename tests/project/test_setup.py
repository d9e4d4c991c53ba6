"""When the machine is not ready, `make` says why in one sentence."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the setup reads, without anything installed."""
    for name in ("scripts", "pyproject.toml", "uv.lock", ".python-version", "README.md"):
        source = ROOT / name
        target = tmp_path / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    return tmp_path


def set_up(project: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["sh", "scripts/setup.sh"],
        cwd=project,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def give_a_uv(project: Path, *, fails_at: str, saying: str) -> None:
    """A uv that stops at one of its commands, with words the real one uses."""
    uv = project / ".tools" / "uv" / "bin" / "uv"
    uv.parent.mkdir(parents=True)
    uv.write_text(
        f'#!/bin/sh\n[ "$1" = {fails_at} ] && {{ echo "{saying}" >&2; exit 1; }}\nexit 0\n'
    )
    uv.chmod(0o755)


@pytest.mark.parametrize(
    ("saying", "sentence"),
    [
        ("error: Failed to fetch: dns error", "Le réseau ne répond pas"),
        ("error: command 'gcc' failed: No such file", "Il manque un compilateur C"),
        ("No space left on device (os error 28)", "Le disque est plein"),
        ("something nobody foresaw", "Les paquets n’ont pas pu être installés"),
    ],
)
def test_packages_that_cannot_be_installed_say_why(
    project: Path, saying: str, sentence: str
) -> None:
    give_a_uv(project, fails_at="sync", saying=saying)

    done = set_up(project)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert "var/setup.log" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_no_python_310_says_how_to_get_it(project: Path) -> None:
    give_a_uv(project, fails_at="python", saying="No interpreter found for Python 3.10")

    done = set_up(project)

    assert done.returncode == 1
    assert "Python 3.10 est introuvable" in done.stderr


def test_a_machine_without_network_says_so(project: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    done = set_up(
        project,
        HTTPS_PROXY=nowhere,
        https_proxy=nowhere,
        ALL_PROXY=nowhere,
        PIP_NO_CACHE_DIR="1",
        PIP_RETRIES="0",
        UV_CACHE_DIR=str(project / "cache"),
        UV_HTTP_RETRIES="0",
    )
    assert done.returncode == 1
    assert "Le réseau ne répond pas" in done.stderr
