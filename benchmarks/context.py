"""How well a message is read after another, and how its weights are learnt.

`python -m benchmarks.context` judges the trained model on the messages of `context.yml`, written
for development: follow-ups, new subjects that must not be drawn back to the last one, words that
ask nothing; then messages of two questions, and of one that looks like two. It prints the weights
learnt from them, to be copied by hand into `config.yml`.
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize

from bot.quiet import send_noise_to
from bot.settings import ROOT, Settings

_MESSAGES = Path(__file__).with_suffix(".yml")
_KINDS = ("follow_ups", "new_subjects", "acknowledgements")
_FOLDS = 5
# Keeps a weight that hardly helps small.
_RESTRAINT = 0.003


@dataclass(frozen=True)
class Example:
    """`signs`: one row a weight, one column a label; `right`: whether each label would do."""

    kind: str
    signs: Any
    right: Any


def learn(examples: Sequence[Example]) -> Any:
    """The weights under which the right labels have the best chances."""

    def loss(weights: Any) -> tuple[float, Any]:
        total, slope = _RESTRAINT * weights @ weights, 2 * _RESTRAINT * weights
        for example in examples:
            score = weights @ example.signs
            chances = np.exp(score - score.max())
            chances /= chances.sum()
            wanted = chances * example.right
            total -= np.log(wanted.sum() + 1e-12) / len(examples)
            drift = chances - wanted / (wanted.sum() + 1e-12)
            slope = slope + example.signs @ drift / len(examples)
        return total, slope

    start = np.zeros(len(examples[0].signs))
    return minimize(loss, start, jac=True, method="L-BFGS-B").x


def share_right(examples: Sequence[Example], weights: Any) -> float:
    """In percent."""
    right = [e.right[int(np.argmax(weights @ e.signs))] for e in examples]
    return 100 * float(np.mean(right))


def cross_validated(examples: Sequence[Example]) -> Mapping[str, float]:
    """By kind, in percent: each message judged by weights learnt without it."""
    fold = np.random.default_rng(0).integers(0, _FOLDS, len(examples))
    judged: dict[str, list[float]] = {kind: [] for kind in _KINDS}
    for number in range(_FOLDS):
        weights = learn([e for e, f in zip(examples, fold, strict=True) if f != number])
        for example in (e for e, f in zip(examples, fold, strict=True) if f == number):
            judged[example.kind].append(share_right([example], weights))
    return {kind: float(np.mean(shares)) for kind, shares in judged.items()}


def main() -> int:
    send_noise_to(None)
    messages = yaml.safe_load(_MESSAGES.read_text("utf-8"))
    names, examples, given = _examples(messages)
    weights = learn(examples)
    shares = cross_validated(examples)
    print(f"{'':18} {'messages':>8} {'config.yml':>10} {'learnt':>7}  (% right)")
    for kind in _KINDS:
        own = [example for example in examples if example.kind == kind]
        print(f"{kind:18} {len(own):8} {share_right(own, given):10.1f} {shares[kind]:7.1f}")
    print("\nweights learnt from all:")
    for name, weight in zip(names, weights, strict=True):
        print(f"  {name}: {weight:.2f}")
    print()
    for kind in ("two_questions", "one_question"):
        print(f"{kind:18} {len(messages[kind]):8} {_share_cut_right(messages[kind]):10.1f}")
    return 0


def _examples(messages: Mapping[str, Any]) -> tuple[list[str], list[Example], Any]:
    from bot.understanding.components.french_features import FrenchFeatures
    from bot.understanding.components.topic_classifier import TopicClassifier
    from bot.understanding.context import Context, TopicsInContext

    features = _part(FrenchFeatures)
    classifier = _part(TopicClassifier)
    labels = classifier.model.labels
    in_context = TopicsInContext(labels, {})
    examples = []
    names: list[str] = []
    for kind in _KINDS:
        for said in messages[kind]:
            texts = [said["text"], f"{said['before']} {said['text']}"]
            alone, after = classifier.model.probabilities(features._features(texts))
            context = Context(said["after"], said["before"])
            signs = in_context.signs(alone, after, said["text"], context)
            names = list(signs)
            right = [_is_right(label, said) for label in labels]
            examples.append(Example(kind, np.array([*signs.values()], float), np.array(right)))
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"]
    [given] = [part["context"] for part in pipeline if "context" in part]
    return names, examples, np.array([given[name] for name in names])


def _is_right(label: str, said: Mapping[str, Any]) -> bool:
    from knowledge import at_hand

    if "expect" not in said:
        return label not in at_hand.library().topics
    # What the person says of themself is answered by the same topic again.
    again = label == "inform_profile" and said["expect"] == said["after"]
    return again or label in {said["expect"], *said.get("accept", ())}


def _part(kind: Any) -> Any:
    """A part of the trained model, by itself."""
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    from bot.understanding.training import current_model

    folder = Path(tempfile.mkdtemp())
    model = current_model(ROOT, Settings().model_dir)
    storage, metadata = LocalModelStorage.from_model_archive(folder, model)
    [(name, node)] = [
        (name, node)
        for name, node in metadata.predict_schema.nodes.items()
        if issubclass(node.uses, kind)
    ]
    context = ExecutionContext(GraphSchema({}), node_name=name)
    config = {**kind.get_default_config(), **node.config}
    return kind.load(config, storage, node.resource, context)


def _share_cut_right(messages: Sequence[Mapping[str, Any]]) -> float:
    """In percent: both topics of a message of two questions found, in the cut into two; the one
    topic of the others, without a cut that would add a second answer."""
    from rasa.core.agent import Agent
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.understanding.reading import Reader
    from bot.understanding.training import current_model

    agent = Agent.load(str(current_model(ROOT, Settings().model_dir)))
    reader = Reader(agent.processor)
    tracker = DialogueStateTracker.from_events("", [])
    right = 0
    for said in messages:
        read = [one.topic for one in reader.read(said["text"], tracker, None)]
        wanted = said["expect"] if isinstance(said["expect"], list) else [said["expect"]]
        accept = said.get("accept", {})
        accept = {wanted[0]: accept} if isinstance(accept, list) else accept
        found = all({topic, *accept.get(topic, ())} & {*read} for topic in wanted[:2])
        right += found and len(read) <= len(wanted)
    return 100 * right / len(messages)


if __name__ == "__main__":
    sys.exit(main())
