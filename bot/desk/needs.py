"""What the desk is given by `wiring`, and the little it remembers between two requests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.requests import Request

from bot.conversation.bus import Bus
from bot.conversation.pausing import Pauses
from bot.conversation.store import ConversationStore
from bot.desk.entering.accounts import AccountStore
from bot.desk.entering.identity import IdentityProvider
from bot.desk.entering.passwords import Passwords
from bot.desk.entering.second_factor import SecondFactor
from bot.files.store import FileStore
from bot.handover.attempts import Attempts
from bot.handover.case import Adviser
from bot.handover.colleagues import Colleagues
from bot.handover.desk_work import DeskWork
from bot.handover.duty import Duty, calls_for
from bot.handover.journal import Journal
from bot.handover.known import Known
from bot.handover.office import OfficeStore
from bot.handover.queue import Queue
from bot.handover.rota_store import RotaStore
from bot.handover.store import CaseStore
from bot.handover.writing import Writing
from bot.learning.remark import Remarks
from bot.learning.store import SuggestionStore
from bot.privacy.records import PersonalRecords
from bot.reporting.indicators import IndicatorStore
from knowledge import at_hand


@dataclass(frozen=True)
class Desk:
    """`topic_title` gives a topic's title by its id, None if there is no such topic any more.
    `started_with` is what is shown of the service's settings, by the names of their variables."""

    accounts: AccountStore
    attempts: Attempts
    cases: CaseStore
    conversations: ConversationStore
    suggestions: SuggestionStore
    remarks: Remarks
    journal: Journal
    pauses: Pauses
    people: PersonalRecords
    indicators: IndicatorStore
    work: DeskWork
    office: OfficeStore
    rota: RotaStore
    files: FileStore
    queue: Queue
    colleagues: Colleagues
    known: Known
    writing: Writing
    bus: Bus
    clock: Callable[[], datetime]
    session_hours: int
    secure_cookies: bool
    public_url: str
    topic_title: Callable[[str], str | None]
    second_factor: SecondFactor
    identity: IdentityProvider | None = None
    """None: everybody signs in with a password."""
    started_with: Mapping[str, object] = field(default_factory=dict)
    undo_for: timedelta = timedelta()
    """How long an answer is held, to be taken back; zero says it at once."""
    passwords: Passwords = field(default_factory=Passwords)

    async def counts(self, adviser: Adviser) -> dict[str, int]:
        """What the navigation counts: cases `waiting` and `mine`, open `suggestions`; and when the
        adviser was `called` last by a case that still waits, in milliseconds: a page that learns of
        a later call may ring."""
        cases = await self.cases.counts(adviser)
        calls = calls_for(adviser, await self.duty(), at_hand.library().institutions)
        called = await self.queue.last_call(adviser, calls)
        return {
            **cases,
            "suggestions": await self.suggestions.count_open(adviser),
            "called": 0 if called is None else int(called.timestamp() * 1000),
        }

    async def duty(self) -> Duty:
        """Who there is now, and who is on duty for the common queue."""
        return await self.rota.duty(self.clock(), await self.office.hours(None))


def desk_of(request: Request) -> Desk:
    desk: Desk = request.state.desk
    return desk
