"""What a message says of the person: their citizenship, the level they aim at."""

import re
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from knowledge.citizenship import stated
from knowledge.folding import fold

_FILE = Path(__file__).with_name("profile_words.yml")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ProfileExtractor(GraphComponent, EntityExtractorMixin):
    """Sets the entities `citizenship` (see `knowledge.citizenship`) and `level`."""

    def __init__(self) -> None:
        words: dict[str, dict[str, list[str]]] = yaml.safe_load(_FILE.read_text("utf-8"))
        self._patterns = [
            (entity, value, re.compile(rf"\b(?:{'|'.join(forms)})\b"))
            for entity, values in words.items()
            for value, forms in values.items()
        ]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ProfileExtractor":
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if text := message.get(TEXT):
                found = [*message.get(ENTITIES, []), *self._entities(text)]
                message.set(ENTITIES, found, add_to_output=True)
        return messages

    def _entities(self, text: str) -> list[dict[str, Any]]:
        folded = fold(text)
        found: dict[str, dict[str, Any]] = {}
        if citizenship := stated(text):
            found["citizenship"] = {
                "entity": "citizenship",
                "value": citizenship.value,
                "start": 0,
                "end": len(text),
                "extractor": type(self).__name__,
            }
        for entity, value, pattern in self._patterns:
            if (match := pattern.search(folded)) and entity not in found:
                found[entity] = {
                    "entity": entity,
                    "value": value,
                    "start": match.start(),
                    "end": match.end(),
                    "extractor": type(self).__name__,
                }
        return list(found.values())
