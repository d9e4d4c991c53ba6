"""What a message can be found to ask for."""

from dataclasses import dataclass, field
from enum import Enum

from knowledge.asked.wanted import Wanted


class Kind(str, Enum):
    card = "card"
    term = "term"
    equivalence = "equivalence"
    programmes = "programmes"
    events = "events"
    relay = "relay"
    comparison = "comparison"


@dataclass(frozen=True)
class EventsWanted:
    """The events somebody looks for; what is empty does not matter to them.

    `cities` are folded; `kinds` and `audience` are words of the schema; `months` are 1 to 12;
    `months_away` is 0 for this month, 1 for the next.
    """

    cities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    audience: str | None = None
    months: tuple[int, ...] = ()
    months_away: int | None = None
    year: int | None = None

    @property
    def at_a_time(self) -> bool:
        return bool(self.months) or self.months_away is not None


@dataclass(frozen=True)
class Asked:
    """`ids` are `kind/id` names of the library.

    A relay that is not known where somebody lives is the topic about relays; programmes like a
    diploma come with the equivalence that says how far the likeness goes; institutions compared
    for a field have it in `wanted`. `ranks`: the best of them is asked for, and nobody says so.
    """

    kind: Kind
    ids: tuple[str, ...] = ()
    wanted: Wanted = field(default_factory=Wanted)
    events: EventsWanted = field(default_factory=EventsWanted)
    ranks: bool = False
