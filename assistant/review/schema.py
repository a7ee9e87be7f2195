"""The tables of the store. Migrations make them; a test holds the two equal.

`answers` holds what the queue sorts and filters by, in small rows; `answer_bodies` what is read one by one.
Moments are microseconds since 1970 in UTC: exact, and the same on every database.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "r0001"
"""The migration that makes the tables below."""

metadata = MetaData()
_Key = BigInteger().with_variant(Integer, "sqlite")

answers = Table(
    "answers",
    metadata,
    Column("seq", _Key, primary_key=True, autoincrement=True),
    Column("answer_id", String(64), nullable=False, unique=True),
    Column("conversation_id", String(128), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("question", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("intent", String(32), nullable=False),
    Column("confidence", Float),
    Column("is_low_confidence", Boolean, nullable=False),
    Column("is_first_of_kind", Boolean, nullable=False),
    Column("is_sampled", Boolean, nullable=False),
    Column("is_not_helpful", Boolean, nullable=False),
    Column("is_judged", Boolean, nullable=False),
    Column("urgency", SmallInteger, nullable=False),
    Column("checks", Text, nullable=False),
    Index("answers_by_urgency", "urgency", "asked_at", "seq"),
    Index("answers_by_moment", "asked_at", "seq"),
    Index("answers_by_conversation", "conversation_id", "seq"),
    sqlite_autoincrement=True,
)
"""One row an answer; `urgency` is 0 for an answer that nothing singles out, `checks` the machine's verdict
per sentence as JSON (null for a frame)."""

answer_facets = Table(
    "answer_facets",
    metadata,
    Column("seq", _Key, ForeignKey("answers.seq", ondelete="CASCADE"), primary_key=True),
    Column("facet", String(8), primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    Column("value", String(128), nullable=False),
    Index("answer_facets_by_value", "facet", "value", "seq"),
)
"""Regions and sectors that were understood, in reading order."""

answer_bodies = Table(
    "answer_bodies",
    metadata,
    Column("seq", _Key, ForeignKey("answers.seq", ondelete="CASCADE"), primary_key=True),
    Column("answer", Text, nullable=False),
    Column("adjustment", Text),
    Column("trace", Text, nullable=False),
    Column("stamps", Text, nullable=False),
)

kinds = Table("kinds", metadata, Column("kind", String(255), primary_key=True))
"""Combinations of intent, status, sector and province that were seen; they outlive the answers, and say
nothing of who asked."""

feedback = Table(
    "feedback",
    metadata,
    Column("id", _Key, primary_key=True, autoincrement=True),
    Column("seq", _Key, ForeignKey("answers.seq", ondelete="CASCADE"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("citation", Integer),
    Column("record_id", String(128)),
    Column("text", Text, nullable=False),
    Index("feedback_by_answer", "seq", "id"),
    sqlite_autoincrement=True,
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", _Key, primary_key=True, autoincrement=True),
    Column("seq", _Key, ForeignKey("answers.seq", ondelete="CASCADE"), nullable=False),
    Column("reader", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("sentences", Text, nullable=False),
    Column("recommendations", Text, nullable=False),
    Column("missing", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("corrected_answer", Text, nullable=False),
    UniqueConstraint("seq", "reader", "revision", name="reviews_once"),
    Index("reviews_by_reader", "reader", "seq"),
    sqlite_autoincrement=True,
)
"""Rows are only added; the newest revision of a reader is what that reader thinks now."""
