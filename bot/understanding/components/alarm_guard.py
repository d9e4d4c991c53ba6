"""What the guards that raise an alarm have in common: two readings, and signs that are enough."""

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.components import linear_model, sentence_meaning, two_readings
from bot.understanding.components.french_features import features_of
from bot.understanding.components.learnt_part import LearntPart, full_intent
from bot.understanding.components.two_readings import USUAL, TwoReadings
from knowledge.folding import fold


class AlarmGuard(LearntPart[TwoReadings]):
    """Learns to tell `alarms` from all other examples, and overrules the intent by them."""

    kind = TwoReadings
    code = (linear_model, sentence_meaning, two_readings)
    alarms: tuple[str, ...]

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._signs = [re.compile(sign) for sign in config["signs"]]

    @abstractmethod
    def judge(self, message: Message) -> None:
        """Overrule the intent of a message that has a text, or leave it."""

    def label(self, example: Message) -> str:
        name = full_intent(example)
        return name if name in self.alarms else USUAL

    def learn(self, examples: Sequence[Message], labels: Sequence[str]) -> TwoReadings:
        return TwoReadings.fit(
            features_of([*examples]),
            [example.get(TEXT) for example in examples],
            labels,
            confused=self.config["confused"],
            strength=self.config["strength"],
            sharpness=self.config["sharpness"],
        )

    def chances(self, message: Message) -> Mapping[str, float]:
        """Of each alarm, and of what is usual; 1 in all."""
        words, doubt_above = features_of([message]), self.config["doubt_above"]
        return self.learnt.chances(words, message.get(TEXT), doubt_above=doubt_above)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                self.judge(message)
        return messages

    def has_sign(self, message: Message) -> bool:
        folded = fold(message.get(TEXT))
        return any(sign.search(folded) for sign in self._signs)
