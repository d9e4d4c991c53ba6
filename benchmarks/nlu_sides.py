"""The two sides of `benchmarks.nlu`: each learns a file, then answers messages.

`train` and `answer` are each meant for a process of their own (`benchmarks.apart`), as in the
product: training needs TensorFlow's hundreds of megabytes, and our answering does not. So nothing
of Rasa is imported here before they are called.
"""

import os
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from benchmarks.parsing import parse
from bot.understanding.left_out import leave_out_what_is_not_used

ROOT = Path(__file__).resolve().parent.parent
_WARM_UP = 5
_FALLBACK = "nlu_fallback"
_IN_SCOPE = "in_scope"


class Side(str, Enum):
    ours = "ours"
    stock = "stock"


@dataclass(frozen=True)
class Task:
    """What to learn. `outside` are the intents of `nlu` that stand for what is out of scope."""

    side: Side
    nlu: Path
    outside: tuple[str, ...]
    folder: Path


@dataclass(frozen=True)
class Trained:
    """Seconds without the imports; megabytes resident at the most."""

    model: Path
    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Heard:
    """The best intent that is in scope, retrieval intents with their full name (None when there is
    nothing to go by), its confidence, the chance that the message is in scope; milliseconds."""

    intent: str | None
    confidence: float
    in_scope: float
    ms: float

    @property
    def score(self) -> float:
        """What a threshold is set on: our scope guard's own measure, read off both sides. Where
        nothing out of scope was learnt it orders messages as the confidence alone."""
        return self.confidence + self.in_scope


@dataclass(frozen=True)
class Answered:
    """What was heard, in order; `ready` are the seconds of imports, loading and first message."""

    heard: tuple[Heard, ...]
    ready: float
    megabytes: float


def train(task: Task) -> Trained:
    """Raises RuntimeError when Rasa makes no model."""
    # Rasa would take what it learnt from the same file at an earlier run out of its cache.
    os.environ["RASA_CACHE_DIRECTORY"] = str(task.folder / "cache")
    from rasa.model_training import train_nlu

    config = _our_config(task) if task.side is Side.ours else _stock_config(task)
    started = time.perf_counter()
    model = train_nlu(str(config), str(task.nlu), str(task.folder), fixed_model_name="model")
    if model is None:
        raise RuntimeError(f"Rasa made no model of {task.nlu}")
    return Trained(Path(model), time.perf_counter() - started, _peak_memory())


def answer(task: Task, model: Path, texts: Sequence[str]) -> Answered:
    """Answer the texts one after the other, the first ones twice: once to warm up."""
    if task.side is Side.ours:
        leave_out_what_is_not_used()
    warm_up = [texts[number % len(texts)] for number in range(_WARM_UP)]
    started = time.perf_counter()
    parsed = parse(model, [*warm_up, *texts])
    ready = time.perf_counter() - started - sum(one.ms for one in parsed[1:]) / 1000
    heard = [_heard(one.output, one.ms, task.outside) for one in parsed[_WARM_UP:]]
    return Answered(tuple(heard), ready, _peak_memory())


def _our_config(task: Task) -> Path:
    """Our recipe without what is of our field, its numbers as they are in `config.yml`."""
    from benchmarks.nlu_parts import AnyIntent, InScope

    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    parts = {part["name"].rpartition(".")[2]: part for part in config["pipeline"]}
    outside = {"outside": list(task.outside)}
    classifier = {**parts["TopicClassifier"], "name": _path(AnyIntent), **outside}
    pipeline = [parts["FrenchFeatures"], classifier]
    if task.outside:
        pipeline.append({**parts["ScopeGuard"], "name": _path(InScope), **outside})
    kept = {name: config[name] for name in ("recipe", "assistant_id", "language")}
    path = task.folder / "config.yml"
    path.write_text(yaml.safe_dump({**kept, "pipeline": pipeline}), "utf-8")
    return path


def _path(part: type) -> str:
    return f"{part.__module__}.{part.__name__}"


def _stock_config(task: Task) -> Path:
    """What `rasa init` writes. It names no pipeline: Rasa fills in its default when it trains."""
    import rasa

    scaffold = Path(rasa.__file__).parent / "cli" / "initial_project" / "config.yml"
    return Path(shutil.copy(scaffold, task.folder / "config.yml"))


def _heard(output: Mapping[str, Any], ms: float, outside: Sequence[str]) -> Heard:
    """The classifier's own best intent: stock's fallback is a threshold, and both sides get theirs
    from the benchmark."""
    ranking = output.get("topic_ranking") or output.get("intent_ranking") or []
    chances = {one["name"]: one["confidence"] for one in ranking if one["name"] != _FALLBACK}
    chance_outside = sum(chances.pop(name, 0.0) for name in outside)
    in_scope = output.get(_IN_SCOPE, 1 - chance_outside)
    if not chances:
        return Heard(None, 0.0, in_scope, ms)
    best = max(chances, key=lambda name: chances[name])
    return Heard(_full_name(best, output), chances[best], in_scope, ms)


def _full_name(intent: str, output: Mapping[str, Any]) -> str:
    """Stock Rasa says of a retrieval intent in two places what ours says in one."""
    selectors = output.get("response_selector") or {}
    if "default" not in selectors or intent not in selectors["all_retrieval_intents"]:
        return intent
    return str(selectors["default"]["response"]["intent_response_key"])


def _peak_memory() -> float:
    """Resident megabytes of this process at the most. (getrusage would count its parent's too.)"""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no memory figure")
