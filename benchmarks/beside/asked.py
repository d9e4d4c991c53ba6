"""The questions that both sides are asked: a fixed sample of what people ask of the topics."""

import random

from knowledge.library import Library

_SEED = 2026


def asked(library: Library, count: int = 500) -> tuple[str, ...]:
    """Always the same ones, topics mixed; each on one line."""
    questions = [" ".join(q.split()) for topic in library.topics.values() for q in topic.questions]
    return tuple(random.Random(_SEED).sample(questions, count))
