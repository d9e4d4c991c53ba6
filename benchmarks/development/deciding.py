"""Learns how likely an answer is to be right, from the odds that a message is for us and the
confidence in its topic; shows what each threshold would lead to.

`python -m benchmarks.development.deciding`: messages of `topics.yml` and `outside.yml` alone, then
those of `context.yml` and again `outside.yml` after an answer.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.development import logistic
from benchmarks.development.trained import Trained, configured, messages
from bot.quiet import send_noise_to

_THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7)


@dataclass(frozen=True)
class Judged:
    """`confidence` in the best topic; `is_right` that it is the one asked about; `inside`: whether
    the message is for us."""

    in_scope: float
    confidence: float
    is_right: bool
    inside: bool

    @property
    def signs(self) -> logistic.Signs:
        from bot.understanding.components.scope_guard import right_signs

        return right_signs(self.in_scope, self.confidence)


def alone(trained: Trained) -> list[Judged]:
    """Messages of topics, and those that are not for us, each by itself."""
    inside = messages("topics")
    outside = _outside()
    texts = [said["text"] for said in inside] + outside
    wanted = [{said["expect"], *said.get("accept", ())} for said in inside]
    wanted += [set() for _ in outside]
    return _judge(trained, trained.chances(texts), texts, wanted)


def after(trained: Trained) -> list[Judged]:
    """Messages that follow an answer; what is not for us follows one taken in turn."""
    from bot.understanding.context import Context, TopicsInContext, leans_on_context

    said = messages("context")
    followed = [*said["follow_ups"], *said["new_subjects"]]
    given = [(one["before"], one["after"], one["text"], {one["expect"], *one.get("accept", ())})
             for one in followed]  # fmt: skip
    given += [
        (first["before"], first["after"], text, set())
        for first, text in zip(followed, _outside(), strict=False)
    ]
    given = [one for one in given if leans_on_context(one[2])]
    texts = [text for _, _, text, _ in given]
    own = trained.chances(texts)
    joined = trained.chances([f"{before} {text}" for before, _, text, _ in given])
    in_context = TopicsInContext(trained.labels, configured("context"))
    chances = [
        in_context.weigh(own[place], joined[place], text, Context(topic, before))
        for place, (before, topic, text, _) in enumerate(given)
    ]
    return _judge(trained, np.array(chances), texts, [wanted for *_, wanted in given])


def _outside() -> list[str]:
    outside = messages("outside")
    return [*outside["near"], *outside["far"]]


def _judge(
    trained: Trained, chances: Any, texts: Sequence[str], wanted: Sequence[set[str]]
) -> list[Judged]:
    """What the decision looks at; messages of the dialogue itself are decided otherwise."""
    from bot.understanding.components.topic_classifier import is_of_the_dialogue

    in_scope = trained.in_scope(texts)
    judged = []
    for place, right in enumerate(wanted):
        best = int(chances[place].argmax())
        topic, confidence = trained.labels[best], float(chances[place][best])
        if not is_of_the_dialogue(topic):
            judged.append(Judged(in_scope[place], confidence, topic in right, bool(right)))
    return judged


def _show(name: str, judged: Sequence[Judged]) -> None:
    signs, is_right = [one.signs for one in judged], [one.is_right for one in judged]
    chances = logistic.unseen(signs, is_right)
    inside = np.array([one.inside for one in judged])
    right = np.array(is_right)
    print(f"{name}: {logistic.learn(signs, is_right)}")
    print("   answer above  answered   right of these  refused of what is outside  (%)")
    for threshold in _THRESHOLDS:
        answered = chances >= threshold
        coverage, refused = answered[inside].mean(), 1 - answered[~inside].mean()
        precision = right[inside & answered].mean()
        shares = (100 * coverage, 100 * precision, 100 * refused)
        print("   {:12} {:9.1f} {:16.1f} {:27.1f}".format(threshold, *shares))


def main() -> int:
    send_noise_to(None)
    trained = Trained()
    _show("right", alone(trained))
    _show("right_after", after(trained))
    return 0


if __name__ == "__main__":
    sys.exit(main())
