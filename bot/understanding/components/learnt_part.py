"""What the parts that learn from all examples have in common: training, keeping, loading."""

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from typing_extensions import Self

from bot.understanding.components import linear_model
from bot.understanding.components.french_features import features_of
from bot.understanding.components.learnt_with import code_of
from bot.understanding.components.linear_model import LinearModel


class Learnt(Protocol):
    """What a part learnt, as files that can run no code."""

    def save(self, folder: Path) -> None: ...

    @classmethod
    def load(cls, folder: Path) -> Self: ...


_Learnt = TypeVar("_Learnt", bound=Learnt)


def full_intent(example: Message) -> str:
    """`caq/fee` for a topic, the plain intent for the rest."""
    return str(example.get(INTENT_RESPONSE_KEY) or example.get(INTENT))


class LearntPart(IntentClassifier, GraphComponent, Generic[_Learnt]):
    """A pipeline part that learns `label(example)`; None leaves an example out."""

    kind: type[_Learnt]
    """What is learnt."""
    code: ClassVar[Sequence[ModuleType]] = ()
    """The modules it is learnt with."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self.config = config
        self._storage = storage
        self._resource = resource
        self._learnt: _Learnt | None = None

    @property
    def learnt(self) -> _Learnt:
        assert self._learnt is not None, "not trained"
        return self._learnt

    @abstractmethod
    def label(self, example: Message) -> str | None:
        """What this part should learn to say of an example."""

    @abstractmethod
    def learn(self, examples: Sequence[Message], labels: Sequence[str]) -> _Learnt:
        """From examples that all have a text, and a label each."""

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        return code_of(__name__, *(module.__name__ for module in cls.code))

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
        self._learnt = self.learn([e for e, _ in labelled], [label for _, label in labelled])
        with self._storage.write_to(self._resource) as folder:
            self._learnt.save(folder)
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
            part._learnt = cls.kind.load(folder)
        return part


class LinearPart(LearntPart[LinearModel]):
    """Learns one linear model from the words."""

    kind = LinearModel
    code = (linear_model,)

    @property
    def model(self) -> LinearModel:
        return self.learnt

    def learn(self, examples: Sequence[Message], labels: Sequence[str]) -> LinearModel:
        return LinearModel.fit(
            features_of([*examples]),
            [*labels],
            strength=self.config["strength"],
            sharpness=self.config["sharpness"],
        )
