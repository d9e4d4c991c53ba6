"""Which cases an adviser sees and which call them, in SQL: what `bot.handover.roles.reaches` and
`bot.handover.duty.Calls` say of one case."""

from sqlalchemy import ColumnElement, and_, false, or_, true

from bot.handover.case import Adviser, State
from bot.handover.duty import Calls
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


def called(calls: Calls) -> ColumnElement[bool]:
    """A condition on `cases` that wait: what `Calls.by` says of one case."""
    if not calls.anyone:
        return false()
    of_common: ColumnElement[bool] = CaseRow.institution.is_(None)
    if not calls.common:
        of_common = and_(of_common, CaseRow.announced > 0)
    return or_(
        CaseRow.announced >= SHOWN_TO_ALL,
        CaseRow.institution.in_(calls.institutions),
        of_common,
    )
