"""Who listens to a conversation is told when it has something new. In one process."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Changed:
    """The conversation has messages or a floor its listeners have not seen."""

    conversation_id: str


@dataclass(frozen=True)
class Typing:
    """Somebody is preparing an answer; `name` is an adviser's, None is the assistant."""

    conversation_id: str
    name: str | None = None


@dataclass(frozen=True)
class Erased:
    conversation_id: str


@dataclass(frozen=True)
class Looking:
    """An adviser has the conversation open at the desk, or has just left it; `asks` the others
    who look to say so."""

    conversation_id: str
    adviser_id: int
    name: str
    here: bool = True
    asks: bool = False


@dataclass(frozen=True)
class Noted:
    """Colleagues wrote something beside the conversation: a note, a tag. The person is not told."""

    conversation_id: str


News = Changed | Typing | Erased | Looking | Noted
_EVERYTHING = ""


class Bus:
    """Listeners never block a sender: each has a queue, and reads from the store what it missed."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Queue[News]]] = defaultdict(set)

    def tell(self, news: News) -> None:
        for key in (news.conversation_id, _EVERYTHING):
            self._put(key, news)

    def tell_everyone_to_look(self) -> None:
        """After news may have been missed: every listener reads again from the store."""
        for conversation_id in tuple(self._listeners):
            self._put(conversation_id, Changed(conversation_id))

    def _put(self, key: str, news: News) -> None:
        for queue in self._listeners.get(key, ()):
            if not queue.full():
                queue.put_nowait(news)

    @contextmanager
    def listen(self, conversation_id: str = _EVERYTHING) -> Iterator[asyncio.Queue[News]]:
        """The news of one conversation, or of all of them."""
        queue: asyncio.Queue[News] = asyncio.Queue(maxsize=100)
        self._listeners[conversation_id].add(queue)
        try:
            yield queue
        finally:
            self._listeners[conversation_id].discard(queue)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]
