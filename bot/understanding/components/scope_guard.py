"""Whether a message is for us at all: what is not is answered modestly, never guessed at."""

import math
from enum import Enum
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.special import expit, logit

from bot.understanding.components.french_features import features_of
from bot.understanding.components.learnt_part import LinearPart, full_intent
from bot.understanding.components.topic_classifier import (
    TOPIC_RANKING,
    is_of_the_dialogue,
    set_intent,
)
from bot.understanding.context import context_of, is_piece
from knowledge.folding import fold

_IN_SCOPE = "in_scope"
_LEAST = 1e-6
_OF_AN_AGE = 2
_OUTSIDE = ("out_of_scope", "nonsense", "english")


class Decision(Enum):
    """What becomes of a message: its topic is answered, the nearest ones are offered, or it is
    refused."""

    answer = "answer"
    offer = "offer"
    refuse = "refuse"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ScopeGuard(LinearPart):
    """Overrules the intent with `out_of_scope`, `nonsense` or `english`, or with `unclear` when it
    is for us but no topic stands out."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # `right`: the weights under which the odds that a message is for us and the confidence in
        # its topic tell how likely the answer is to be right; `right_after` for what follows an
        # answer. Learnt for this pipeline only (`python -m benchmarks.development.deciding`).
        return {
            "strength": 1,
            "sharpness": 0.9,
            "right": {"always": 0.94, "for_us": 1.41, "topic": 4.82},
            "right_after": {"always": 1.58, "for_us": 0.93, "topic": 3.5},
            "answer_above": 0.65,
            "answer_after_above": 0.5,
            "offer_above": 0.5,
            "talk_above": 0.3,
            "sure_above": 0.55,
            "close_from": 0.8,
        }

    def label(self, example: Message) -> str | None:
        name = full_intent(example)
        return name if name in _OUTSIDE else _IN_SCOPE

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                self._judge(message)
        return messages

    def _judge(self, message: Message) -> None:
        if _has_nothing_to_look_at(message):
            set_intent(message, "nonsense", 1.0)
            return
        chances = dict(
            zip(self.model.labels, self.model.probabilities(features_of([message]))[0], strict=True)
        )
        outside = max(_OUTSIDE, key=lambda label: chances[label])
        in_scope = float(chances[_IN_SCOPE])
        message.set("in_scope", in_scope, add_to_output=True)
        if is_piece(message):  # of a message that was for us: how clear it is, the reader judges
            return
        decided = self._decide(message, in_scope)
        if decided is not Decision.answer:
            refused = decided is Decision.refuse
            intent = outside if refused else "unclear"
            set_intent(message, intent, float(chances[outside]) if refused else 1 - in_scope)

    def _decide(self, message: Message, in_scope: float) -> Decision:
        best, second, *_ = message.get(TOPIC_RANKING)
        if is_of_the_dialogue(best["name"]):
            # « tu es un robot? » is for us and is no subject: only what is clearly outside is not.
            return Decision.answer if in_scope >= self.config["talk_above"] else Decision.refuse
        follows = context_of(message) is not None
        is_right = self.chance_to_be_right(in_scope, best["confidence"], follows=follows)
        if is_right < self.config["answer_after_above" if follows else "answer_above"]:
            return Decision.offer if in_scope >= self.config["offer_above"] else Decision.refuse
        return Decision.offer if not follows and self._are_close(best, second) else Decision.answer

    def chance_to_be_right(self, in_scope: float, confidence: float, *, follows: bool) -> float:
        """How likely the answer is to be the right one, between 0 and 1."""
        weights = self.config["right_after" if follows else "right"]
        signs = right_signs(in_scope, confidence)
        return float(expit(sum(weights[name] * sign for name, sign in signs.items())))

    def _are_close(self, best: dict[str, Any], second: dict[str, Any]) -> bool:
        """Whether two topics may be meant: then the person chooses."""
        if best["confidence"] >= self.config["sure_above"] or is_of_the_dialogue(second["name"]):
            return False
        return bool(second["confidence"] >= self.config["close_from"] * best["confidence"])


def _has_nothing_to_look_at(message: Message) -> bool:
    """Only emoji, punctuation, or a number that follows nothing: « 18 » is no question."""
    folded = fold(message.get(TEXT))
    is_number = folded.isdigit() and len(folded) <= _OF_AN_AGE and context_of(message) is None
    return not folded or is_number


def right_signs(in_scope: float, confidence: float) -> dict[str, float]:
    """By the name of its weight, what speaks for an answer being right."""
    odds = logit(min(max(in_scope, _LEAST), 1 - _LEAST))
    return {"always": 1.0, "for_us": float(odds), "topic": math.log(max(confidence, _LEAST))}
