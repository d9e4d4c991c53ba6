"""The load tool: so many people at once, each of whom waits for the answer and asks again.

A closed loop, in a process of its own, on the same machine as the service it asks: its share of the
processors is the same for both sides. Nobody thinks between two questions. A person leaves after
ten questions and another one comes, so that conversations are as long as people's are.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import quantiles

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from benchmarks.apart import apart
from benchmarks.beside.doors import Side, Unanswered, somebody

QUESTIONS_A_PERSON = 10
_STRIDE = 37  # from a person's first question to the next one's: nobody asks what another does
_LONGEST = 120.0


@dataclass(frozen=True)
class Load:
    """`people` at once for `seconds`, after `warm_up` seconds that are thrown away."""

    side: Side
    url: str
    questions: tuple[str, ...]
    people: int
    seconds: float
    warm_up: float


@dataclass(frozen=True)
class Heard:
    """Milliseconds of each answer that came within the measured time; how many came in all, warm-up
    and end included; how many did not come."""

    people: int
    seconds: float
    times: tuple[float, ...]
    answers: int
    failed: int

    @property
    def p50(self) -> float:
        return self._within(50)

    @property
    def p95(self) -> float:
        return self._within(95)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    def _within(self, percent: int) -> float:
        if len(self.times) < 2:
            return float("inf")
        return quantiles(self.times, n=100)[percent - 1]


def run(load: Load) -> Heard:
    """In a process of its own."""
    return apart(run_here, load)


def run_here(load: Load) -> Heard:
    return asyncio.run(_run(load))


async def _run(load: Load) -> Heard:
    connector, patience = TCPConnector(limit=0), ClientTimeout(total=_LONGEST)
    async with ClientSession(connector=connector, timeout=patience) as session:
        crowd = _Crowd(load, session)
        await asyncio.gather(*(crowd.ask_on(number) for number in range(load.people)))
        return Heard(load.people, load.seconds, tuple(crowd.times), crowd.answers, crowd.failed)


class _Crowd:
    def __init__(self, load: Load, session: ClientSession) -> None:
        self._load, self._session = load, session
        self._from = time.perf_counter() + load.warm_up
        self._until = self._from + load.seconds
        self._people = count()
        self.times: list[float] = []
        self.answers = self.failed = 0

    async def ask_on(self, number: int) -> None:
        """One place in the crowd: a person after the other, until the time is over."""
        await asyncio.sleep(self._load.warm_up / 2 * number / self._load.people)
        while time.perf_counter() < self._until:
            person = somebody(self._load.side, self._session, self._load.url)
            for question in _questions(self._load.questions, next(self._people)):
                if time.perf_counter() >= self._until:
                    return
                await self._timed(person.ask(question))

    async def _timed(self, asking: "asyncio.Future[None]") -> None:
        began = time.perf_counter()
        try:
            await asking
        except (Unanswered, ClientError, asyncio.TimeoutError):
            self.failed += 1
            await asyncio.sleep(0.1)  # a service that refuses is not to be flooded
            return
        ended = time.perf_counter()
        self.answers += 1
        if self._from <= ended <= self._until:
            self.times.append((ended - began) * 1000)


def _questions(questions: Sequence[str], person: int) -> Iterator[str]:
    first = person * _STRIDE
    for number in range(first, first + QUESTIONS_A_PERSON):
        yield questions[number % len(questions)]
