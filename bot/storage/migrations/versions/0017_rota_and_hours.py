"""who is on duty, by half-day; absences with who takes over; the clocks of a case that waits."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_CLOCKS = ("queued_at", "announced_at", "team_told_at")


def _adviser(name: str, *, on_delete: str = "CASCADE", **options: Any) -> sa.Column[int]:
    reference = sa.ForeignKey("advisers.id", ondelete=on_delete)
    return sa.Column(name, sa.Integer(), reference, **options)


def upgrade() -> None:
    for name in _CLOCKS:
        op.add_column("cases", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE cases SET queued_at = opened_at, announced_at = opened_at")
    op.add_column("log", sa.Column("detail", sa.String(length=80), nullable=True))
    # Nothing was ever written in these two: they are made anew rather than altered.
    op.drop_table("absences")
    op.drop_table("rota")
    op.create_table(
        "absences",
        _adviser("adviser_id", primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        _adviser("cover_id", on_delete="SET NULL", nullable=True),
    )
    op.create_table(
        "rota",
        sa.Column("weekday", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("half", sa.String(length=9), primary_key=True),
        _adviser("adviser_id", primary_key=True),
    )
    op.create_table(
        "rota_exceptions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(length=9), nullable=False),
        _adviser("adviser_id", nullable=True),
    )
    op.create_index("ix_rota_exceptions_day", "rota_exceptions", ["day"])
    op.create_table(
        "desk_settings",
        sa.Column("name", sa.String(length=40), primary_key=True),
        sa.Column("value", sa.String(length=254), nullable=False),
    )


def downgrade() -> None:
    for table in ("desk_settings", "rota_exceptions", "rota", "absences"):
        op.drop_table(table)
    op.create_table(
        "absences",
        _adviser("adviser_id", primary_key=True),
        sa.Column("until", sa.Date(), nullable=False),
    )
    op.create_table(
        "rota",
        sa.Column("weekday", sa.Integer(), primary_key=True, autoincrement=False),
        _adviser("adviser_id", primary_key=True),
    )
    op.drop_column("log", "detail")
    for name in _CLOCKS:
        op.drop_column("cases", name)
