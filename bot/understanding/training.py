"""Trains the model when what it is made from has changed, and finds it again."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from knowledge.files import Contents, read

_INPUTS = ("config.yml", "domain", "data", "bot/understanding", "knowledge/folding.py")
_SUFFIXES = (".yml", ".py")
_KEPT = 2


def fingerprint(root: Path, knowledge: Contents | None = None) -> str:
    """A name for everything the model depends on: a changed byte is another name.

    Of the knowledge, only what people ask is learnt: a new amount or a better answer needs no
    training. `knowledge` is that of `root`, if it was read already.
    """
    digest = hashlib.sha256()
    for line in _asked(knowledge or read(root / "knowledge")):
        digest.update(f"{line}\n".encode())
    for path in _inputs(root):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def current_model(root: Path, folder: Path, knowledge: Contents | None = None) -> Path:
    """Where the model for today's data is, or will be."""
    return folder / f"{fingerprint(root, knowledge)}.tar.gz"


def train(root: Path, folder: Path, *, afresh: bool = False) -> Path:
    """Train and keep a model; older ones than the last are thrown away. Takes a minute or two, or
    seconds when Rasa finds in its cache (.rasa) the parts that learn from what did not change.

    `afresh` learns everything again. Raises RuntimeError when Rasa made no model.
    """
    from rasa.model_training import train as rasa_train  # 6 s to import, and only needed here

    target = current_model(root, folder)
    result = rasa_train(
        domain=str(root / "domain"),
        config=str(root / "config.yml"),
        training_files=str(root / "data"),
        output=str(folder),
        fixed_model_name=target.name.removesuffix(".tar.gz"),
        force_training=afresh,
    )
    if result.model is None or not target.exists():
        raise RuntimeError("Rasa made no model")
    for old in sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
        old.unlink()
    return target


def _asked(knowledge: Contents) -> Iterator[str]:
    for topic_id, topic in knowledge.topics.items():
        yield from (topic_id, *topic.questions)
    for card_id, institution in knowledge.institutions.items():
        yield from (card_id, institution.name, *institution.aliases)


def _inputs(root: Path) -> Iterator[Path]:
    for name in _INPUTS:
        place = root / name
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        yield from (file for file in files if file.suffix in _SUFFIXES)
