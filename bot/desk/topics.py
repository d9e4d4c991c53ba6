"""A topic as an adviser names it: by its id (a button), or by its title however it is typed."""

from knowledge import at_hand
from knowledge.folding import fold
from knowledge.library import Library

_NEAR = 5


def topic_named(library: Library, typed: str) -> str | None:
    if typed in library.topics:
        return typed
    wanted = fold(typed)
    named = (name for name, topic in library.topics.items() if fold(topic.title) == wanted)
    return next(named, None)


def topics_near(typed: str) -> list[tuple[str, str]]:
    """Ids and titles of what was perhaps meant, the likeliest first."""
    found = at_hand.search().find(typed, kinds=("topics",), limit=_NEAR) if typed.strip() else []
    return [(hit.id, hit.title) for hit in found]
