"""The trained model's parts by themselves, without Rasa's graph around them."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.settings import ROOT, Settings

FOLDER = Path(__file__).parent


def messages(name: str) -> Any:
    """The messages of `<name>.yml`."""
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))


def configured(key: str) -> Any:
    """What `config.yml` gives to the part that has this key."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"]
    [given] = [part[key] for part in pipeline if key in part]
    return given


class Trained:
    """Features of texts, and what the topic classifier and the scope guard make of them."""

    def __init__(self) -> None:
        from bot.understanding.components.french_features import FrenchFeatures, stacked
        from bot.understanding.components.scope_guard import ScopeGuard
        from bot.understanding.components.topic_classifier import TopicClassifier

        self._features, self._stacked = part(FrenchFeatures), stacked
        self._topics = part(TopicClassifier)
        self._scope = part(ScopeGuard)
        self.labels: list[str] = self._topics.model.labels

    def chances(self, texts: Sequence[str]) -> Any:
        """One row a text, one column a label of `labels`."""
        return self._topics.model.probabilities(self._rows(texts))

    def in_scope(self, texts: Sequence[str]) -> Any:
        """How likely each text is to be for us."""
        model = self._scope.model
        chances = model.probabilities(self._rows(texts))
        return chances[:, model.labels.index("in_scope")]

    def _rows(self, texts: Sequence[str]) -> Any:
        return self._stacked([self._features.row(text) for text in texts])


def part(kind: Any) -> Any:
    """A part of the trained model."""
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    from bot.understanding.training import current_model

    folder = Path(tempfile.mkdtemp())
    model = current_model(ROOT, Settings().model_dir)
    storage, metadata = LocalModelStorage.from_model_archive(folder, model)
    [(name, node)] = [
        (name, node)
        for name, node in metadata.predict_schema.nodes.items()
        if issubclass(node.uses, kind)
    ]
    context = ExecutionContext(GraphSchema({}), node_name=name)
    config = {**kind.get_default_config(), **node.config}
    return kind.load(config, storage, node.resource, context)
