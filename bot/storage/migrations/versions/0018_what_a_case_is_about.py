"""the message that led to a case."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_AROUND_A_REQUEST = ("adviser_contact", "small_talk", "privacy", "nonsense")


def upgrade() -> None:
    op.add_column("cases", sa.Column("about_seq", sa.Integer(), nullable=True))
    _find_for_open_cases()


def _find_for_open_cases() -> None:
    """Those that have ended are read in full, if ever."""
    cases = sa.table(
        "cases",
        *(sa.column(name) for name in ("conversation_id", "state", "opened_at", "about_seq")),
    )
    messages = sa.table(
        "messages",
        *(sa.column(name) for name in ("conversation_id", "seq", "author", "at")),
        sa.column("understanding", sa.JSON()),
    )
    question = (
        sa.select(sa.func.max(messages.c.seq))
        .where(
            messages.c.conversation_id == cases.c.conversation_id,
            messages.c.author == "person",
            messages.c.at <= cases.c.opened_at,
            messages.c.understanding["theme"].as_string().not_in(_AROUND_A_REQUEST),
        )
        .scalar_subquery()
    )
    op.execute(sa.update(cases).where(cases.c.state != "ended").values(about_seq=question))


def downgrade() -> None:
    op.drop_column("cases", "about_seq")
