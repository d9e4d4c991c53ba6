"""Whether the service can answer, part by part, and why not. No secret, no address."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

logger = logging.getLogger(__name__)
_ANSWERS_WITHIN = 2.0
"""Seconds. Shorter than a probe waits."""


@dataclass(frozen=True)
class Part:
    """`look` raises, or says in a word what is wrong; nothing: it is well. `needed`: without it no
    turn can be taken; without the others the service goes on, less well."""

    look: Callable[[], Awaitable[str | None]] | Callable[[], Awaitable[None]]
    needed: bool = True


@dataclass(frozen=True)
class Found:
    ok: bool
    why: str | None
    needed: bool


async def examine(
    parts: Mapping[str, Part], *, within: float = _ANSWERS_WITHIN
) -> dict[str, Found]:
    found = await asyncio.gather(*(_look(name, part, within) for name, part in parts.items()))
    return dict(zip(parts, found, strict=True))


def is_ready(found: Mapping[str, Found]) -> bool:
    return all(part.ok for part in found.values() if part.needed)


async def _look(name: str, part: Part, within: float) -> Found:
    try:
        why = await asyncio.wait_for(part.look(), within)
    except asyncio.TimeoutError:
        why = "silent"
    except Exception as error:  # what it says may hold an address or a password
        logger.warning("not ready: %s (%s)", name, type(error).__name__)
        why = "unreachable"
    return Found(why is None, why, part.needed)
