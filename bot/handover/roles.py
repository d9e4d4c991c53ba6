"""What each role may do at the desk, and which cases each adviser reaches. Pure.

An adviser answers for an institution: they reach its cases, those of the common queue (which name
no institution) and those they were given. A coordinator reaches every case; an administrator, every
page beside.
"""

from enum import Enum

from bot.handover.case import Adviser, Case, State


class Role(str, Enum):
    """From the least to the most: each may do what those before it may."""

    adviser = "adviser"
    coordinator = "coordinator"
    administrator = "administrator"


SHOWN_TO_ALL = 2
"""Announced so many times again, a case that waits is everybody's."""
_RANKS = {role.value: rank for rank, role in enumerate(Role)}


def at_least(adviser: Adviser, role: Role) -> bool:
    """Whether the adviser may do what `role` may; a role nobody knows may nothing more."""
    return _RANKS.get(adviser.role, 0) >= _RANKS[role.value]


def reaches_all(adviser: Adviser) -> bool:
    return at_least(adviser, Role.coordinator)


def administers(adviser: Adviser) -> bool:
    return at_least(adviser, Role.administrator)


def needs_second_factor(adviser: Adviser) -> bool:
    """Whoever sees every case, or may open accounts, proves who they are by two things."""
    return at_least(adviser, Role.coordinator)


def reaches(adviser: Adviser, case: Case) -> bool:
    """Whether the adviser may see the case. `bot.storage.reach` says the same in SQL."""
    if reaches_all(adviser) or case.institution is None:
        return True
    if case.state is State.waiting and case.announced >= SHOWN_TO_ALL:
        return True
    if case.institution == adviser.institution:
        return True
    return case.adviser is not None and case.adviser.id == adviser.id
