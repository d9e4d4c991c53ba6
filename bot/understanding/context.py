"""What a short message means after the last answer: « combien? » after what a CAQ is.

The message is looked at alone and after the question it follows, then the topics near the last
answer count more: those of its theme, those it is related to, those that say the same of another
thing (`caq/fee`, `study_permit/fee`). How much more is learnt: `benchmarks/development/context.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rasa.shared.nlu.training_data.message import Message
from scipy.special import softmax

from bot.understanding.splitting import asks
from knowledge import at_hand
from knowledge.folding import fold
from knowledge.search import content_words

# A longer message says by itself what it is about, unless one of its words points back; then up to
# twice as many may (`benchmarks/development/context.py`).
_FEW_WORDS = 4
_FEW_WORDS_POINTING_BACK = 7
_JOINERS = frozenset(["et", "ok", "mais", "idem", "alors", "pareil", "meme", "sinon"])
_POINTING_BACK = frozenset(
    ["ca", "cela", "celui", "celle", "ceux", "celles", "pareil", "pareille", "aussi", "lui", "elle"]
)
# « je veux parler à un conseiller » says so by itself, whatever was answered before.
_SURELY_TALK = 0.9
# Below this a chance is noise; its logarithm would drown the rest.
_LEAST_CHANCE = 1e-4


@dataclass(frozen=True)
class Context:
    """`topic` was answered last, to `question`."""

    topic: str
    question: str


def context_of(message: Message) -> Context | None:
    """The context that the engine gave with a message, if it counts for it."""
    given = (message.get("metadata") or {}).get("context")
    if not given or not leans_on_context(message.get("text")):
        return None
    return Context(**given)


def is_piece(message: Message) -> bool:
    """Whether it is one of two questions cut out of a message."""
    return bool((message.get("metadata") or {}).get("piece"))


def leans_on_context(text: str) -> bool:
    words = len(content_words(text))
    if words <= _FEW_WORDS:
        return True
    points_back = is_joined(text) or not _POINTING_BACK.isdisjoint(fold(text).split())
    return points_back and words <= _FEW_WORDS_POINTING_BACK


def is_joined(text: str) -> bool:
    """« et en maîtrise? »: it goes on from what was said."""
    return fold(text).split(" ")[0] in _JOINERS


class TopicsInContext:
    """Weighs the chances of `labels` (topics and intents of the dialogue) in a context."""

    def __init__(self, labels: Sequence[str], weights: Mapping[str, float]) -> None:
        self._place = {label: place for place, label in enumerate(labels)}
        self._themes = np.array([label.split("/")[0] for label in labels])
        self._aspects = np.array([label.split("/")[-1] for label in labels])
        self._weights = weights
        themes = list({topic.split("/")[0] for topic in at_hand.library().topics})
        self._talk = ~np.isin(self._themes, themes)

    def weigh(self, alone: Any, after_question: Any, text: str, context: Context) -> Any:
        """New chances, as many as labels, from those of the message alone and of the message
        after the question; the former only, when that is surely of the dialogue."""
        best = int(alone.argmax())
        if self._talk[best] and alone[best] >= _SURELY_TALK:
            return alone
        signs = self.signs(alone, after_question, text, context)
        return softmax(sum(self._weights[name] * sign for name, sign in signs.items()))

    def signs(
        self, alone: Any, after_question: Any, text: str, context: Context
    ) -> Mapping[str, Any]:
        """By the name of its weight, what speaks for each label."""
        topics = at_hand.library().topics
        theme, _, aspect = context.topic.partition("/")
        last = np.zeros(len(self._place))
        last[self._place[context.topic]] = 1
        related = np.zeros(len(self._place))
        related[[self._place[topic] for topic in topics[context.topic].related]] = 1
        own_words = np.log(alone + _LEAST_CHANCE)
        return {
            "alone": own_words,
            "alone_if_joined": own_words * is_joined(text),
            "after_question": np.log(after_question + _LEAST_CHANCE),
            "same_theme": self._themes == theme,
            "related": related,
            "same_topic": last,
            "same_aspect": (self._aspects == aspect) * (1 - last),
            "dialogue": self._talk,
            "dialogue_if_asking": self._talk * asks(text),
        }
