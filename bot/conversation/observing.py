"""What whoever watches the service is told of a turn: numbers and names of ours, never a word of
anybody. Implemented in `watching`."""

from contextlib import AbstractContextManager, nullcontext
from enum import Enum
from typing import Protocol

from bot.messages import Author, Reason


class Step(str, Enum):
    """What a turn goes through; each is a span of its trace."""

    turn = "turn"
    understand = "understand"
    store = "store"
    deliver = "deliver"


class Observer(Protocol):
    """Nothing here may fail, or wait."""

    def about(self, conversation_id: str) -> None:
        """What this task logs from here on is about that conversation."""

    def within(
        self, step: Step, conversation_id: str, seq: int | None
    ) -> AbstractContextManager[None]:
        """What is logged inside carries the turn's one id: the conversation's, shortened so that
        it leads nowhere, and the `seq` of the person's message (None: not known)."""

    def step(self, step: Step) -> AbstractContextManager[None]:
        """A part of the turn that is under way."""

    def said(self, channel: str, author: Author, count: int = 1) -> None:
        """So many messages were stored."""

    def answered(self, channel: str, theme: str | None, seconds: float) -> None:
        """The assistant's answer was stored so long after the person's message."""

    def handed_over(self, reason: Reason) -> None:
        """A case was opened."""

    def promise_missed(self, count: int = 1) -> None:
        """Nobody answered by the moment that the person was told."""


class Unwatched:
    """Nobody watches."""

    def about(self, conversation_id: str) -> None:
        pass

    def within(
        self, step: Step, conversation_id: str, seq: int | None
    ) -> AbstractContextManager[None]:
        return nullcontext()

    def step(self, step: Step) -> AbstractContextManager[None]:
        return nullcontext()

    def said(self, channel: str, author: Author, count: int = 1) -> None:
        pass

    def answered(self, channel: str, theme: str | None, seconds: float) -> None:
        pass

    def handed_over(self, reason: Reason) -> None:
        pass

    def promise_missed(self, count: int = 1) -> None:
        pass
