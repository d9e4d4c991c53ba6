"""What a French message looks like to the classifiers.

Three views side by side: tf-idf of words and of letter groups, on text folded in case and accents
(robust to typing), and the mean of spaCy's French word vectors (words close in meaning). spaCy's
vectors and the list of empty words are copied into the model when it is trained, so that serving
spares the seconds and the memory of spaCy itself.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b, md5
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.understanding.components.learnt_with import code_of
from bot.understanding.components.spelling import Speller, expand
from bot.understanding.context import context_of
from knowledge.folding import fold

_VIEWS: dict[str, dict[str, Any]] = {
    "words": {
        "sublinear_tf": True,
        "analyzer": "word",
        "ngram_range": (1, 2),
        "token_pattern": r"\b\w+\b",
    },
    "letters": {"sublinear_tf": True, "analyzer": "char_wb", "ngram_range": (2, 4)},
}
# Among many messages what was seen once only says who wrote it: a third of the columns without it,
# as often right. Among a few hundred it is half a point better to keep it.
_MANY = 5_000
# Where a message that follows an answer keeps the features of the question and itself together.
AFTER_QUESTION = "features_after_question"
# The directions in which messages differ are known from so many.
_SAMPLED = 2_500
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ARRAYS = ("keys", "rows", "table", "centre")


class View:
    """Tf-idf of one text, as scikit-learn's vectorizer that learnt it weighs it, without the
    milliseconds that its matrices of many take for one."""

    def __init__(self, kind: str, places: Mapping[str, int], weights: Any) -> None:
        self.places, self.weights = places, weights
        self._terms = TfidfVectorizer(**_VIEWS[kind]).build_analyzer()

    @classmethod
    def fit(cls, kind: str, texts: Sequence[str], least: int) -> "View":
        learnt = TfidfVectorizer(min_df=least, **_VIEWS[kind]).fit(texts)
        places = {word: int(place) for word, place in learnt.vocabulary_.items()}
        return cls(kind, places, learnt.idf_)

    def row(self, text: str) -> tuple[Any, Any]:
        """Columns, and what stands in them: a vector of length one, or nothing known."""
        known = [
            place for term in self._terms(text) if (place := self.places.get(term)) is not None
        ]
        columns, counts = np.unique(np.array(known, dtype=np.int32), return_counts=True)
        values = (1 + np.log(counts)) * self.weights[columns]
        length = np.linalg.norm(values)
        return columns, values / length if length else values


class _Row(Features):
    """One message's features. Rasa fingerprints each in training by writing its numbers out as
    text (15 s for ten thousand); their bytes say as much."""

    def fingerprint(self) -> str:
        digest = md5(f"{self.type} {self.origin} {self.attribute}".encode(), usedforsecurity=False)
        for part in (self.features.data, self.features.indices):
            digest.update(part)
        return digest.hexdigest()


class WordVectors:
    """spaCy's word vectors, found by the word's hash; the `mean` of a text has length one.

    Word `keys[i]` (sorted) has the vector `table[rows[i]]`; words alike share one.
    """

    def __init__(
        self, keys: Any, rows: Any, table: Any, centre: Any, empty_words: Iterable[str]
    ) -> None:
        self.keys, self.rows, self.table, self.centre = keys, rows, table, centre
        self.empty_words = frozenset(empty_words)

    @classmethod
    def of_model(cls, name: str) -> "WordVectors":
        """Of the model's half a million, the words that `mean` and `knows` may be asked for."""
        import spacy  # needed by training only

        french = spacy.load(name, enable=[])
        vectors, written = french.vocab.vectors, french.vocab.strings
        every = ((written[key], row) for key, row in vectors.key2row.items() if row >= 0)
        found = sorted((_hash(word), row) for word, row in every if _is_plain(word))
        keys = np.array([key for key, _ in found], dtype=np.uint64)
        kept, rows = np.unique([row for _, row in found], return_inverse=True)
        table = vectors.data[kept].astype(np.float16)
        centre = np.zeros(table.shape[1])
        return cls(keys, rows.astype(np.int32), table, centre, french.Defaults.stop_words)

    def mean(self, text: str) -> Any:
        rows = [
            row
            for word in _WORD.findall(text.lower())
            if word not in self.empty_words and (row := self._row(word)) is not None
        ]
        if not rows:
            return np.zeros(self.table.shape[1])
        mean = self.table[rows].astype(np.float64).mean(axis=0) - self.centre
        length = np.linalg.norm(mean)
        return mean / length if length else mean

    def knows(self, word: str) -> bool:
        """Whether this is a word of French, as far as spaCy's vocabulary goes."""
        return self._row(word) is not None

    def _row(self, word: str) -> int | None:
        key = _hash(word)
        place = int(np.searchsorted(self.keys, np.uint64(key)))
        if place == len(self.keys) or self.keys[place] != key:
            return None
        return int(self.rows[place])

    def centre_on(self, texts: list[str]) -> None:
        """What every message of this trade has in common says nothing: take it away."""
        means = np.array([self.mean(text) for text in texts])
        self.centre = self.centre + means.mean(axis=0)

    def save(self, folder: Path) -> None:
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)
        (folder / "empty_words.txt").write_text("\n".join(sorted(self.empty_words)), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "WordVectors":
        keys, rows, table, centre = (np.load(folder / f"{name}.npy") for name in _ARRAYS)
        empty_words = (folder / "empty_words.txt").read_text("utf-8").split("\n")
        return cls(keys, rows, table, centre, empty_words)


def _is_plain(word: str) -> bool:
    return word == word.lower() and _WORD.fullmatch(word) is not None


def _hash(word: str) -> int:
    """64 bits. Not spaCy's: that would have to be imported, half a second and 60 MB."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class FrenchFeatures(Featurizer, GraphComponent):
    """Sets one sparse sentence feature on each message, the vectors at its end."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, name: str
    ) -> None:
        super().__init__(name, config)
        self._config = config
        self._storage = storage
        self._resource = resource
        self._views: dict[str, View] = {}
        self._vectors: WordVectors | None = None
        self._speller: Speller | None = None
        self._directions: Any = None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            **Featurizer.get_default_config(),
            "spacy_model": "fr_core_news_md",
            "directions": 100,
        }

    @staticmethod
    def required_packages() -> list[str]:
        return ["spacy", "sklearn"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        return code_of(__name__, Speller.__module__, fold.__module__)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FrenchFeatures":
        return cls(config, model_storage, resource, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to validate: a wrong model's name fails in spaCy's words."""

    def train(self, training_data: TrainingData) -> Resource:
        texts = [message.get(TEXT) for message in training_data.intent_examples]
        expanded = [expand(text) for text in texts]
        least = 2 if len(texts) > _MANY else 1
        self._views = {kind: View.fit(kind, expanded, least) for kind in _VIEWS}
        self._vectors = WordVectors.of_model(self._config["spacy_model"])
        self._speller = _speller(self._views["words"], self._vectors)
        self._vectors.centre_on(texts)
        sample = texts[:: max(1, len(texts) // _SAMPLED)]
        means = np.array([self._vectors.mean(text) for text in sample])
        self._directions = _principal(means, self._config["directions"])
        with self._storage.write_to(self._resource) as folder:
            self._vectors.save(folder)
            np.save(folder / "directions.npy", self._directions, allow_pickle=False)
            for name, view in self._views.items():
                np.save(folder / f"{name}_idf.npy", view.weights, allow_pickle=False)
                (folder / f"{name}.json").write_text(json.dumps(view.places), "utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "FrenchFeatures":
        component = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            component._vectors = WordVectors.load(folder)
            component._directions = np.load(folder / "directions.npy")
            for kind in _VIEWS:
                places = json.loads((folder / f"{kind}.json").read_text("utf-8"))
                weights = np.load(folder / f"{kind}_idf.npy")
                component._views[kind] = View(kind, places, weights)
        component._speller = _speller(component._views["words"], component._vectors)
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if not (text := message.get(TEXT)):
                continue
            row = _Row(self.row(text), FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
            message.add_features(row)
            if (context := context_of(message)) is not None:
                message.set(AFTER_QUESTION, self.row(f"{context.question} {text}"))
        return messages

    def row(self, text: str) -> csr_matrix:
        """Words, letters, meaning, side by side."""
        assert self._speller is not None
        assert self._vectors is not None
        read = self._speller.read(text)
        meaning = (self._vectors.mean(text) @ self._directions).astype(np.float32)
        columns, values, width = [], [], 0
        for view in self._views.values():
            found, weights = view.row(read)
            columns.append(found + width)
            values.append(weights)
            width += len(view.places)
        columns.append(np.arange(width, width + len(meaning), dtype=np.int32))
        numbers = np.concatenate([*values, meaning], dtype=np.float32)
        places = np.concatenate(columns)
        ends = np.array([0, len(places)], dtype=np.int32)
        return csr_matrix((numbers, places, ends), shape=(1, width + len(meaning)))


def _principal(rows: Any, count: int) -> Any:
    """The directions in which rows differ most, one a column."""
    _, directions = np.linalg.eigh(rows.T @ rows)
    return directions[:, -count:].astype(np.float32)


def _speller(words: View, vectors: WordVectors) -> Speller:
    single = [word for word in words.places if " " not in word]
    return Speller(single, vectors.knows)


def _row_of(message: Message) -> csr_matrix:
    # `Message.get_sparse_features` copies what it gives, deeply: seconds for twenty thousand.
    return next(row.features for row in message.features if isinstance(row, _Row))


def features_of(messages: list[Message]) -> csr_matrix:
    """The features of messages, one row each."""
    return stacked([_row_of(message) for message in messages])


def stacked(rows: Sequence[csr_matrix]) -> csr_matrix:
    if len(rows) == 1:
        return rows[0]
    # scipy's own vstack takes seconds for twenty thousand rows.
    ends = np.cumsum([0, *(row.nnz for row in rows)])
    parts = (np.concatenate([row.data for row in rows]), np.concatenate([r.indices for r in rows]))
    return csr_matrix((*parts, ends), shape=(len(rows), rows[0].shape[1]))
