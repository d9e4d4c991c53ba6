"""Which cases an adviser sees, in SQL: what `bot.handover.roles.reaches` says of one case."""

from sqlalchemy import ColumnElement, and_, or_, true

from bot.handover.case import Adviser, State
from bot.handover.roles import SHOWN_TO_ALL, reaches_all
from bot.storage.tables import CaseRow


def within_reach(adviser: Adviser) -> ColumnElement[bool]:
    """A condition on `cases`, for every list and count that is shown to the adviser."""
    if reaches_all(adviser):
        return true()
    return or_(
        CaseRow.institution.is_(None),
        CaseRow.institution == adviser.institution,
        CaseRow.adviser_id == adviser.id,
        and_(CaseRow.state == State.waiting.value, CaseRow.announced >= SHOWN_TO_ALL),
    )
