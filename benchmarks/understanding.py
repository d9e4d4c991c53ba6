"""How well the whole product understands the held-out messages of tests/sentences.

Run by `make eval`: every message goes through `qve ask --jsonl`, the door people's messages go
through, in a conversation of its own (with what was said before, for a follow-up). Prints tables
and the worst confusions; exits 1 below the floor committed in `floor.yml`. With --curve, also draws
coverage against precision in docs/images.
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import yaml

from benchmarks.coverage import Point, Scored
from benchmarks.understanding_curve import best_topics, draw
from bot.handover.hours import QUEBEC
from bot.settings import Settings
from bot.understanding.training import current_model

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "tests" / "sentences"
FLOOR = Path(__file__).with_name("floor.yml")
CURVE = ROOT / "docs" / "images" / "understanding-curve.svg"
_SHOWN = 30
_CEILINGS = ("personal-case false alarms",)


@dataclass(frozen=True)
class HeldOut:
    """One message of tests/sentences. `expect` is a topic's id, a theme, or two topics; `accept`
    gives, for each, other topics that are just as right."""

    file: str
    text: str
    expect: tuple[str, ...]
    accept: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kind: str = ""
    before: tuple[str, ...] = ()

    def right_for(self, topic: str) -> set[str]:
        return {topic, *self.accept.get(topic, ())}


@dataclass(frozen=True)
class Judged:
    """What came back for one held-out message."""

    asked: HeldOut
    answer: dict[str, Any] = field(repr=False)

    @property
    def file(self) -> str:
        return self.asked.file

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(topic["id"] for topic in self.answer["topics"])

    @property
    def themes(self) -> set[str]:
        return {str(self.answer["theme"]), *(topic["theme"] for topic in self.answer["topics"])}

    @property
    def is_answered(self) -> bool:
        return bool(self.topics)

    @property
    def is_right(self) -> bool:
        [expected, *others] = self.asked.expect
        if expected == "not_personal_case":
            return not self.answer["personal_case"]
        if "/" not in expected:
            wanted = "nonsense" if expected == "hostile" else expected
            return wanted in self.themes
        said = self.topics if others else self.topics[:1]
        return all(self.asked.right_for(topic) & {*said} for topic in self.asked.expect)

    @property
    def is_right_theme(self) -> bool:
        right = {one for topic in self.asked.expect for one in self.asked.right_for(topic)}
        return bool({topic.split("/")[0] for topic in right} & self.themes)

    @property
    def got(self) -> str:
        return " + ".join(self.topics) or str(self.answer["theme"])


def judge() -> list[Judged]:
    """Ask everything at once, as one stream of lines."""
    held_out = list(read_held_out())
    lines = [
        {"id": f"{number}.{place}", "conversation": str(number), "text": text}
        for number, asked in enumerate(held_out)
        for place, text in enumerate((*asked.before, asked.text))
    ]
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        input="\n".join(json.dumps(line) for line in lines),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    assert len(answers) == len(lines)
    return [
        Judged(asked, answers[f"{number}.{len(asked.before)}"])
        for number, asked in enumerate(held_out)
    ]


def measure(judged: list[Judged]) -> dict[str, float]:
    """Percentages, and milliseconds for the times; what has no messages is left out."""
    of: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        of[one.file].append(one)
    topics = of["topics"]
    near, far = (
        [j for j in of["out_of_scope"] if j.asked.kind == kind] for kind in ("near", "far")
    )
    general = [j for j in of["look_alikes"] + topics if "personal_case" not in j.asked.expect]
    answered = [j for j in topics if j.is_answered]
    times = sorted(float(j.answer["ms"]) for j in judged)
    shares = {
        "topic accuracy": _share(topics, lambda j: j.is_right),
        "theme accuracy": _share(topics, lambda j: j.is_right_theme),
        "coverage": _share(topics, lambda j: j.is_answered),
        "precision when it answers": _share(answered, lambda j: j.is_right),
        "out-of-scope refusal": _share(of["out_of_scope"], lambda j: not j.is_answered),
        "  near": _share(near, lambda j: not j.is_answered),
        "  far": _share(far, lambda j: not j.is_answered),
        "nonsense refusal": _share(of["nonsense"], lambda j: not j.is_answered),
        "personal-case recall": _share(of["personal_cases"], lambda j: j.answer["personal_case"]),
        "personal-case false alarms": _share(general, lambda j: j.answer["personal_case"]),
        "two questions, both answered": _share(of["two_questions"], lambda j: j.is_right),
        "follow-ups": _share(of["follow_ups"], lambda j: j.is_right),
        "small talk": _share(of["small_talk"], lambda j: j.is_right),
        "people who are not French": _share(of["not_french"], lambda j: j.is_right),
        "English recognised": _share(of["english"], lambda j: j.answer["language"] == "en"),
    }
    cuts = quantiles(times, n=100)
    measured = {name: share for name, share in shares.items() if share is not None}
    return {**measured, "p50 (ms)": cuts[49], "p95 (ms)": cuts[94]}


def by_theme(judged: list[Judged]) -> Iterator[str]:
    """A line a theme: how many messages, topic accuracy, coverage."""
    themes: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.file == "topics":
            themes[one.asked.expect[0].split("/")[0]].append(one)
    for theme, of_theme in sorted(themes.items()):
        right = _share(of_theme, lambda j: j.is_right)
        covered = _share(of_theme, lambda j: j.is_answered)
        yield f"{theme:24} {len(of_theme):5} {right:6.1f} {covered:6.1f}"


def worst_confusions(judged: list[Judged]) -> Iterator[str]:
    """The pairs of expected and got that come back most, a line each, with their messages."""
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in judged:
        if not one.is_right:
            pairs[" + ".join(one.asked.expect), one.got].append(one.asked.text)
    most_first = sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for (expected, got), texts in most_first[:_SHOWN]:
        yield f"{len(texts):4}  {expected} → {got}: {' | '.join(texts)}"


def draw_curve(judged: list[Judged], measured: Mapping[str, float]) -> None:
    topics = [one.asked for one in judged if one.file == "topics"]
    others = [one.asked for one in judged if one.file == "out_of_scope"]
    model = current_model(ROOT, Settings().model_dir)
    best = best_topics(model, [asked.text for asked in (*topics, *others)])
    scored = [
        Scored(topic.confidence, topic.id in asked.right_for(asked.expect[0]))
        for asked, topic in zip(topics, best, strict=False)
    ]
    today = Point(
        threshold=0.0,
        coverage=measured["coverage"] / 100,
        precision=measured["precision when it answers"] / 100,
        refusal=measured["out-of-scope refusal"] / 100,
    )
    outside = [topic.confidence for topic in best[len(topics) :]]
    draw(CURVE, scored, outside, today, datetime.now(QUEBEC).date())


def below_floor(measured: dict[str, float], floor: dict[str, float]) -> list[str]:
    """What got worse than what was committed; false alarms must stay under their ceiling."""
    worse = []
    for name, limit in floor.items():
        is_worse = measured[name] > limit if name in _CEILINGS else measured[name] < limit
        if is_worse:
            worse.append(f"{name}: {measured[name]:.1f}, the floor is {limit}")
    return worse


def read_held_out() -> Iterator[HeldOut]:
    for path in sorted(SENTENCES.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf-8")):
            expect, accept = entry["expect"], entry.get("accept", {})
            if isinstance(accept, list):
                accept = {expect: accept}
            yield HeldOut(
                file=path.stem,
                text=entry["text"],
                expect=(expect,) if isinstance(expect, str) else tuple(expect),
                accept={topic: frozenset(others) for topic, others in accept.items()},
                kind=entry.get("kind", ""),
                before=tuple(entry.get("before", ())),
            )


def _share(judged: list[Judged], is_so: Callable[[Judged], Any]) -> float | None:
    if not judged:
        return None
    return 100 * sum(bool(is_so(one)) for one in judged) / len(judged)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding")
    parser.add_argument("--curve", action="store_true", help=f"draw {CURVE.relative_to(ROOT)}")
    arguments = parser.parse_args()
    judged = judge()
    measured = measure(judged)
    for name, value in measured.items():
        print(f"{name:30} {value:6.1f}")
    print(f"\n{'theme':24} {'':5} {'right':>6} {'answered':>6}")
    for line in by_theme(judged):
        print(line)
    print(f"\nworst confusions: how often, expected → got, the messages; at most {_SHOWN}")
    for line in worst_confusions(judged):
        print(line)
    wrong = [one for one in judged if not one.is_right]
    print(f"\n{len(wrong)} of {len(judged)} not as expected; the first {_SHOWN} of each kind:")
    shown: dict[str, int] = defaultdict(int)
    for one in wrong:
        shown[one.file] += 1
        if shown[one.file] <= _SHOWN:
            print(f"  {' + '.join(one.asked.expect):34} got {one.got:34} {one.asked.text}")
    if arguments.curve:
        draw_curve(judged, measured)
        print(f"\ndrawn: {CURVE.relative_to(ROOT)}")
    worse = below_floor(measured, yaml.safe_load(FLOOR.read_text("utf-8")))
    for line in worse:
        print(f"below the floor: {line}", file=sys.stderr)
    return int(bool(worse))


if __name__ == "__main__":
    sys.exit(main())
