"""What happens to cases as time passes, though nobody does anything.

Each part looks at what stands and does only what is still to be done: after a crash, or in two
processes at once, it is done once. Clocks run in the opening hours of whom a case is routed to.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.handover.case import Act, Case, announce_again, expire, promise_anew
from bot.handover.desk_work import DeskWork, promise_in_words
from bot.handover.hours import OpeningHours, promise_for
from bot.handover.office import Office, Terms
from bot.handover.rota_store import RotaStore
from bot.handover.store import CaseStore, Waiting
from bot.messages import Author, Reply
from bot.texts import say


class Vigil:
    def __init__(
        self,
        store: CaseStore,
        rota: RotaStore,
        work: DeskWork,
        office: Office,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._rota = rota
        self._work = work
        self._office = office
        self._clock = clock

    async def relieve_away(self) -> int:
        """Cases of advisers who are away, and whose person waits for a word, go on to somebody."""
        left = await self._rota.left_waiting(self._clock())
        done = [await self._work.relieve(each.case_id, each.adviser, each.cover) for each in left]
        return sum(isinstance(each, Case) for each in done)

    async def mend_promises(self) -> int:
        """A promise always lies in opening time: hours or closures that changed meanwhile make a
        new one, said to the person once. One that has passed is for `announce_late`."""

        def mended(
            waiting: Waiting, hours: OpeningHours, terms: Terms, now: datetime
        ) -> Act | None:
            case = waiting.case
            if case.promised_at <= now or hours.keeps(case.promised_at):
                return None
            promised_at = promise_for(now, hours, terms.within)
            announce = _said("handover.promised_anew", promised_at, waiting)
            return promise_anew(case.promised_at, promised_at=promised_at, announce=announce)

        return len(await self._for_each_waiting(mended))

    async def announce_late(self) -> Sequence[Case]:
        """The cases nobody took for so long, or until their promise passed, are announced again.
        The person is told when the promise passed, with a new one, and then only. Whose did."""

        def again(waiting: Waiting, hours: OpeningHours, terms: Terms, now: datetime) -> Act | None:
            case = waiting.case
            if case.promised_at <= now:
                promised_at = promise_for(now, hours, terms.within)
                tell = (_said("handover.late", promised_at, waiting),)
                return announce_again(case.announced, now=now, promised_at=promised_at, tell=tell)
            due = hours.after(case.announced_at or case.opened_at, terms.again_after)
            return announce_again(case.announced, now=now) if due <= now else None

        done = await self._for_each_waiting(again)
        return [case for before, case in done if case.promised_at != before.promised_at]

    async def give_up(self) -> int:
        """End the cases nobody took for too long, counted from when they came to their queue."""

        def given_up(
            waiting: Waiting, hours: OpeningHours, terms: Terms, now: datetime
        ) -> Act | None:
            case = waiting.case
            if hours.after(case.queued_at or case.opened_at, terms.given_up_after) > now:
                return None
            return expire(now=now, announce=Reply(say("handover.unclaimed"), author=Author.system))

        return len(await self._for_each_waiting(given_up))

    async def _for_each_waiting(
        self, decide: Callable[[Waiting, OpeningHours, Terms, datetime], Act | None]
    ) -> list[tuple[Case, Case]]:
        """What is decided of each case nobody has taken, done; the cases before and after."""
        waiting = await self._store.waiting()
        terms, now = await self._office.terms(), self._clock()
        hours = {
            name: await self._office.hours(name)
            for name in {each.case.institution for each in waiting}
        }
        done: list[tuple[Case, Case]] = []
        for each in waiting:
            act = decide(each, hours[each.case.institution], terms, now)
            after = None if act is None else await self._work.perform(each.case.id, act, None)
            if isinstance(after, Case):
                done.append((each.case, after))
        return done


def _said(name: str, promised_at: datetime, waiting: Waiting) -> Reply:
    words = say(name, promise=promise_in_words(promised_at, waiting.timezone))
    return Reply(words, author=Author.system)
