"""How long full-text search takes, with the real library and with ten thousand generated topics.

Run by `python -m benchmarks.search`; prints a table in milliseconds.
"""

import random
import time
from collections.abc import Sequence
from statistics import quantiles

from knowledge.library import Library
from knowledge.search import Document, Search, documents

_TOPICS = 10_000
_QUERIES = 300


def main() -> None:
    library = Library.load()
    real = list(documents(library))
    questions = [question for topic in library.topics.values() for question in topic.questions]
    chance = random.Random(2026)
    asked = chance.sample(questions, _QUERIES)
    print(f"{'documents':>12} {'built (s)':>10} {'p50 (ms)':>9} {'p95 (ms)':>9}")
    for made in (real, real + _generated(questions, chance)):
        started = time.perf_counter()
        search = Search(made)
        built = time.perf_counter() - started
        cuts = _timed(search, asked)
        print(f"{len(made):12} {built:10.2f} {cuts[49]:9.2f} {cuts[94]:9.2f}")


def _generated(questions: Sequence[str], chance: random.Random) -> list[Document]:
    """Topics made of other topics' questions: as varied as real ones, and as like each other."""
    return [
        Document(
            "topics",
            f"generated/{number}",
            chance.choice(questions),
            " ".join(chance.sample(questions, 20)),
        )
        for number in range(_TOPICS)
    ]


def _timed(search: Search, asked: Sequence[str]) -> list[float]:
    times = []
    for text in asked:
        started = time.perf_counter()
        search.find(text)
        times.append((time.perf_counter() - started) * 1000)
    return quantiles(times, n=100)


if __name__ == "__main__":
    main()
