"""Whether somebody is in distress, or not well: then nothing else matters than the lines that
help."""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.components.alarm_guard import AlarmGuard
from bot.understanding.components.topic_classifier import set_intent

DISTRESS = "distress"
LOW_MOOD = "low_mood"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DistressGuard(AlarmGuard):
    """Last in the pipeline, it overrules every other part with `distress`, on the least sign of it,
    or with `low_mood`, when that is clear."""

    alarms = (DISTRESS, LOW_MOOD)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "strength": 0.3,
            "sharpness": 3,
            "confused": 1500,
            "doubt_above": 0.01,
            "alarm_above": 0.3,
            "low_above": 0.35,
            "signs": [],
        }

    def judge(self, message: Message) -> None:
        chances = self.chances(message)
        heavy, low = chances[DISTRESS], chances[LOW_MOOD]
        if heavy > self.config["alarm_above"] or self.has_sign(message):
            set_intent(message, DISTRESS, max(heavy, self.config["alarm_above"]))
        elif heavy + low > self.config["low_above"]:
            set_intent(message, LOW_MOOD, heavy + low)
