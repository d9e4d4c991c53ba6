"""The journeys of `journeys.yml`, for whichever channel they are had on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("journeys.yml")
_KEYS = {"given", "when", "press", "then", "never", "buttons"}


@dataclass(frozen=True)
class Step:
    """What is said or pressed, and what the answer must and must not hold."""

    said: str
    pressed: bool = False
    then: Sequence[str] = ()
    never: Sequence[str] = ()
    buttons: Sequence[str] = ()


@dataclass(frozen=True)
class Journey:
    name: str
    steps: Sequence[Step] = field(repr=False)


@dataclass(frozen=True)
class Said:
    """What a person reads after a message, however their channel shows it."""

    text: str
    buttons: Sequence[str]


def journeys() -> list[Journey]:
    told = yaml.safe_load(_FILE.read_text("utf-8"))["journeys"]
    return [Journey(one["journey"], [*_steps(one["steps"])]) for one in told]


def check(step: Step, answer: Said) -> None:
    """Whether an answer is what the step says; AssertionError shows both."""
    text = _plain(answer.text)
    assert text, f"silence after « {step.said} »"
    for wanted in step.then:
        assert _plain(wanted) in text, f"« {step.said} » wants « {wanted} »: {answer.text}"
    for unwanted in step.never:
        assert _plain(unwanted) not in text, f"« {step.said} », « {unwanted} »: {answer.text}"
    assert set(step.buttons) <= set(answer.buttons), f"« {step.said} »: {answer.buttons}"


def _steps(told: list[dict[str, Any]]) -> Iterator[Step]:
    for step in told:
        assert set(step) <= _KEYS, f"unknown keys: {set(step) - _KEYS}"
        yield from (Step(_dated(text)) for text in step.get("given", ()))
        if "given" in step:
            continue
        pressed = "press" in step
        yield Step(
            _dated(step["press"] if pressed else step["when"]),
            pressed,
            step.get("then", ()),
            step.get("never", ()),
            step.get("buttons", ()),
        )


def _dated(text: str) -> str:
    return text.replace("{next_year}", str(date.today().year + 1))  # noqa: DTZ011


def _plain(text: str) -> str:
    """Without what only typography tells apart."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").casefold()
