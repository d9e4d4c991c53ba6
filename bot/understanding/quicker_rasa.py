"""What Rasa does at each message to no end, taken out of it.

Each costs a tenth of a millisecond or more of every turn, and changes nothing that anybody sees.
Written for Rasa 3.6.21, which is frozen; `tests/understanding/test_quicker_rasa.py` holds it.
"""

from functools import lru_cache
from typing import Any

from rasa.core import processor
from rasa.core.actions.action import RemoteAction
from rasa.core.policies import rule_policy
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot


class _Unread:
    """Stands for the module `copy` where Rasa copies, deeply, what it would log if its debug log
    were on, which it never is (people's words are in it)."""

    @staticmethod
    def deepcopy(logged: Any) -> Any:
        return logged


def make_rasa_quicker() -> None:
    """May be called again."""
    processor.copy = rule_policy.copy = _Unread
    # A constant JSON schema, held against its meta-schema for every action: 18 of the 30 ms of a
    # turn, for results that never left this process.
    RemoteAction._validate_action_result = _trusted
    # A tracker copies its slots, and is copied six times a turn; `copy` by itself goes by pickle's
    # ways.
    Slot.__copy__ = _alike
    # All of Rasa's classes are looked through for each event read; they are always the same.
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(lru_cache(maxsize=64)(Event.resolve_by_type))


def _trusted(_: RemoteAction, result: Any) -> bool:
    return result is not None


def _alike(slot: Slot) -> Slot:
    alike: Slot = object.__new__(type(slot))
    alike.__dict__.update(slot.__dict__)
    return alike
