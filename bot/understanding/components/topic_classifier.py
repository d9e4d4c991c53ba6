"""Which topic a message is about, among topics and dialogue intents alike."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.components.french_features import AFTER_QUESTION, features_of
from bot.understanding.components.learnt_part import LinearPart, full_intent
from bot.understanding.context import TopicsInContext, context_of
from knowledge.schema import Theme

TOPIC_RANKING = "topic_ranking"
LEFT_TO_GUARDS = (
    "out_of_scope",
    "nonsense",
    "personal_case",
    "english",
    "distress",
    "low_mood",
)
_RANKED = 5
_THEMES = {theme.value for theme in Theme}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(LinearPart):
    """Sets Rasa's `intent`, `intent_ranking` and `response_selector`, and `topic_ranking`: full
    names with their confidence, best first. The guards after it may overrule the intent."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"strength": 0.3, "sharpness": 10, "context": {}}

    def label(self, example: Message) -> str | None:
        name = full_intent(example)
        return None if name in LEFT_TO_GUARDS else name

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        ranking = ranked(self.model.labels, self._chances(message))
        message.set(TOPIC_RANKING, ranking, add_to_output=True)
        set_intent(message, ranking[0]["name"], ranking[0]["confidence"])
        message.set("intent_ranking", _by_intent(ranking), add_to_output=True)

    def _chances(self, message: Message) -> Any:
        alone = self.model.probabilities(features_of([message]))[0]
        context = context_of(message)
        if context is None:
            return alone
        after_question = self.model.probabilities(message.get(AFTER_QUESTION))[0]
        return self._in_context.weigh(alone, after_question, message.get(TEXT), context)

    @cached_property
    def _in_context(self) -> TopicsInContext:
        return TopicsInContext(self.model.labels, self.config["context"])


def ranked(labels: Sequence[str], chances: Any) -> list[dict[str, Any]]:
    """The likeliest labels with their chances, best first."""
    return [
        {"name": labels[place], "confidence": float(chances[place])}
        for place in chances.argsort()[::-1][:_RANKED]
    ]


def _by_intent(ranking: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ranking as Rasa expects it: each intent once, with what its topics have together."""
    together: dict[str, float] = {}
    for entry in ranking:
        intent = entry["name"].split("/")[0]
        together[intent] = together.get(intent, 0.0) + entry["confidence"]
    return [
        {"name": intent, "confidence": confidence}
        for intent, confidence in sorted(together.items(), key=lambda pair: -pair[1])
    ]


def is_of_the_dialogue(full_name: str) -> bool:
    """Whether an intent is of the conversation itself (a greeting, a yes), not of the knowledge."""
    return full_name.split("/")[0] not in _THEMES


def set_intent(message: Message, full_name: str, confidence: float) -> None:
    """Decide the intent; a full name `theme/topic` also fills what Rasa's response selector would,
    so that `utter_<theme>` finds its response."""
    intent, slash, _ = full_name.partition("/")
    message.set(INTENT, {"name": intent, "confidence": confidence}, add_to_output=True)
    selected = {
        "responses": [],
        "confidence": confidence,
        "intent_response_key": full_name,
        "utter_action": f"utter_{full_name}",
    }
    selector = {
        "all_retrieval_intents": [intent],
        intent: {"response": selected, "ranking": []},
    }
    message.set("response_selector", selector if slash else {}, add_to_output=True)
