"""The next message of a conversation of 500 turns, against that of one of 10."""

import asyncio
import time
from collections.abc import Sequence
from statistics import median

from aiohttp import ClientSession

from benchmarks.apart import apart
from benchmarks.beside.doors import OurPerson
from benchmarks.growth.pair import Pair

_NEXT = 5


def measure(url: str, questions: tuple[str, ...], turns: tuple[int, int], rounds: int) -> Pair:
    """`turns` of the short and of the long one; each round asks both the same five questions."""
    return apart(_measure_here, url, questions, turns, rounds)


def _measure_here(
    url: str, questions: tuple[str, ...], turns: tuple[int, int], rounds: int
) -> Pair:
    return asyncio.run(_measure(url, questions, turns, rounds))


async def _measure(
    url: str, questions: tuple[str, ...], turns: tuple[int, int], rounds: int
) -> Pair:
    short_times: list[float] = []
    long_times: list[float] = []
    async with ClientSession() as session:
        long = await _after(turns[1], session, url, questions)
        for number in range(rounds):
            asked = [questions[(number * _NEXT + i) % len(questions)] for i in range(_NEXT)]
            short = await _after(turns[0], session, url, questions)
            for question in asked:
                short_times.append(await _timed(short, question))
                long_times.append(await _timed(long, question))
    return Pair(median(short_times), median(long_times))


async def conversations(url: str, asked: Sequence[Sequence[str]]) -> None:
    """One after the other, each by somebody of its own."""
    async with ClientSession() as session:
        for questions in asked:
            person = OurPerson(session, url)
            for question in questions:
                await person.ask(question)


async def _after(
    turns: int, session: ClientSession, url: str, questions: tuple[str, ...]
) -> OurPerson:
    person = OurPerson(session, url)
    for number in range(turns):
        await person.ask(questions[-1 - number % len(questions)])
    return person


async def _timed(person: OurPerson, question: str) -> float:
    began = time.perf_counter()
    await person.ask(question)
    return (time.perf_counter() - began) * 1000
