"""A broken file is a problem with its path, never an exception."""

import pytest
from small_knowledge import FEE, SmallKnowledge

from knowledge.files import read
from knowledge.library import BrokenKnowledge


def problems(small: SmallKnowledge) -> list[str]:
    return [str(problem) for problem in read(small.folder).problems]


def test_a_sound_folder_gives_every_entry_by_its_id(small: SmallKnowledge) -> None:
    contents = read(small.folder)
    assert contents.problems == []
    assert list(contents.topics) == ["caq/documents", "caq/fee"]
    assert list(contents.figures) == ["fee"]
    assert list(contents.sources) == ["quebec", "college"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("title:", "titel:", f"{FEE}: 'title' is missing"),
        ("review_by: 2027-01-15", "review_by: 2027-02-30", f"{FEE}: this is not readable"),
        ("review_by: 2027-01-15", "review_by: soon", f"{FEE}: 'review_by'"),
        ("sources: [quebec]", "sources: []", f"{FEE}: 'sources'"),
        ("sources: [quebec]", "sources: quebec", f"{FEE}: 'sources'"),
        ("sources: [quebec]", "sources: [Québec]", f"{FEE}: 'sources.0'"),
        ("sources: [quebec]", "sources: [quebec]\nhandover: perhaps", f"{FEE}: 'handover'"),
        ("  - text: Le", "  - when: {}\n    text: Le", f"{FEE}: 'answers.0.when'"),
        ("  - text: Le", "  - when: {citizenship: [belge]}\n    text: Le", f"{FEE}: 'answers.0."),
        ("text: Le CAQ coûte {fee}.", "text: ''", f"{FEE}: 'answers.0.text'"),
        ("title: Frais", "title: a\ntitle: Frais", f"{FEE}: this is not readable YAML: the key"),
        ("title: Frais", "title: [Frais", f"{FEE}: this is not readable YAML"),
        ("title: Frais", "title: *anchor", f"{FEE}: this is not readable YAML"),
        ("title: Frais", "title: !!python/name:os.system Frais", f"{FEE}: this is not readable"),
    ],
)
def test_each_mistake_in_a_topic_is_said(
    small: SmallKnowledge, old: str, new: str, problem: str
) -> None:
    small.change(FEE, old, new)
    found = problems(small)
    assert any(each.startswith(problem) for each in found), found
    assert all(each.startswith(FEE) for each in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("sources.yml", '"2026-06"', '"2026-13"', "sources.yml: quebec: 'as_of'"),
        ("sources.yml", '"2026-06"', '"in June"', "sources.yml: quebec: 'as_of'"),
        ("sources.yml", "https://www.quebec", "quebec", "sources.yml: quebec: 'url'"),
        ("sources.yml", "college:", "quebec:", "sources.yml: this is not readable YAML: the key"),
        ("figures.yml", "unit: cad", "unit: cows", "figures.yml: fee: 'unit'"),
        ("figures.yml", "official", "certain", "figures.yml: fee: 'values.0.certainty'"),
        ("figures.yml", "amount: 134", "amount: [1, 2, 3]", "figures.yml: fee: 'values.0.amount"),
    ],
)
def test_each_mistake_in_a_table_is_said_with_its_entry(
    small: SmallKnowledge, file: str, old: str, new: str, problem: str
) -> None:
    small.change(file, old, new)
    found = problems(small)
    assert any(each.startswith(problem) for each in found), found


@pytest.mark.parametrize(
    "place", ["topics/weather/fee.yml", "topics/fee.yml", "topics/caq/a/b.yml"]
)
def test_a_topic_outside_a_theme_is_refused(small: SmallKnowledge, place: str) -> None:
    path = small.folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((small.folder / FEE).read_text())
    [problem] = problems(small)
    assert problem.startswith(f"{place}: a topic lies in topics/<theme>/")


def test_a_file_that_is_not_text_is_refused(small: SmallKnowledge) -> None:
    (small.folder / FEE).write_bytes(b"title: \xff\xfe")
    [problem] = problems(small)
    assert problem.startswith(f"{FEE}: this is not readable YAML")


def test_a_broken_file_does_not_hide_the_others(small: SmallKnowledge) -> None:
    small.change(FEE, "title:", "titel:")
    assert list(read(small.folder).topics) == ["caq/documents"]


def test_a_library_is_not_made_of_a_broken_folder(small: SmallKnowledge) -> None:
    small.change(FEE, "title:", "titel:")
    with pytest.raises(BrokenKnowledge, match=f"{FEE}: 'title' is missing") as broken:
        small.load()
    assert {problem.path for problem in broken.value.problems} == {FEE}
