"""Gives Rasa what it trains on from the knowledge base, so that the knowledge is written once.

A topic `caq/fee` becomes the retrieval intent `caq/fee` of the intent `caq`: themes are Rasa's
intents, topics their response keys. One rule a theme answers all of its topics, so that ten
thousand topics make no more rules than thirty.
"""

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge import at_hand

ANSWER = "action_answer"


class _Question(Message):
    """Rasa sets each intent anew whenever it merges training data, to what it is already; a message
    then forgets its fingerprint, and making those of twenty thousand took a tenth of a training."""

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        if add_to_output or self.get(prop) != info:
            super().set(prop, info, add_to_output)


class KnowledgeImporter(TrainingDataImporter):
    """Named in `config.yml`, beside Rasa's own importer of `data/` and `domain/`."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        **_: Any,
    ) -> None:
        self._library = at_hand.library()
        self._themes = sorted({topic_id.split("/")[0] for topic_id in self._library.topics})

    def get_domain(self) -> Domain:
        return Domain.from_dict({"intents": self._themes, "actions": [ANSWER]})

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        rules = [
            {"rule": f"answer about {theme}", "steps": [{"intent": theme}, {"action": ANSWER}]}
            for theme in self._themes
        ]
        return StoryGraph(YAMLStoryReader().read_from_parsed_yaml({"rules": rules}))

    def get_nlu_data(self, language: str | None = "fr") -> TrainingData:
        return TrainingData(
            [
                _Question.build(text=question, intent=topic_id)
                for topic_id, topic in self._library.topics.items()
                for question in dict.fromkeys((topic.title, *topic.questions))
            ],
            entity_synonyms=self._institution_names(),
        )

    def get_conversation_tests(self) -> StoryGraph:
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        return None

    def _institution_names(self) -> dict[str, str]:
        return {
            alias: institution_id
            for institution_id, institution in self._library.institutions.items()
            for alias in (institution.name, *institution.aliases)
        }
