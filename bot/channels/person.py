"""Who makes a request: the conversation whose secret it carries."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Header

from bot.channels.problems import Problem
from bot.conversation.conversations import Conversations, hash_token
from bot.texts import say


def person_of(conversations: Conversations) -> Callable[..., Awaitable[str]]:
    """A FastAPI dependency: the conversation's id, or a refusal (401)."""

    async def person(authorization: Annotated[str | None, Header()] = None) -> str:
        """The conversation whose secret the request carries."""
        scheme, _, token = (authorization or "").partition(" ")
        found = None
        if scheme.casefold() == "bearer" and token:
            found = await conversations.store.find_by_token(hash_token(token.strip()))
        if found is None:
            raise Problem(
                401, say("refusals.unknown_person"), headers={"WWW-Authenticate": "Bearer"}
            )
        conversations.observer.about(found)
        return found

    return person
