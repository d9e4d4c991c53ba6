"""Questions are added to a topic's file, and nothing else in it changes."""

import shutil
from pathlib import Path

import pytest
from small_knowledge import DOCUMENTS, FEE, SmallKnowledge

from knowledge.adding import CannotAdd, Proposal, Skipped, add_questions, with_questions
from knowledge.library import FOLDER


@pytest.fixture
def knowledge(tmp_path: Path) -> SmallKnowledge:
    return SmallKnowledge.write(tmp_path)


def add(knowledge: SmallKnowledge, *proposals: tuple[str, str], held_out: tuple[str, ...] = ()):  # type: ignore[no-untyped-def]
    asked = [Proposal(topic, question) for topic, question in proposals]
    return add_questions(knowledge.folder, asked, held_out=held_out)


def test_lines_come_after_the_last_question_and_the_rest_is_the_same_bytes(
    knowledge: SmallKnowledge,
) -> None:
    before = (knowledge.folder / FEE).read_bytes()
    add(knowledge, ("caq/fee", 'c’est cher, « le » CAQ: oui ou "non"?'), ("caq/fee", "et à 2"))
    after = (knowledge.folder / FEE).read_bytes()
    lines = '  - "c’est cher, « le » CAQ: oui ou \\"non\\"?"\n  - "et à 2"\n'.encode()
    last = b"  - le caq co\xc3\xbbte combien o\n"
    assert after == before.replace(last, last + lines)


def test_what_is_added_is_read_back_and_passes_the_check(knowledge: SmallKnowledge) -> None:
    wild = ["- #1: {x} & *y | > 'z' % @ `", "oui", "2026", "null", "a \\ b", "🙂 caq"]
    add(knowledge, *(("caq/fee", question) for question in wild))
    assert knowledge.load().topics["caq/fee"].questions[-len(wild) :] == wild
    assert knowledge.check() == []


def test_adding_twice_adds_once(knowledge: SmallKnowledge) -> None:
    assert add(knowledge, ("caq/fee", "on paie quoi")).skipped == []
    before = (knowledge.folder / FEE).read_bytes()
    again = add(knowledge, ("caq/fee", "On paie quoi ?"))
    assert (again.written, [each.skipped for each in again.skipped]) == ({}, [Skipped.known])
    assert (knowledge.folder / FEE).read_bytes() == before


def test_the_same_words_twice_in_one_go_are_added_once(knowledge: SmallKnowledge) -> None:
    added = add(knowledge, ("caq/fee", "on paie quoi"), ("caq/documents", "ON PAIE QUOI?"))
    assert list(added.written) == [knowledge.folder / FEE]
    [skipped] = added.skipped
    assert (skipped.skipped, skipped.where) == (Skipped.known, "caq/fee")


def test_what_another_topic_has_or_measures_the_assistant_is_left_out(
    knowledge: SmallKnowledge,
) -> None:
    added = add(
        knowledge,
        ("caq/fee", "Quels papiers A?"),
        ("caq/fee", "Tenu à l’écart"),
        ("caq/gone", "et alors"),
        ("caq/fee", "كم التكلفة"),
        held_out=("tenu a l ecart",),
    )
    assert added.written == {}
    assert [each.skipped for each in added.skipped] == [
        Skipped.known, Skipped.held_out, Skipped.no_topic, Skipped.wordless,
    ]  # fmt: skip
    assert added.skipped[0].where == "caq/documents"


def test_a_dry_run_says_the_same_and_writes_nothing(knowledge: SmallKnowledge) -> None:
    before = (knowledge.folder / DOCUMENTS).read_bytes()
    asked = [Proposal("caq/documents", "faut quoi")]
    told = add_questions(knowledge.folder, asked, held_out=(), dry_run=True)
    assert (knowledge.folder / DOCUMENTS).read_bytes() == before
    assert told == add_questions(knowledge.folder, asked, held_out=())


def test_a_list_in_brackets_is_left_to_a_person(knowledge: SmallKnowledge) -> None:
    path = knowledge.folder / DOCUMENTS
    text = path.read_text("utf-8")
    begins, ends = text.index("questions:"), text.index("answers:")
    path.write_text(f"{text[:begins]}questions: [quels papiers]\n{text[ends:]}", "utf-8")
    before = path.read_bytes()
    added = add(knowledge, ("caq/documents", "faut quoi"), ("caq/fee", "faut payer"))
    assert list(added.written) == [knowledge.folder / FEE]
    assert [each.skipped for each in added.skipped] == [Skipped.closed]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("questions:\n- a\nx: 1\n", 'questions:\n- a\n- "é"\nx: 1\n'),
        ("x: 1\nquestions:\n    - a", 'x: 1\nquestions:\n    - a\n    - "é"\n'),
        ("questions:\r\n  - a\r\nx: 1\r\n", 'questions:\r\n  - a\r\n  - "é"\r\nx: 1\r\n'),
        (
            "questions:\n  - a  # why\n\n  # next\nx: 1\n",
            'questions:\n  - a  # why\n  - "é"\n\n  # next\nx: 1\n',
        ),
        ("questions:\n  - a\n    b\nx: 1\n", 'questions:\n  - a\n    b\n  - "é"\nx: 1\n'),
        (
            "questions:\n  - |\n    a\n    b\nx: 1\n",
            'questions:\n  - |\n    a\n    b\n  - "é"\nx: 1\n',
        ),
        (
            "questions:\n  - 'a'\n  - \"b\"\nx: 1\n",
            'questions:\n  - \'a\'\n  - "b"\n  - "é"\nx: 1\n',
        ),
    ],
)
def test_a_line_is_added_however_the_file_is_written(text: str, longer: str) -> None:
    assert with_questions(text, ["é"]) == longer


@pytest.mark.parametrize("text", ["x: 1\n", "questions: []\n", "questions:\n", "- a\n"])
def test_a_file_without_a_list_cannot_be_added_to(text: str) -> None:
    with pytest.raises(CannotAdd):
        with_questions(text, ["é"])


def test_every_topic_we_have_can_be_added_to(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "knowledge", ignore=shutil.ignore_patterns("*.py"))
    topics = [
        path.relative_to(folder / "topics").with_suffix("").as_posix()
        for path in sorted((folder / "topics").rglob("*.yml"))
    ]
    asked = [Proposal(topic, f"question inédite pour {topic}") for topic in topics]
    added = add_questions(folder, asked, held_out=())
    assert len(topics) > 200
    assert added.skipped == []
    assert len(added.written) == len(topics)
