"""Reads the folder of knowledge, file by file, and says all that is wrong with each.

Nothing is checked across files here: see `checks`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.budget_schema import BudgetPlan
from knowledge.plan_schema import Sessions, Step
from knowledge.schema import (
    Equivalence,
    Event,
    Figure,
    Institution,
    Offer,
    Partner,
    Relay,
    Source,
    Term,
    Theme,
    Topic,
)

_Shape = TypeVar("_Shape", bound=BaseModel)


class Severity(str, Enum):
    error = "error"
    due = "due"
    alike = "alike"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: where, what, and whether it is wrong or only due for review."""

    path: str
    sentence: str
    severity: Severity = field(default=Severity.error, compare=False)

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


@dataclass
class Contents:
    """Every valid entry, by id, and every problem met while reading."""

    topics: dict[str, Topic] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    institutions: dict[str, Institution] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    relays: dict[str, Relay] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    equivalences: dict[str, Equivalence] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    sessions: dict[str, Sessions] = field(default_factory=dict)
    budget: BudgetPlan | None = None
    problems: list[Problem] = field(default_factory=list)


class _UniqueKeys(yaml.CSafeLoader):
    """A key written twice is an error; plain YAML keeps the last one silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key '{twice}' is there twice", node.start_mark
            )
        return super().construct_mapping(node, deep)


def read(folder: Path) -> Contents:
    """Read everything; a broken file is a problem, never an exception."""
    contents = Contents()
    contents.sources = _table(folder, "sources.yml", Source, contents)
    contents.figures = _table(folder, "figures.yml", Figure, contents)
    contents.institutions = _cards(folder, "institutions", Institution, contents)
    contents.partners = _cards(folder, "partners", Partner, contents)
    contents.relays = _cards(folder, "relays", Relay, contents)
    contents.events = _cards(folder, "events", Event, contents)
    contents.offers = _cards(folder, "programmes", Offer, contents)
    contents.terms = _table(folder, "glossary.yml", Term, contents)
    contents.equivalences = _table(folder, "equivalences.yml", Equivalence, contents)
    contents.steps = _table(folder, "plan/steps.yml", Step, contents)
    contents.sessions = _table(folder, "plan/sessions.yml", Sessions, contents)
    if (budget := folder / "budget.yml").exists():
        contents.budget = _file(folder, budget, BudgetPlan, contents)
    contents.topics = _topics(folder, contents)
    return contents


def _table(folder: Path, name: str, shape: type[_Shape], contents: Contents) -> dict[str, _Shape]:
    entries = _yaml(folder / name, name, contents.problems.append)
    valid = {}
    for key, entry in entries.items():
        if (made := _make(shape, entry, f"{name}: {key}", contents)) is not None:
            valid[str(key)] = made
    return valid


def _cards(folder: Path, name: str, shape: type[_Shape], contents: Contents) -> dict[str, _Shape]:
    return {
        path.stem: card
        for path in sorted((folder / name).glob("*.yml"))
        if (card := _file(folder, path, shape, contents)) is not None
    }


def _topics(folder: Path, contents: Contents) -> dict[str, Topic]:
    themes = {theme.value for theme in Theme}
    topics = {}
    for path in sorted((folder / "topics").rglob("*.yml")):
        name = path.relative_to(folder / "topics").with_suffix("").as_posix()
        theme, slash, _ = name.partition("/")
        if not slash or theme not in themes or name.count("/") != 1:
            where = path.relative_to(folder).as_posix()
            sentence = "a topic lies in topics/<theme>/, and the theme must be one of the list"
            contents.problems.append(Problem(where, sentence))
        elif (topic := _file(folder, path, Topic, contents)) is not None:
            topics[name] = topic
    return topics


def _file(folder: Path, path: Path, shape: type[_Shape], contents: Contents) -> _Shape | None:
    where = path.relative_to(folder).as_posix()
    problems_before = len(contents.problems)
    entry = _yaml(path, where, contents.problems.append)
    if len(contents.problems) > problems_before:
        return None
    return _make(shape, entry, where, contents)


def _yaml(path: Path, where: str, report: Callable[[Problem], None]) -> Mapping[str, Any]:
    try:
        loaded = yaml.load(path.read_text("utf-8"), _UniqueKeys)  # noqa: S506 - a safe loader
    except FileNotFoundError:
        report(Problem(where, "the file is missing"))
        return {}
    except (yaml.YAMLError, ValueError) as error:  # a day that no month has is a ValueError
        report(Problem(where, f"this is not readable YAML: {' '.join(str(error).split())}"))
        return {}
    if not isinstance(loaded, dict):
        report(Problem(where, "a mapping of keys to values is expected"))
        return {}
    return loaded


def _make(shape: type[_Shape], entry: object, where: str, contents: Contents) -> _Shape | None:
    try:
        return shape.model_validate(entry)
    except ValidationError as error:
        contents.problems.extend(Problem(where, sentence) for sentence in _humanise(error))
        return None


def _humanise(error: ValidationError) -> Iterator[str]:
    for detail in error.errors():
        place = ".".join(str(part) for part in detail["loc"])
        match detail["type"]:
            case "extra_forbidden":
                yield f"unknown key '{place}'"
            case "missing":
                yield f"'{place}' is missing"
            case _:
                yield f"'{place}': {detail['msg']}" if place else str(detail["msg"])
