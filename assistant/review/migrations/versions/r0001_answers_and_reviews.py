"""Answers, what was said of them, and what readers found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None

_Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _answer(*, is_key: bool = False) -> sa.Column[int]:
    """The answer a row belongs to; the row goes with it."""
    link = sa.ForeignKey("answers.seq", ondelete="CASCADE")
    return (
        sa.Column("seq", _Key, link, primary_key=True)
        if is_key
        else sa.Column("seq", _Key, link, nullable=False)
    )


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "answers",
        sa.Column("seq", _Key, primary_key=True, autoincrement=True),
        sa.Column("answer_id", sa.String(64), nullable=False, unique=True),
        sa.Column("conversation_id", sa.String(128), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("intent", sa.String(32), nullable=False),
        sa.Column("confidence", sa.Float()),
        sa.Column("is_low_confidence", sa.Boolean(), nullable=False),
        sa.Column("is_first_of_kind", sa.Boolean(), nullable=False),
        sa.Column("is_sampled", sa.Boolean(), nullable=False),
        sa.Column("is_not_helpful", sa.Boolean(), nullable=False),
        sa.Column("is_judged", sa.Boolean(), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("checks", sa.Text(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("answers_by_urgency", "answers", ["urgency", "asked_at", "seq"])
    op.create_index("answers_by_moment", "answers", ["asked_at", "seq"])
    op.create_index("answers_by_conversation", "answers", ["conversation_id", "seq"])
    op.create_table(
        "answer_facets",
        _answer(is_key=True),
        sa.Column("facet", sa.String(8), primary_key=True),
        sa.Column("position", sa.SmallInteger(), primary_key=True),
        sa.Column("value", sa.String(128), nullable=False),
    )
    op.create_index("answer_facets_by_value", "answer_facets", ["facet", "value", "seq"])
    op.create_table(
        "answer_bodies",
        _answer(is_key=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("adjustment", sa.Text()),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("stamps", sa.Text(), nullable=False),
    )
    op.create_table("kinds", sa.Column("kind", sa.String(255), primary_key=True))
    op.create_table(
        "feedback",
        sa.Column("id", _Key, primary_key=True, autoincrement=True),
        _answer(),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("citation", sa.Integer()),
        sa.Column("record_id", sa.String(128)),
        sa.Column("text", sa.Text(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("feedback_by_answer", "feedback", ["seq", "id"])
    op.create_table(
        "reviews",
        sa.Column("id", _Key, primary_key=True, autoincrement=True),
        _answer(),
        sa.Column("reader", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sentences", sa.Text(), nullable=False),
        sa.Column("recommendations", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("corrected_answer", sa.Text(), nullable=False),
        sa.UniqueConstraint("seq", "reader", "revision", name="reviews_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("reviews_by_reader", "reviews", ["reader", "seq"])
