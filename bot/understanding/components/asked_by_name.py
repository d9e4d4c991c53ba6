"""Sees the messages that ask for something by its name, and leaves all others as they are."""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.components.topic_classifier import (
    TOPIC_RANKING,
    is_of_the_dialogue,
    set_intent,
)
from bot.understanding.context import context_of, is_joined, is_piece
from bot.understanding.splitting import asks
from knowledge import at_hand
from knowledge.asked import Asked, Kind
from knowledge.folding import fold
from knowledge.library import theme_of

ASK_BY_NAME = "ask_by_name"
_UNDECIDED = ("unclear", "out_of_scope", "nonsense")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AskedByName(GraphComponent):
    """Overrules the intent with `ask_by_name`, unless a topic says more of the same thing."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config
        self._names = at_hand.names()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # Above, a topic of programmes is what was meant, and the list goes under it.
        return {"trust_above": 0.5}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "AskedByName":
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if is_piece(message):  # « et le CAQ? » after something else is a question of a topic
                continue
            if (text := message.get(TEXT)) and (asked := self._names.asked(text)):
                self._weigh(message, asked)
        return messages

    def _weigh(self, message: Message, asked: Asked) -> None:
        best = message.get(TOPIC_RANKING)[0]
        undecided = message.get(INTENT)["name"] in _UNDECIDED
        goes_on = context_of(message) is not None and is_joined(message.get(TEXT))
        if not undecided and goes_on and not self._is_silent_about(asked, best["name"]):
            return  # « et en maîtrise? » goes on about the last topic
        if undecided or asked.ranks:  # no topic says that nobody ranks
            set_intent(message, ASK_BY_NAME, 1.0)
            return
        if is_of_the_dialogue(best["name"]) and not _is_defined(asked, message):
            return
        if self._topic_says_more(asked, best):
            return
        set_intent(message, ASK_BY_NAME, 1.0)

    def _is_silent_about(self, asked: Asked, topic: str) -> bool:
        """« et Garneau ? » after what a guardian is: the topic would say nothing of Garneau."""
        library = at_hand.library()
        if asked.kind is not Kind.card or topic not in library.topics:
            return False
        said = " ".join(fold(answer.text) for answer in library.topics[topic].answers)
        return not any(fold(library.title(name)) in said for name in asked.ids)

    def _topic_says_more(self, asked: Asked, best: dict[str, Any]) -> bool:
        if asked.kind is Kind.programmes:
            sure = best["confidence"] >= self._config["trust_above"]
            # Where it is asked, the list of that place says more than the topic.
            general = asked.wanted.whole_discipline and not asked.wanted.institutions
            return general and sure and theme_of(best["name"]) == "programmes"
        library = at_hand.library()
        return best["name"] in {library.topic_about(name) for name in asked.ids}


def _is_defined(asked: Asked, message: Message) -> bool:
    """« une poutine, c'est quoi ? » is no banter."""
    return asked.kind is Kind.term and asks(message.get(TEXT))
