"""Whether somebody is in distress, or not well: then nothing else matters than the lines that
help."""

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.components.french_features import features_of
from bot.understanding.components.guard import LinearPart, full_intent
from bot.understanding.components.topic_classifier import set_intent
from knowledge.folding import fold

DISTRESS = "distress"
LOW_MOOD = "low_mood"
_NO_DISTRESS = "no_distress"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DistressGuard(LinearPart):
    """Last in the pipeline, it overrules every other part with `distress`, on the least sign of it,
    or with `low_mood`, when that is clear."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._signs = [re.compile(sign) for sign in config["signs"]]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "strength": 0.3,
            "sharpness": 3,
            "alarm_above": 0.5,
            "low_above": 0.6,
            "signs": [],
        }

    def label(self, example: Message) -> str | None:
        name = full_intent(example)
        return name if name in (DISTRESS, LOW_MOOD) else _NO_DISTRESS

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if text := message.get(TEXT):
                self._judge(message, fold(text))
        return messages

    def _judge(self, message: Message, folded: str) -> None:
        chances = self.model.probabilities(features_of([message]))[0]
        heavy, low = (
            float(chances[self.model.labels.index(label)]) for label in (DISTRESS, LOW_MOOD)
        )
        if heavy > self.config["alarm_above"] or any(s.search(folded) for s in self._signs):
            set_intent(message, DISTRESS, max(heavy, self.config["alarm_above"]))
        elif heavy + low > self.config["low_above"]:
            set_intent(message, LOW_MOOD, heavy + low)
