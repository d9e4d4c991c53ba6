"""Adds questions to the files of topics, without touching anything else in them.

A file is text somebody wrote: lines are put after its last question, the rest stays as it is, byte
for byte. What is added is a proposal, to be read and checked before it is published.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import yaml

from knowledge.files import read
from knowledge.folding import fold

_QUESTIONS = "questions"
_LINE_ENDS = ("\r\n", "\n")


class Skipped(str, Enum):
    """Why a question was not added."""

    known = "known"
    held_out = "held_out"
    wordless = "wordless"
    no_topic = "no_topic"
    closed = "closed"
    """The file's list is written in a way nothing can be added to by lines."""


@dataclass(frozen=True)
class Proposal:
    """A question for a topic; `where` is the topic that has it already, if one does."""

    topic: str
    question: str
    skipped: Skipped | None = None
    where: str | None = None


@dataclass(frozen=True)
class Added:
    """What became of the proposals, by path and in order."""

    written: Mapping[Path, Sequence[str]] = field(default_factory=dict)
    skipped: Sequence[Proposal] = ()


class CannotAdd(Exception):
    """The questions of the file are not a list of one a line."""


def add_questions(
    folder: Path, proposals: Sequence[Proposal], *, held_out: Collection[str], dry_run: bool = False
) -> Added:
    """Write the proposals that are new into `folder`; with `dry_run`, only say what would be.

    A question any topic has already is left out, and so is a message the assistant is measured
    with: the check refuses both. Running it again adds nothing.
    """
    written: dict[Path, list[str]] = {}
    skipped: list[Proposal] = []
    for judged in _judged(folder, proposals, {fold(sentence) for sentence in held_out}):
        if judged.skipped is not None:
            skipped.append(judged)
        else:
            written.setdefault(_path(folder, judged.topic), []).append(judged.question)
    for path, questions in list(written.items()):
        try:
            _add_to(path, questions, dry_run=dry_run)
        except CannotAdd:
            topic = path.relative_to(folder / "topics").with_suffix("").as_posix()
            skipped += [Proposal(topic, each, Skipped.closed) for each in written.pop(path)]
    return Added(written, skipped)


def with_questions(text: str, questions: Sequence[str]) -> str:
    """A topic's file with these questions after its own. Raises CannotAdd."""
    if not questions:
        return text
    listed = _question_list(text)
    last = listed.value[-1]
    lines = text.splitlines(keepends=True)
    # The end of a block scalar (`- |`) is the beginning of the line that follows it.
    place = last.end_mark.line + (last.end_mark.column > 0)
    end = next((each for each in _LINE_ENDS if lines[0].endswith(each)), "\n")
    before = "".join(lines[:place])
    if not before.endswith("\n"):
        before += end
    dash = " " * listed.start_mark.column + "- "
    added = "".join(f"{dash}{json.dumps(each, ensure_ascii=False)}{end}" for each in questions)
    return before + added + "".join(lines[place:])


def _judged(
    folder: Path, proposals: Sequence[Proposal], held_out: Collection[str]
) -> Iterator[Proposal]:
    topics = read(folder).topics
    known = {fold(question): name for name, topic in topics.items() for question in topic.questions}
    for proposal in proposals:
        question = " ".join(proposal.question.split())
        folded = fold(question)
        if proposal.topic not in topics:
            yield Proposal(proposal.topic, question, Skipped.no_topic)
        elif folded in known:
            yield Proposal(proposal.topic, question, Skipped.known, known[folded])
        elif not folded:
            yield Proposal(proposal.topic, question, Skipped.wordless)
        elif folded in held_out:
            yield Proposal(proposal.topic, question, Skipped.held_out)
        else:
            known[folded] = proposal.topic
            yield Proposal(proposal.topic, question)


def _path(folder: Path, topic: str) -> Path:
    return folder / "topics" / f"{topic}.yml"


def _add_to(path: Path, questions: Sequence[str], *, dry_run: bool) -> None:
    text = path.read_bytes().decode()
    longer = with_questions(text, questions)
    _check(text, longer, questions)
    if not dry_run:
        path.write_bytes(longer.encode())


def _check(text: str, longer: str, questions: Sequence[str]) -> None:
    """The new file says what the old one said, and these questions: else nothing is written."""
    before, after = yaml.safe_load(text), yaml.safe_load(longer)
    if after != {**before, _QUESTIONS: [*before[_QUESTIONS], *questions]}:
        raise CannotAdd


def _question_list(text: str) -> yaml.SequenceNode:
    root = yaml.compose(text, yaml.CSafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    for key, value in pairs:
        if key.value == _QUESTIONS and isinstance(value, yaml.SequenceNode):
            if value.flow_style or not value.value:
                break
            return value
    raise CannotAdd
