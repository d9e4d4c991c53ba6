"""A message where there are 10,000 topics, against one where there are the real ones.

The project is copied, and topics are made of the real ones: their answers, and questions in which
one word is another subject's. The model is the real one made wider instead of trained: each made
topic has a real one's weights, its numbers in another order, and never the most likely. Time and
memory depend on how many numbers there are, not on what they say; and the same answers are given.
To train on so many is another matter: see docs/performance.md.
"""

import io
import random
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from benchmarks.beside.ours import served
from benchmarks.growth.pair import Pace, Pair, Tell, in_turn
from bot.settings import ROOT
from knowledge.checks import FEWEST_QUESTIONS
from knowledge.folding import fold

_COPIED = ("actions", "bot", "data", "domain", "knowledge", "config.yml", "endpoints.yml")
_NO_CACHES = shutil.ignore_patterns("__pycache__")
_NAMES_THE_MODEL = (
    "from pathlib import Path; from bot.settings import ROOT;"
    "from bot.understanding.training import current_model; print(current_model(ROOT, Path('.')))"
)
_LONG_WORD = re.compile(r"[a-zà-ÿ]{6,}")
_CLASSIFIER = "TopicClassifier"
_NEVER_BEST = 20.0


def measure(
    folder: Path,
    models: Path,
    questions: tuple[str, ...],
    pace: Pace,
    count: int,
    tell: Tell,
) -> tuple[Pair, float, float]:
    """`count` topics in all. The answers' times, and the large one's seconds to start and
    megabytes."""
    project = copy_project(folder / "project")
    labels = add_topics(project / "knowledge", count)
    wide = folder / "wide"
    wide.mkdir()
    widen(_current(ROOT, models), _current(project, wide), labels)
    tell(f"{count} topics made, and a model for them")
    with (
        served(folder / "real", questions[0], models=models) as small,
        served(folder / "many", questions[0], models=wide, root=project) as large,
    ):
        return (
            in_turn(small.url, large.url, questions, pace),
            large.start,
            large.memory(),
        )


def copy_project(target: Path) -> Path:
    target.mkdir(parents=True)
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=_NO_CACHES)
        else:
            shutil.copy(ROOT / name, target / name)
    return target


def add_topics(knowledge: Path, count: int) -> list[str]:
    """Write topics until there are `count`; the ids of those made."""
    chance = random.Random(2026)
    files = sorted((knowledge / "topics").rglob("*.yml"))
    real = [(file, yaml.load(file.read_bytes(), yaml.CSafeLoader)) for file in files]
    words = sorted({w for _, topic in real for q in topic["questions"] for w in _long(q)})
    known = {_folded(question) for _, topic in real for question in topic["questions"]}
    made = []
    for number in range(count - len(files)):
        file, topic = real[number % len(real)]
        subject = f"{chance.choice(words)} {chance.choice(words)} {_lettered(number)}"
        target = file.with_name(f"{file.stem}_{number}.yml")
        _write(target, _about(topic, subject, known))
        made.append(f"{file.parent.name}/{target.stem}")
    return made


def _about(topic: Mapping[str, Any], subject: str, known: set[str]) -> dict[str, Any]:
    """A topic like this one, on another subject."""
    questions: list[str] = []
    for question in topic["questions"]:
        asked = _LONG_WORD.sub(subject, question.lower(), count=1)
        if subject in asked and _folded(asked) not in known:
            known.add(_folded(asked))
            questions.append(asked)
        if len(questions) == FEWEST_QUESTIONS:
            break
    return {**topic, "title": f"{topic['title']} ({subject})", "questions": questions}


def _long(question: str) -> list[str]:
    return _LONG_WORD.findall(question.lower())


def _folded(question: str) -> str:
    return fold(question)


def _lettered(number: int) -> str:
    """A made-up word for a number: « zabc »; no digit, which would be read as a figure."""
    return "z" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:05d}")


def _write(path: Path, topic: Mapping[str, Any]) -> None:
    written = yaml.dump(topic, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    path.write_text(written, "utf-8")


def _current(root: Path, models: Path) -> Path:
    """Where the model of the project in `root` is looked for."""
    command = [sys.executable, "-c", _NAMES_THE_MODEL]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return models / Path(said.stdout.strip()).name


def widen(model: Path, target: Path, labels: Sequence[str]) -> None:
    """Rasa's model again, its classifier with so many labels more."""
    with tarfile.open(model) as read, tarfile.open(target, "w:gz", compresslevel=1) as written:
        members = {member.name: member for member in read.getmembers()}
        changed = dict(_widened(read, members, labels))
        for name, member in members.items():
            if name not in changed:
                written.addfile(member, read.extractfile(member) if member.isfile() else None)
                continue
            member.size = len(changed[name])
            written.addfile(member, io.BytesIO(changed[name]))


def _widened(
    read: tarfile.TarFile, members: Mapping[str, tarfile.TarInfo], labels: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    for name, member in members.items():
        folder, _, file = name.rpartition("/")
        if _CLASSIFIER not in folder or not member.isfile():
            continue
        content = read.extractfile(member)
        assert content is not None
        raw = content.read()
        if file == "labels.txt":
            yield name, "\n".join([*raw.decode().split("\n"), *labels]).encode()
        elif file == "weights.npy":
            yield name, _saved(_wide(np.load(io.BytesIO(raw)), len(labels)))
        elif file == "bias.npy":
            bias = np.load(io.BytesIO(raw))
            yield name, _saved(np.append(bias, np.full(len(labels), bias.min() - _NEVER_BEST)))


def _wide(weights: Any, more: int) -> Any:
    """The columns again and again, each time with their numbers further round."""
    rows, columns = weights.shape
    wide = np.empty((rows, columns + more), weights.dtype)
    wide[:, :columns] = weights
    for turn, first in enumerate(range(columns, columns + more, columns), start=1):
        width = min(columns, columns + more - first)
        wide[:, first : first + width] = np.roll(weights[:, :width], turn * 1009, axis=0)
    return wide


def _saved(array: Any) -> bytes:
    content = io.BytesIO()
    np.save(content, array, allow_pickle=False)
    return content.getvalue()
