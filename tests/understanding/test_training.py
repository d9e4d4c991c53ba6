"""When the model is trained again, and when there is no need to."""

from pathlib import Path

import pytest
import yaml

from bot.understanding.training import fingerprint

TOPIC = {
    "title": "Frais du CAQ",
    "questions": ["combien coûte le caq"],
    "answers": [{"text": "Cher."}],
    "sources": ["quebec"],
    "review_by": "2027-01-15",
}


def write(root: Path, **changed: object) -> None:
    folder = root / "knowledge/topics/caq"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fee.yml").write_text(yaml.safe_dump({**TOPIC, **changed}), "utf-8")


@pytest.mark.parametrize(
    "changed", [{"answers": [{"text": "Moins cher."}]}, {"review_by": "2028-01-15"}]
)
def test_a_better_answer_needs_no_training(tmp_path: Path, changed: dict[str, object]) -> None:
    write(tmp_path)
    before = fingerprint(tmp_path)
    write(tmp_path, **changed)
    assert fingerprint(tmp_path) == before


def test_a_new_question_does(tmp_path: Path) -> None:
    write(tmp_path)
    before = fingerprint(tmp_path)
    write(tmp_path, questions=["combien coûte le caq", "prix du caq"])
    assert fingerprint(tmp_path) != before


def test_another_number_in_the_recipe_does(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "config.yml").write_text("strength: 1")
    before = fingerprint(tmp_path)
    (tmp_path / "config.yml").write_text("strength: 2")
    assert fingerprint(tmp_path) != before
