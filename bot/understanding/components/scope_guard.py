"""Whether a message is for us at all: what is not is answered modestly, never guessed at."""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.components.french_features import features_of
from bot.understanding.components.guard import LinearPart, full_intent
from bot.understanding.components.topic_classifier import (
    TOPIC_RANKING,
    is_of_the_dialogue,
    set_intent,
)
from bot.understanding.context import context_of, is_piece
from knowledge.folding import fold

_IN_SCOPE = "in_scope"
_FEW_WORDS = 4
_OUTSIDE = ("out_of_scope", "nonsense", "english")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ScopeGuard(LinearPart):
    """Overrules the intent with `out_of_scope`, `nonsense` or `english`, or with `unclear` when it
    is for us but no topic stands out."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # `refuse_below`: of the odds that a message is for us times the confidence in its topic: a
        # clear topic makes up for few words. `answer_above`: below, the topic is asked, not
        # guessed; nor is it between two of which the second is `close_from` the first. Read off
        # `make eval`, for this pipeline only.
        return {
            "strength": 0.3,
            "sharpness": 0.9,
            "refuse_below": 1.2,
            "refuse_talk_below": 0.45,
            "refuse_clear_below": 0.5,
            "certain_above": 0.97,
            "answer_above": 0.38,
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
        if not fold(message.get(TEXT)):  # only emoji or punctuation: there is nothing to look at
            set_intent(message, "nonsense", 1.0)
            return
        chances = dict(
            zip(self.model.labels, self.model.probabilities(features_of([message]))[0], strict=True)
        )
        outside = max(_OUTSIDE, key=lambda label: chances[label])
        in_scope = float(chances[_IN_SCOPE])
        message.set("in_scope", in_scope, add_to_output=True)
        best, second, *_ = message.get(TOPIC_RANKING)
        if is_piece(message):  # of a message that was for us: how clear it is, the reader judges
            return
        follows = context_of(message) is not None
        # After an answer a few words are clear by what they follow, not by themselves.
        worth = in_scope / (1 - in_scope) * (1 if follows else best["confidence"])
        few = len(message.get(TEXT).split()) <= _FEW_WORDS
        if worth < self._limit(best, follows=follows, few=few):
            set_intent(message, outside, float(chances[outside]))
        elif self._is_unsure(best) or (not follows and self._are_close(best, second)):
            set_intent(message, "unclear", 1 - best["confidence"])

    def _limit(self, best: dict[str, Any], *, follows: bool, few: bool) -> float:
        """« tu es un robot? » is for us and is no subject: only what is clearly outside is refused;
        so it is with what follows an answer, and with « test de français », few words and a topic
        that is certain."""
        if is_of_the_dialogue(best["name"]):
            return float(self.config["refuse_talk_below"])
        clear = follows or (few and best["confidence"] >= self.config["certain_above"])
        return float(self.config["refuse_clear_below" if clear else "refuse_below"])

    def _is_unsure(self, best: dict[str, Any]) -> bool:
        return bool(best["confidence"] < self.config["answer_above"])

    def _are_close(self, best: dict[str, Any], second: dict[str, Any]) -> bool:
        """Whether two topics may be meant: then the person chooses."""
        if best["confidence"] >= self.config["sure_above"] or is_of_the_dialogue(second["name"]):
            return False
        return bool(second["confidence"] >= self.config["close_from"] * best["confidence"])
