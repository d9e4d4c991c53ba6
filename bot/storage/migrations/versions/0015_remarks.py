"""what advisers say of the assistant's answers, and the suggestions that come of it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_OF_SUGGESTIONS = {"verdict": sa.String(length=12), "wished": sa.String(length=120)}


def upgrade() -> None:

    op.create_table(
        "remarks",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("adviser_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["adviser_id"], ["advisers.id"]),
        sa.PrimaryKeyConstraint("conversation_id", "seq"),
    )
    op.create_index("ix_remarks_case_id", "remarks", ["case_id"])
    for name, kind in {**_OF_SUGGESTIONS, "comment": sa.Text()}.items():
        op.add_column("suggestions", sa.Column(name, kind, nullable=True))


def downgrade() -> None:

    for name in ("comment", *_OF_SUGGESTIONS):
        op.drop_column("suggestions", name)
    op.drop_table("remarks")
