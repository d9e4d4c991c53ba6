"""The knowledge base as actions use it, loaded at first use: rasa_sdk gives them no argument."""

from functools import lru_cache

from knowledge.library import Library


@lru_cache(maxsize=1)
def library() -> Library:
    return Library.load()
