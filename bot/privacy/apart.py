"""Redaction in a process of its own, which lives for one gathering.

Finding names takes a language model: seconds to load, 600 MB while it works. The process that
answers people must feel neither, so the model is loaded beside it, at a lower priority, and goes
away with the process. What is redacted crosses a pipe and touches no disk.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

from bot.privacy.redaction import Personal, redact

_ROOT = Path(__file__).resolve().parent.parent.parent
_LONGEST_LINE = 64 * 1024 * 1024
_SECONDS = 300.0
"""For one batch, the model's loading included."""


class RedactionStopped(Exception):
    """The process died or said nothing in time: nothing was redacted, nothing may be kept."""


class RedactionApart:
    """Redacts batches of texts in the other process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def redact(self, written: Sequence[Personal]) -> list[str]:
        """The texts, redacted, in order. Raises RedactionStopped."""
        try:
            return await asyncio.wait_for(self._ask(written), _SECONDS)
        except (asyncio.TimeoutError, OSError, ValueError) as error:
            raise RedactionStopped from error

    async def _ask(self, written: Sequence[Personal]) -> list[str]:
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answered is not None
        asked.write(json.dumps([asdict(each) for each in written]).encode() + b"\n")
        await asked.drain()
        redacted: list[str] = json.loads(await answered.readline())
        return redacted


@asynccontextmanager
async def redaction_apart() -> AsyncIterator[RedactionApart]:
    """The process, started at once and ended whatever happens."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        cwd=_ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_LONGEST_LINE,
    )
    try:
        yield RedactionApart(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def _serve() -> None:
    """One line of JSON in, one out, until there are no more."""
    os.nice(10)
    from bot.privacy.people import People
    from knowledge import at_hand

    people = People.load(at_hand.library())
    for line in sys.stdin:
        written = [Personal(each["text"], tuple(each["names"])) for each in json.loads(line)]
        sys.stdout.write(json.dumps(redact(written, people)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
