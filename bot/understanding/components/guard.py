"""What the parts that learn one linear model have in common: training, keeping, loading."""

from abc import abstractmethod
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from typing_extensions import Self

from bot.understanding.components.french_features import features_of
from bot.understanding.components.learnt_with import code_of
from bot.understanding.components.linear_model import LinearModel


def full_intent(example: Message) -> str:
    """`caq/fee` for a topic, the plain intent for the rest."""
    return str(example.get(INTENT_RESPONSE_KEY) or example.get(INTENT))


class LinearPart(IntentClassifier, GraphComponent):
    """A pipeline part that learns `label(example)` from features; None leaves an example out."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self.config = config
        self._storage = storage
        self._resource = resource
        self._model: LinearModel | None = None

    @property
    def model(self) -> LinearModel:
        assert self._model is not None, "not trained"
        return self._model

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        return code_of(__name__, LinearModel.__module__)

    @abstractmethod
    def label(self, example: Message) -> str | None:
        """What this part should learn to say of an example."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labelled = [(e, label) for e in examples if (label := self.label(e)) is not None]
        self._model = LinearModel.fit(
            features_of([example for example, _ in labelled]),
            [label for _, label in labelled],
            strength=self.config["strength"],
            sharpness=self.config["sharpness"],
        )
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> Self:
        part = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            part._model = LinearModel.load(folder)
        return part
