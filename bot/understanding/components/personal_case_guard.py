"""Whether a person asks for advice on their own case, whatever the topic.

In Canada only a regulated adviser may give it (Immigration and Refugee Protection Act, s. 91), so
the guard prefers a false alarm to a miss: a learnt model, or any of the signs listed in
`config.yml`, is enough.
"""

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.components.french_features import features_of
from bot.understanding.components.guard import LinearPart, full_intent
from bot.understanding.components.topic_classifier import TOPIC_RANKING, set_intent
from knowledge.folding import fold

PERSONAL_CASE = "personal_case"
_GENERAL = "general"
_REQUESTS = ("cancel", "ask_adviser", "privacy/my_data", "privacy/erase", "privacy/who_reads")
_SURE = 0.6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PersonalCaseGuard(LinearPart):
    """Overrules the intent with `personal_case`; the topic stays in `topic_ranking`."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._signs = [re.compile(sign) for sign in config["signs"]]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # `alarm_above` is low on purpose: a miss costs more than an offer too many.
        return {"strength": 0.3, "sharpness": 3, "alarm_above": 0.4, "signs": []}

    def label(self, example: Message) -> str | None:
        return PERSONAL_CASE if full_intent(example) == PERSONAL_CASE else _GENERAL

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                self._judge(message)
        return messages

    def _judge(self, message: Message) -> None:
        best = message.get(TOPIC_RANKING)[0]
        if best["name"] in _REQUESTS and best["confidence"] > _SURE:
            return  # « annuler ma demande »: of the request made here, not of a permit
        chances = self.model.probabilities(features_of([message]))[0]
        chance = float(chances[self.model.labels.index(PERSONAL_CASE)])
        if chance > self.config["alarm_above"] or self._has_sign(message.get(TEXT)):
            set_intent(message, PERSONAL_CASE, max(chance, self.config["alarm_above"]))

    def _has_sign(self, text: str) -> bool:
        folded = fold(text)
        return any(sign.search(folded) for sign in self._signs)
