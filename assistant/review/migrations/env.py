"""Runs migrations on the connection that the store hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from assistant.review.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the store begins and commits, so that a lock spans the whole change
)
context.run_migrations()
