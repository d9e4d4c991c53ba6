"""A trained model's own reading of messages, without the conversation around it."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Parsed:
    """What the pipeline's last part gives out, as Rasa names it, and milliseconds."""

    output: dict[str, Any]
    ms: float


def parse(model: Path, texts: Sequence[str]) -> list[Parsed]:
    """One message after the other. Imports Rasa: TensorFlow must be left out before, or not."""
    from rasa.core.agent import Agent

    return asyncio.run(_parse(Agent.load(str(model)), texts))


async def _parse(agent: Any, texts: Sequence[str]) -> list[Parsed]:
    parsed = []
    for text in texts:
        started = time.perf_counter()
        output = await agent.parse_message(text)
        parsed.append(Parsed(output, (time.perf_counter() - started) * 1000))
    return parsed
