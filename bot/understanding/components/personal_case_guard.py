"""Whether a person asks for advice on their own case, whatever the topic.

In Canada only a regulated adviser may give it (Immigration and Refugee Protection Act, s. 91), so
the guard prefers a false alarm to a miss: a learnt model, or any of the signs listed in
`config.yml`, is enough.
"""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.components.alarm_guard import AlarmGuard
from bot.understanding.components.topic_classifier import TOPIC_RANKING, set_intent

PERSONAL_CASE = "personal_case"
_REQUESTS = ("cancel", "ask_adviser", "privacy/my_data", "privacy/erase", "privacy/who_reads")
_SURE = 0.6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PersonalCaseGuard(AlarmGuard):
    """Overrules the intent with `personal_case`; the topic stays in `topic_ranking`."""

    alarms = (PERSONAL_CASE,)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # `alarm_above` is low on purpose: a miss costs more than an offer too many.
        return {
            "strength": 0.3,
            "sharpness": 3,
            "confused": 12000,
            "doubt_above": 0.01,
            "alarm_above": 0.3,
            "signs": [],
        }

    def judge(self, message: Message) -> None:
        best = message.get(TOPIC_RANKING)[0]
        if best["name"] in _REQUESTS and best["confidence"] > _SURE:
            return  # « annuler ma demande »: of the request made here, not of a permit
        chance, enough = self.chances(message)[PERSONAL_CASE], self.config["alarm_above"]
        if chance > enough or self.has_sign(message):
            set_intent(message, PERSONAL_CASE, max(chance, enough))
