"""The benchmark on any intents, as people run it. Only our side: stock takes most of a minute."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.settings import ROOT

LEARNT = {
    "pizza": ["une pizza au fromage", "je veux une pizza", "pizza pour deux", "grande pizza"],
    "train": ["le train de nuit", "un train pour lyon", "train en retard", "prendre le train"],
    # A name that the product leaves to its guards is an intent like another one here.
    "english": ["un livre anglais", "lire un livre", "livre de poche", "rendre un livre"],
    "pets/cat": ["le [chat](animal) dort", "un [chat](animal) noir", "mon chat miaule"],
    "out_of_scope": ["zut", "la lune brille", "bravo à toi", "qui a gagné hier"],
}
ASKED = {
    "pizza": ["une pizza"],
    "train": ["le train"],
    "english": ["un livre"],
    "pets/cat": ["un [chat](animal)"],
}


def write(path: Path, intents: dict[str, list[str]]) -> Path:
    entries = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in intents.items()
    ]
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": entries}), "utf-8")
    return path


def run(learnt: Path, asked: Path, *words: object) -> "subprocess.CompletedProcess[str]":
    files = ["--train", str(learnt), "--test", str(asked)]
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.nlu", "--only", "ours", *files, *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
    )


@pytest.fixture
def learnt(tmp_path: Path) -> Path:
    return write(tmp_path / "learnt.yml", LEARNT)


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    return write(tmp_path / "asked.yml", ASKED)


@pytest.mark.slow
def test_what_is_easily_told_apart_is(tmp_path: Path, learnt: Path, asked: Path) -> None:
    outside = write(tmp_path / "outside.yml", {"out_of_scope": ["la lune", "qui a gagné"]})

    done = run(learnt, asked, "--oos", outside, "--json")

    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout)
    assert (measured["asked"], measured["outside"]) == (4, 2)
    assert measured["ours"]["accuracy"] == 100
    assert measured["ours"]["precision"] == 100
    assert measured["ours"]["area"] > 0.5
    assert all(measured["ours"][name] > 0 for name in ("train", "p50", "p95", "memory"))


@pytest.mark.slow
def test_the_table_has_a_line_a_figure_and_no_noise(
    tmp_path: Path, learnt: Path, asked: Path
) -> None:
    done = run(learnt, asked)

    assert done.returncode == 0, done.stderr
    first, _, head, *lines = done.stdout.splitlines()
    assert first == "19 messages learnt, 5 intents; 4 asked, 0 out of scope"
    assert head.split() == ["ours"]
    assert lines[0].split() == ["accuracy", "(%)", "100.0"]
    assert not [line for line in lines if "refused" in line]
    assert done.stderr.splitlines() == ["ours: training…", "ours: answering…"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "no such file"),
        ("", "no message with an intent"),
        ("nlu: [", "Rasa cannot read it"),
        ("nlu: []", "no message with an intent"),
        (yaml.safe_dump({"nlu": [{"intent": "bus", "examples": "- bus\n"}]}), "not have: bus."),
        (
            yaml.safe_dump({"nlu": [{"intent": "out_of_scope", "examples": "- zut\n"}]}),
            "no message that is in scope",
        ),
    ],
)
def test_a_bad_file_is_said_in_one_sentence(
    tmp_path: Path, learnt: Path, content: str | None, sentence: str
) -> None:
    bad = tmp_path / "bad.yml"
    if content is not None:
        bad.write_text(content, "utf-8")

    done = run(learnt, bad)

    assert done.returncode == 2
    assert done.stdout == ""
    [said] = done.stderr.splitlines()
    assert said.startswith(f"{bad}: ")
    assert sentence in said


def test_there_must_be_something_to_tell_apart(tmp_path: Path, asked: Path) -> None:
    lone = write(tmp_path / "lone.yml", {"pizza": ["pizza"], "out_of_scope": ["zut"]})
    done = run(lone, write(asked, {"pizza": ["une pizza"]}))
    assert done.returncode == 2
    assert "one intent only" in done.stderr
