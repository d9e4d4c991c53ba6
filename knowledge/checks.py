"""All that is wrong across the files of the knowledge base, path first, in one run."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

from knowledge.budget_checks import budget_problems, budget_texts, figures_of
from knowledge.files import Contents, Problem, Severity, read
from knowledge.folding import fold
from knowledge.held_out import HeldOut
from knowledge.library import QUOTED
from knowledge.plan_checks import plan_figures, plan_problems, plan_texts
from knowledge.schema import Topic

FEWEST_QUESTIONS = 15
_ALIKE = 90
_BLOCK = 1000
_CARDS = ("institutions", "partners", "relays", "events")
_FILES = {"terms": "glossary.yml", "equivalences": "equivalences.yml"}
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip
_SPELLED = (
    "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quinze|dix-huit|vingt|trente"
)
_AMOUNT = re.compile(r"\d[\d\s.,]*(?:[$€%]|dollars?\b|euros?\b)")
_DELAY = re.compile(
    rf"(?:\b\d[\d\s,]*|\b(?:{_SPELLED})\s)(?:jours?|semaines?|mois|heures?|h|minutes?)\b",
    re.IGNORECASE,
)
_DAY = re.compile(rf"\b(1er|\d{{1,2}})\s({'|'.join(_MONTHS)})\b(?:\s(\d{{4}}))?")
_WRONG_SPACE = re.compile(r"\w* [:»]|« \w*|\w*[ \u00a0\u202f][!?;]")


def check(
    folder: Path, *, on: date, held_out: Collection[str] = (), likeness: bool = False
) -> list[Problem]:
    """Every problem of a folder of knowledge: see `problems_of`."""
    return problems_of(read(folder), on=on, held_out=held_out, likeness=likeness)


def problems_of(
    contents: Contents, *, on: date, held_out: Collection[str] = (), likeness: bool = False
) -> list[Problem]:
    """Every problem of what was read, what could not be understood included.

    `held_out` are the messages the assistant is measured with: none may be a training question,
    not even reworded by one word.
    `likeness` also compares every question with every other, which takes seconds.
    """
    problems = [*contents.problems]
    problems += _unknown_references(contents)
    problems += plan_problems(contents, list(_MONTHS))
    problems += _unused(contents)
    problems += _typography(contents)
    problems += _loose_numbers(contents, on)
    problems += budget_problems(contents, on)
    problems += _two_of_a_name(contents)
    problems += _repeated_questions(contents)
    problems += _alike_questions(contents) if likeness else ()
    problems += _held_out_questions(contents, HeldOut(held_out)) if held_out else ()
    for name, topic in contents.topics.items():
        problems += _topic_alone(_path(name), topic, on)
    for kind in (*_CARDS, "offers"):
        for name, card in getattr(contents, kind).items():
            if card.review_by < on:
                problems.append(_due(f"{kind}/{name}.yml", card.review_by))
    return sorted(problems)


def _path(topic_id: str) -> str:
    return f"topics/{topic_id}.yml"


def _due(path: str, review_by: date) -> Problem:
    return Problem(path, f"the review was due on {review_by}", Severity.due)


def _topic_alone(path: str, topic: Topic, on: date) -> Iterator[Problem]:
    if len(topic.questions) < FEWEST_QUESTIONS:
        count = len(topic.questions)
        yield Problem(path, f"{count} questions; at least {FEWEST_QUESTIONS} are needed")
    if topic.answers[-1].when is not None:
        yield Problem(path, "the last answer must be for everybody: no `when`")
    if any(answer.when is None for answer in topic.answers[:-1]):
        yield Problem(path, "only the last answer may be for everybody: the ones after are dead")
    if topic.review_by < on:
        yield _due(path, topic.review_by)


def _typography(contents: Contents) -> Iterator[Problem]:
    """Québec's rules: a non-breaking space before « : » and inside guillemets, none before ! ? ;"""
    for path, text in _texts(contents):
        for found in _WRONG_SPACE.findall(text):
            yield Problem(path, f"wrong space in « …{found.strip()}… »")


def _texts(contents: Contents) -> Iterator[tuple[str, str]]:
    """What people read, after the path of the file it lies in."""
    for name, topic in contents.topics.items():
        for answer in topic.answers:
            yield _path(name), answer.text
    yield from plan_texts(contents)
    yield from budget_texts(contents.budget)


