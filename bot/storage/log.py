"""The append-only log of what was done to a case or an account."""

from datetime import datetime, timezone

from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import LogRow


def write_log(session: AsyncSession, verb: str, *, actor: str, case_id: int | None = None) -> None:
    """Add a line in the caller's transaction. `verb` is `noun.past_participle`."""
    session.add(LogRow(at=datetime.now(timezone.utc), verb=verb, actor=actor, case_id=case_id))
