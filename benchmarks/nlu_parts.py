"""Our classifier and our scope guard on somebody else's intents.

The same features, learning and parameters; what is left out is only what they know of our own
field: which intents belong to which guard, and at which score of ours a message is refused.
"""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.components.french_features import features_of
from bot.understanding.components.learnt_part import full_intent
from bot.understanding.components.scope_guard import ScopeGuard
from bot.understanding.components.topic_classifier import TopicClassifier

IN_SCOPE = "in_scope"
_OUTSIDE = "outside"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnyIntent(TopicClassifier):
    """Learns every intent but those that `outside` names in its configuration."""

    def label(self, example: Message) -> str | None:
        name = full_intent(example)
        return None if name in self.config["outside"] else name


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class InScope(ScopeGuard):
    """Says the chance that a message is in scope and overrules nothing: the benchmark sets the
    threshold itself, for both sides."""

    def label(self, example: Message) -> str | None:
        return _OUTSIDE if full_intent(example) in self.config["outside"] else IN_SCOPE

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                chances = self.model.probabilities(features_of([message]))[0]
                chance = float(chances[self.model.labels.index(IN_SCOPE)])
                message.set(IN_SCOPE, chance, add_to_output=True)
        return messages
