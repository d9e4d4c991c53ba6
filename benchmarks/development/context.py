"""How well a message is read after another, and how its weights are learnt.

`python -m benchmarks.development.context` judges the trained model on the messages of
`context.yml`: follow-ups, new subjects that must not be drawn back to the last one, words that ask
nothing. It prints the weights learnt from them, to be copied by hand into `config.yml`.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from benchmarks.development.trained import Trained, configured, messages
from bot.quiet import send_noise_to

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
    names, examples = _examples(messages("context"))
    given = np.array([configured("context")[name] for name in names])
    weights = learn(examples)
    shares = cross_validated(examples)
    print(f"{'':18} {'messages':>8} {'config.yml':>10} {'learnt':>7}  (% right)")
    for kind in _KINDS:
        own = [example for example in examples if example.kind == kind]
        print(f"{kind:18} {len(own):8} {share_right(own, given):10.1f} {shares[kind]:7.1f}")
    print("\nweights learnt from all:")
    for name, weight in zip(names, weights, strict=True):
        print(f"  {name}: {weight:.2f}")
    return 0


def _examples(said: Mapping[str, Any]) -> tuple[list[str], list[Example]]:
    """Of the messages that are read in their context; the others stand by themselves."""
    from bot.understanding.context import Context, TopicsInContext, leans_on_context

    trained = Trained()
    in_context = TopicsInContext(trained.labels, {})
    examples = []
    names: list[str] = []
    for kind in _KINDS:
        for one in said[kind]:
            if not leans_on_context(one["text"]):
                continue
            alone, after = trained.chances([one["text"], f"{one['before']} {one['text']}"])
            context = Context(one["after"], one["before"])
            signs = in_context.signs(alone, after, one["text"], context)
            names = list(signs)
            right = [_is_right(label, one) for label in trained.labels]
            examples.append(Example(kind, np.array([*signs.values()], float), np.array(right)))
    return names, examples


def _is_right(label: str, said: Mapping[str, Any]) -> bool:
    from knowledge import at_hand

    if "expect" not in said:
        return label not in at_hand.library().topics
    # What the person says of themself is answered by the same topic again.
    again = label == "inform_profile" and said["expect"] == said["after"]
    return again or label in {said["expect"], *said.get("accept", ())}


if __name__ == "__main__":
    sys.exit(main())
