"""How well the whole product understands the held-out messages of tests/sentences.

Run by `make eval`: every message is a conversation of its own through `qve ask --jsonl`, the door
people's messages go through. Prints a table and the worst confusions; exits 1 below the floor
committed in `floor.yml`.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "tests" / "sentences"
FLOOR = Path(__file__).with_name("floor.yml")
_SHOWN = 30


@dataclass(frozen=True)
class Judged:
    """One held-out message, what was expected, what came back."""

    file: str
    text: str
    expected: str
    answer: dict[str, Any]

    @property
    def topic(self) -> str | None:
        topics = self.answer["topics"]
        return topics[0]["id"] if topics else None

    @property
    def theme(self) -> str:
        return str(self.answer["theme"])

    @property
    def is_right(self) -> bool:
        if self.expected == "not_personal_case":
            return not self.answer["personal_case"]
        if "/" in self.expected:
            return self.topic == self.expected
        return self.theme == self.expected

    @property
    def is_right_theme(self) -> bool:
        return self.theme == self.expected.split("/")[0]


def judge() -> list[Judged]:
    """Ask everything at once, as one stream of lines."""
    held_out = list(_held_out())
    lines = [
        json.dumps({"id": str(number), "conversation": str(number), "text": text})
        for number, (_, text, _) in enumerate(held_out)
    ]
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [str(n) for n in range(len(held_out))]
    return [
        Judged(file, text, expected, answer)
        for (file, text, expected), answer in zip(held_out, answers, strict=True)
    ]


def measure(judged: list[Judged]) -> dict[str, float]:
    """Percentages, and milliseconds for the times."""
    of = {name: [j for j in judged if j.file == name] for name in {j.file for j in judged}}
    answered = [j for j in of["topics"] if j.topic is not None]
    times = sorted(float(j.answer["ms"]) for j in judged)
    return {
        "topic accuracy": _share(of["topics"], lambda j: j.is_right),
        "theme accuracy": _share(of["topics"], lambda j: j.is_right_theme),
        "coverage": 100 * len(answered) / len(of["topics"]),
        "precision when it answers": _share(answered, lambda j: j.is_right),
        "out-of-scope refusal": _share(of["out_of_scope"], lambda j: j.topic is None),
        "nonsense refusal": _share(of["nonsense"], lambda j: j.topic is None),
        "personal-case recall": _share(of["personal_cases"], lambda j: j.answer["personal_case"]),
        "personal-case false alarms": _share(
            of["look_alikes"] + of["topics"], lambda j: j.answer["personal_case"]
        ),
        "small talk": _share(of["small_talk"], lambda j: j.is_right),
        "p50 (ms)": quantiles(times, n=100)[49],
        "p95 (ms)": quantiles(times, n=100)[94],
    }


def below_floor(measured: dict[str, float], floor: dict[str, float]) -> list[str]:
    """What got worse than what was committed; false alarms must stay under their ceiling."""
    worse = []
    for name, limit in floor.items():
        is_ceiling = name == "personal-case false alarms"
        if measured[name] > limit if is_ceiling else measured[name] < limit:
            worse.append(f"{name}: {measured[name]:.1f}, the floor is {limit}")
    return worse


def _share(judged: list[Judged], is_so: Any) -> float:
    return 100 * sum(bool(is_so(j)) for j in judged) / len(judged)


def _held_out() -> Iterator[tuple[str, str, str]]:
    for path in sorted(SENTENCES.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf-8")):
            yield path.stem, entry["text"], entry["expect"]


def main() -> int:
    judged = judge()
    measured = measure(judged)
    for name, value in measured.items():
        print(f"{name:30} {value:6.1f}")
    wrong = [j for j in judged if not j.is_right]
    print(f"\n{len(wrong)} of {len(judged)} not as expected; the first {_SHOWN}:")
    for j in wrong[:_SHOWN]:
        print(f"  {j.expected:34} got {j.topic or j.theme:34} {j.text}")
    worse = below_floor(measured, yaml.safe_load(FLOOR.read_text("utf-8")))
    for line in worse:
        print(f"below the floor: {line}", file=sys.stderr)
    return int(bool(worse))


if __name__ == "__main__":
    sys.exit(main())