def _unknown_references(contents: Contents) -> Iterator[Problem]:
    for name, topic in contents.topics.items():
        path = _path(name)
        yield from _missing(path, "source", topic.sources, contents.sources)
        yield from _missing(path, "topic (related)", topic.related, contents.topics)
        quoted = [found for answer in topic.answers for found in QUOTED.findall(answer.text)]
        yield from _missing(path, "figure", quoted, contents.figures)
    for name, figure in contents.figures.items():
        cited = [value.source for value in figure.values]
        yield from _missing(f"figures.yml: {name}", "source", cited, contents.sources)
    for kind in _CARDS:
        for name, card in getattr(contents, kind).items():
            yield from _missing(f"{kind}/{name}.yml", "source", card.sources, contents.sources)
    for name, offer in contents.offers.items():
        path = f"programmes/{name}.yml"
        yield from _missing(path, "institution", [name], contents.institutions)
        cited = [programme.source for programme in offer.programmes]
        yield from _missing(path, "source", cited, contents.sources)
    for file in ("terms", "equivalences"):
        for name, entry in getattr(contents, file).items():
            path = f"{_FILES[file]}: {name}"
            yield from _missing(path, "source", entry.sources, contents.sources)
            more = [entry.topic] if entry.topic else []
            yield from _missing(path, "topic", more, contents.topics)


def _loose_numbers(contents: Contents, on: date) -> Iterator[Problem]:
    """Amounts, delays and coming dates lie in figures.yml, so that each is changed in one place."""
    for path, quoting in _texts(contents):
        text = QUOTED.sub("", quoting)
        for found in (*_AMOUNT.findall(text), *_DELAY.findall(text)):
            sentence = f"« {' '.join(found.split())} » must be a figure of figures.yml"
            yield Problem(path, sentence)
        for day, month, year in _DAY.findall(text):
            if not year or date(int(year), _MONTHS.index(month) + 1, 1) > on:
                said = " ".join((day, month, year)).strip()
                yield Problem(path, f"« {said} » must be a figure of figures.yml")


def _two_of_a_name(contents: Contents) -> Iterator[Problem]:
    """A topic and a card are told apart by their name alone."""
    for kind in _CARDS:
        for name in getattr(contents, kind):
            if f"{kind}/{name}" in contents.topics:
                yield Problem(f"{kind}/{name}.yml", f"the topic {kind}/{name} has this name too")


def _alike_questions(contents: Contents) -> Iterator[Problem]:
    """Questions of two topics that are nearly the same, with their likeness: the assistant can
    hardly tell them apart. To be looked at, not always to be mended."""
    asked = sorted(
        (
            (" ".join(sorted(fold(question).split())), question, name)
            for name, topic in contents.topics.items()
            for question in topic.questions
        ),
        key=lambda one: len(one[0]),
    )
    for one, other, likeness in _alike_pairs([key for key, _, _ in asked]):
        (key, question, name), (twin_key, twin, where) = asked[one], asked[other]
        if name != where and key != twin_key:
            sentence = f"« {question} » is {likeness} % like « {twin} » of {_path(where)}"
            yield Problem(_path(name), sentence, Severity.alike)


def _alike_pairs(keys: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The places of two keys and their likeness, for all that are alike; shortest keys first.

    Texts whose lengths differ by more than the likeness allows are not compared: twenty-four
    thousand questions take 6 s instead of 45."""
    lengths = [len(key) for key in keys]
    for start in range(0, len(keys), _BLOCK):
        block = keys[start : start + _BLOCK]
        longest = len(block[-1]) * (200 - _ALIKE) / _ALIKE
        near = keys[start : bisect_right(lengths, longest)]
        likeness = cdist(block, near, scorer=ratio, score_cutoff=_ALIKE, workers=-1, dtype=np.uint8)
        for one, other in zip(*np.nonzero(np.triu(likeness, 1)), strict=True):
            yield start + one, start + other, likeness[one, other]


def _missing(
    path: str, what: str, names: Collection[str], known: Collection[str]
) -> Iterator[Problem]:
    for name in dict.fromkeys(names):
        if name not in known:
            yield Problem(path, f"unknown {what} '{name}'")


def _unused(contents: Contents) -> Iterator[Problem]:
    quoted = {
        name
        for topic in contents.topics.values()
        for answer in topic.answers
        for name in QUOTED.findall(answer.text)
    }
    used = quoted | {*plan_figures(contents)} | figures_of(contents.budget)
    for name in contents.figures.keys() - used:
        yield Problem(f"figures.yml: {name}", "no topic quotes this figure", Severity.due)


def _repeated_questions(contents: Contents) -> Iterator[Problem]:
    asked: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, topic in contents.topics.items():
        for question in topic.questions:
            asked[fold(question)].append((name, question))
    for places in asked.values():
        (first, _), *others = places
        for name, question in others:
            where = "in this topic already" if name == first else f"in {_path(first)}"
            yield Problem(_path(name), f"the question « {question} » is {where}")


def _held_out_questions(contents: Contents, held_out: HeldOut) -> Iterator[Problem]:
    for name, topic in contents.topics.items():
        for question in topic.questions:
            if question in held_out:
                yield Problem(
                    _path(name),
                    f"the question « {question} » is a held-out sentence, within a word",
                )
