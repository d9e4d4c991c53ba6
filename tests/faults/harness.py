"""A service of several processes, people who use it, and everything that can break under it."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from bot_api import BotApi
from machines import Postgresql, Process, Redis, answers, clock_shift, wait_until
from people import AtTheDesk, OnTelegram, Web

from bot.storage.database import Database
from bot.storage.migrate import migrate

_QUIET_WITHIN = 120.0
_LONG = 120.0


@dataclass
class Report:
    messages: int = 0
    on_telegram: int = 0
    told_twice_on_telegram: int = 0
    by_advisers: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    wrongs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """`seconds` of talk; `pause`: seconds between two messages of one person."""

    seconds: float
    web: int
    telegram: int
    faults: int
    pause: float
    processes: int = 3


class Harness:
    """On PostgreSQL and Redis with any number of processes, or on one SQLite file with one."""

    def __init__(self, folder: Path, api: BotApi, plan: Plan, *, sqlite: bool = False) -> None:
        self._folder = folder
        self._api = api
        self._plan = plan
        self._chance = random.Random(2026)
        self._postgresql = None if sqlite else Postgresql(folder / "postgresql")
        self._redis = None if sqlite else Redis()
        self.report = Report()

    async def run(self) -> Report:
        await asyncio.to_thread(self._set_up)
        try:
            await self._talk()
            if self.report.wrongs:
                self._tell()
        except BaseException:
            self._tell()
            raise
        finally:
            await asyncio.to_thread(self._tear_down)
        return self.report

    def _tell(self) -> None:
        """What the processes have to say of themselves: it goes with their folder."""
        for process in self._processes:
            print(process.port, process.tell())  # noqa: T201
        print(self.report)  # noqa: T201

    def _set_up(self) -> None:
        if self._postgresql is None or self._redis is None:
            url, redis_url = f"sqlite+aiosqlite:///{self._folder / 'qve.sqlite3'}", None
        else:
            self._postgresql.create()
            self._postgresql.start()
            self._redis.start()
            url, redis_url = self._postgresql.url, self._redis.url
        self._url = url
        asyncio.run(_migrated(url))
        self._processes = [
            Process(url, redis_url, self._api.url, self._folder / f"{number}.log")
            for number in range(self._plan.processes)
        ]
        for process in self._processes:
            process.start()
        for process in self._processes:
            wait_until(lambda process=process: answers(process.port))

    def _tear_down(self) -> None:
        for process in self._processes:
            process.thaw()
            process.kill()
        if self._postgresql is not None and self._redis is not None:
            self._redis.stop()
            self._postgresql.stop()
            self._postgresql.remove()

    async def _talk(self) -> None:
        plan, chance = self._plan, self._chance
        until = time.monotonic() + plan.seconds
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(timeout=15, limits=limits) as http:
            people = [
                Web(number, self._processes, http, random.Random(number))
                for number in range(plan.web)
            ]
            phones = [
                OnTelegram(1000 + number, self._api, random.Random(1000 + number))
                for number in range(plan.telegram)
            ]
            desk = AtTheDesk(self._url, chance)
            keeping = asyncio.create_task(asyncio.to_thread(self._break_things, until))
            await asyncio.gather(
                *(person.live(until, plan.pause) for person in [*people, *phones]),
                desk.live(until + 5),
                keeping,
            )
            await self._settle(people, phones)
            self._count(people, phones, desk)

    async def _settle(self, people: list[Web], phones: list[OnTelegram]) -> None:
        """Everything stands again; whoever is still owed something has a while to get it."""
        deadline = time.monotonic() + _QUIET_WITHIN
        while True:
            wrongs = [each for person in people for each in await person.wrongs()]
            silent = [phone for phone in phones if not phone.is_answered()]
            if (not wrongs and not silent) or time.monotonic() > deadline:
                break
            await asyncio.sleep(0.5)
        self.report.wrongs = wrongs + [each for phone in phones for each in phone.wrongs()]

    def _count(self, people: list[Web], phones: list[OnTelegram], desk: AtTheDesk) -> None:
        self.report.messages = sum(len(person.acknowledged) for person in people)
        self.report.on_telegram = sum(len(phone.sent) for phone in phones)
        self.report.told_twice_on_telegram = sum(phone.doubled() for phone in phones)
        self.report.by_advisers = desk.answers

    # --- What breaks.

    def _break_things(self, until: float) -> None:
        faults = self._faults()
        others = [name for name in faults if name != "kill"]
        self._chance.shuffle(others)
        between = self._plan.seconds / (self._plan.faults + 1)
        began = time.monotonic()
        for number in range(self._plan.faults):
            # Every second fault is a kill; the others come in turn.
            name = others[number // 2 % len(others)] if number % 2 else "kill"
            pause = between * self._chance.uniform(0.5, 1.5)
            time.sleep(max(0.0, began + pause - time.monotonic()))
            if time.monotonic() > until:
                break
            began = time.monotonic()
            faults[name]()
            self.report.faults[name] += 1
            self._stand_up()

    def _faults(self) -> dict[str, Callable[[], None]]:
        ours: dict[str, Callable[[], None]] = {
            "kill": self._kill,
            "freeze": self._freeze,
            "wrong clock": self._wrong_clock,
        }
        if self._postgresql is None or self._redis is None:
            return ours
        return (
            ours
            | {
                "redis stopped": self._stop_redis,
                "postgresql stopped": self._stop_postgresql,
                "connections cut": self._postgresql.cut_connections,
            }
            | ({"disk full": self._fill_disk} if self._postgresql.on_a_disk_of_its_own else {})
        )

    def _stand_up(self) -> None:
        for process in self._processes:
            if not process.is_alive():
                process.start()
        for process in self._processes:
            with suppress(AssertionError):  # it died at once: started again next time
                wait_until(lambda process=process: answers(process.port), within=30)

    def _kill(self) -> None:
        self._chance.choice(self._processes).kill()

    def _freeze(self) -> None:
        """In a long life, for longer than a lock outlives its process."""
        process = self._chance.choice(self._processes)
        process.freeze()
        time.sleep(12 if self._plan.seconds >= _LONG else 3)
        process.thaw()

    def _wrong_clock(self) -> None:
        process = self._chance.choice(self._processes)
        process.kill()
        process.start(clock_off_by=clock_shift(self._chance))

    def _stop_redis(self) -> None:
        assert self._redis is not None
        self._redis.stop()
        time.sleep(self._chance.uniform(0.5, 4))
        self._redis.start()

    def _stop_postgresql(self) -> None:
        assert self._postgresql is not None
        self._postgresql.stop()
        time.sleep(self._chance.uniform(0.5, 3))
        self._postgresql.start()

    def _fill_disk(self) -> None:
        """PostgreSQL cannot write, and falls; it is started when there is room again."""
        assert self._postgresql is not None
        self._postgresql.fill_disk()
        time.sleep(self._chance.uniform(2, 5))
        self._postgresql.make_room()
        self._postgresql.stop()
        self._postgresql.start()


async def _migrated(url: str) -> None:
    database = Database(url)
    await migrate(database)
    await database.close()
