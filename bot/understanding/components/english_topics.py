"""Which topic a message in English is about: the one whose questions, in French, mean the nearest.

The classifier knows the words of French only; the sentence encoder reads both languages alike.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.special import softmax

from bot.understanding.components import sentence_meaning
from bot.understanding.components.learnt_part import LearntPart, full_intent
from bot.understanding.components.sentence_meaning import meaning, meanings
from bot.understanding.components.topic_classifier import TOPIC_RANKING, ranked

_ENGLISH = "english"


@dataclass(frozen=True)
class TopicMeanings:
    """What the questions of each of `topics` mean together: a row of `means`, of length one."""

    topics: Sequence[str]
    means: Any

    @classmethod
    def of(cls, questions: dict[str, list[str]]) -> "TopicMeanings":
        rows = np.array([meanings(asked).mean(axis=0) for asked in questions.values()])
        return cls([*questions], rows / np.linalg.norm(rows, axis=1, keepdims=True))

    def near(self, text: str) -> Any:
        """The cosine of each topic."""
        return self.means @ meaning(text)

    def save(self, folder: Path) -> None:
        np.save(folder / "means.npy", self.means.astype(np.float32), allow_pickle=False)
        (folder / "topics.txt").write_text("\n".join(self.topics), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "TopicMeanings":
        sentence_meaning.read_weights()
        topics = (folder / "topics.txt").read_text("utf-8").split("\n")
        return cls(topics, np.load(folder / "means.npy"))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class EnglishTopics(LearntPart[TopicMeanings]):
    """Sets `topic_ranking` anew for messages whose intent is `english`; leaves the intent."""

    kind = TopicMeanings
    code = (sentence_meaning,)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # `questions`: so many of a topic say what it is about. `sharpness`: of what is said with
        # 0.5 or more, nine in ten are right; with 20, three questions in four got no topic.
        return {"questions": 40, "sharpness": 40}

    def label(self, example: Message) -> str | None:
        name = full_intent(example)
        return name if "/" in name else None

    def learn(self, examples: Sequence[Message], labels: Sequence[str]) -> TopicMeanings:
        questions: dict[str, list[str]] = defaultdict(list)
        for example, label in zip(examples, labels, strict=True):
            questions[label].append(example.get(TEXT))
        most = self.config["questions"]
        return TopicMeanings.of({t: q[:: max(1, len(q) // most)] for t, q in questions.items()})

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if (text := message.get(TEXT)) and message.get(INTENT)["name"] == _ENGLISH:
                chances = softmax(self.config["sharpness"] * self.learnt.near(text))
                message.set(TOPIC_RANKING, ranked(self.learnt.topics, chances), add_to_output=True)
        return messages
