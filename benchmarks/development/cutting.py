"""Learns what tells two questions in one message from one question that looks like two.

`python -m benchmarks.development.cutting`: messages of `cutting.yml`, and those of `topics.yml`,
which are one question each.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.development import logistic
from benchmarks.development.trained import messages
from bot.quiet import send_noise_to
from bot.settings import ROOT, Settings

_THRESHOLDS = (-1.0, -0.5, -0.3, 0.0, 0.5)


@dataclass(frozen=True)
class Asked:
    """A message and the topics it asks about, each with those that are as right."""

    text: str
    wanted: tuple[frozenset[str], ...]

    def is_answered(self, topics: Sequence[str | None]) -> bool:
        """Each of the first two topics asked about is said."""
        return all(any(topic in right for topic in topics) for right in self.wanted[:2])


@dataclass(frozen=True)
class Cuttable:
    """A message, the whole's topic, and for each cut: its signs and the topics of both pieces."""

    asked: Asked
    whole: str | None
    cuts: tuple[tuple[logistic.Signs, tuple[str | None, ...]], ...]


def _asked(said: Mapping[str, Any]) -> Asked:
    expected = said["expect"]
    topics = expected if isinstance(expected, list) else [expected]
    accept = said.get("accept", {})
    accept = {topics[0]: accept} if isinstance(accept, list) else accept
    return Asked(said["text"], tuple(frozenset({t, *accept.get(t, ())}) for t in topics))


def _cuttable(all_asked: Sequence[Asked]) -> Iterator[Cuttable]:
    from rasa.core.agent import Agent
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.understanding.reading import NEVER_CUT, Reader
    from bot.understanding.training import current_model

    agent = Agent.load(str(current_model(ROOT, Settings().model_dir)))
    reader = Reader(agent.processor)
    tracker = DialogueStateTracker.from_events("", [])
    for asked in all_asked:
        whole, pairs = reader.pairs(asked.text, tracker)
        cuts = tuple(
            (pair.signs(whole), tuple(read.topic for read in pair.reads))
            for pair in pairs
            if whole.intent not in NEVER_CUT and pair.may_be_two()
        )
        yield Cuttable(asked, whole.topic, cuts)


def _examples(cuttable: Sequence[Cuttable]) -> tuple[list[logistic.Signs], list[bool]]:
    """A cut of two questions whose pieces are not understood says nothing of cutting."""
    signs, is_two = [], []
    for one in cuttable:
        for sign, topics in one.cuts:
            right = len(one.asked.wanted) > 1 and one.asked.is_answered(topics)
            if right or len(one.asked.wanted) == 1:
                signs.append(sign)
                is_two.append(right)
    return signs, is_two


def _share_right(cuttable: Sequence[Cuttable], weights: logistic.Signs, enough: float) -> float:
    right = 0
    for one in cuttable:
        judged = [(sum(weights[n] * s for n, s in signs.items()), t) for signs, t in one.cuts]
        worth, topics = max(judged, key=lambda pair: pair[0], default=(enough, ()))
        said = topics if worth > enough else (one.whole,)
        right += one.asked.is_answered(said if len(one.asked.wanted) > 1 else said[:1])
    return 100 * right / len(cuttable)


def main() -> int:
    send_noise_to(None)
    said = {**messages("cutting"), "topics": messages("topics")}
    cuttable = {name: [*_cuttable([_asked(one) for one in of])] for name, of in said.items()}
    signs, is_two = _examples([one for of in cuttable.values() for one in of])
    weights = logistic.learn(signs, is_two)
    print("weights:")
    for name, weight in weights.items():
        print(f"  {name}: {weight}")
    print(f"two_above  {'  '.join(f'{name:>14}' for name in cuttable)}  (% right)")
    for enough in _THRESHOLDS:
        shares = (_share_right(of, weights, enough) for of in cuttable.values())
        print(f"{enough:9}  {'  '.join(f'{share:14.1f}' for share in shares)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
