"""The connection: SQLite or PostgreSQL, opened safely, migrated once, every failure told in one line."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from assistant.errors import ConfigurationError, StoreError
from assistant.review.schema import HEAD

log = logging.getLogger(__name__)

BUSY_SECONDS = 20
"""How long a writer waits for another one; a write takes milliseconds, a purge at most seconds."""
_ADVISORY_LOCK = 7_402_116_551
"""Number under which PostgreSQL lets one process at a time change the tables."""
_MIGRATING = threading.Lock()
"""Alembic keeps its context in a global, so one thread at a time."""
_CHECKPOINT_TRIES = 20


class Database:
    """One database, with the tables of this version."""

    def __init__(self, url: str) -> None:
        """Open it, make it when it is not there, and bring its tables up to date.

        Raises:
            ConfigurationError: the address cannot be used.
            StoreError: it cannot be reached, or was made by a newer version.
        """
        self.url = _address(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.shown = self.url.render_as_string(hide_password=True)
        if self.is_sqlite:
            _make_file(self.url)
        try:
            self.engine = create_engine(self.url, **self._options())
        except ModuleNotFoundError as error:
            raise ConfigurationError(
                f"Package {error.name!r} is missing, so {self.shown} cannot be opened. "
                "Run `pip install -r requirements-postgres.txt`."
            ) from error
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            event.listen(self.engine, "connect", _prepare_postgres)
        self._migrate()

    def _options(self) -> dict[str, Any]:
        if self.is_sqlite:
            return {"connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False}}
        return {"pool_pre_ping": True, "connect_args": {"connect_timeout": 10}}

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment."""
        with self._translated(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are all stored for certain at the end, or none."""
        with self._translated(), self.engine.connect() as connection:
            connection = connection.execution_options(tw_writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            reason = " ".join(str(getattr(error, "orig", None) or error).split())[:200]
            raise StoreError(
                f"The log of answers at {self.shown} cannot be used: {reason}. "
                "Check the setting log_url, the disk, and that the database runs."
            ) from error

    def forget(self, *, compact: bool = False) -> None:
        """Take deleted words out of the files as well, as far as the database lets us.

        Args:
            compact: write the database anew, so that it takes no more room than it needs.
        """
        if not self.is_sqlite:
            if compact:
                with self._translated(), self.engine.connect() as connection:
                    free = connection.execution_options(isolation_level="AUTOCOMMIT")
                    for table in ("answers", "answer_facets", "answer_bodies", "feedback", "reviews"):
                        free.execute(text(f"VACUUM {table}"))
            return
        with self._translated():
            raw = self.engine.raw_connection()
            try:
                cursor = raw.cursor()
                if compact:
                    cursor.execute("VACUUM")
                for attempt in range(_CHECKPOINT_TRIES):
                    (is_busy, _, _) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                    if not is_busy:
                        return
                    sleep(0.01 * (attempt + 1))
                log.warning(
                    "A reader kept deleted answers in %s-wal; the next deletion clears it.", self.shown
                )
            finally:
                raw.close()

    def _migrate(self) -> None:
        with self.reading() as connection:
            if _version(connection) == HEAD:
                return
        with _MIGRATING, self.writing() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
            found = _version(connection)
            if found != HEAD:
                _upgrade(connection, found, self.shown)

    def problems(self) -> list[str]:
        """What is wrong inside the database; empty when it is sound."""
        found: list[str] = []
        with self.reading() as connection:
            if self.is_sqlite:
                found += [r[0] for r in connection.execute(text("PRAGMA integrity_check")) if r[0] != "ok"]
                found += [f"row without parent: {tuple(r)}" for r in connection.execute(
                    text("PRAGMA foreign_key_check")
                )]  # fmt: skip
            for name, query in _INVARIANTS.items():
                count = connection.execute(text(query)).scalar_one()
                if count:
                    found.append(f"{name}: {count}")
        return found

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


_INVARIANTS = {
    "answers without a body":
        "SELECT count(*) FROM answers WHERE seq NOT IN (SELECT seq FROM answer_bodies)",
    "feedback without an answer": "SELECT count(*) FROM feedback WHERE seq NOT IN (SELECT seq FROM answers)",
    "reviews without an answer": "SELECT count(*) FROM reviews WHERE seq NOT IN (SELECT seq FROM answers)",
    "readers with a revision missing":
        "SELECT count(*) FROM (SELECT seq FROM reviews GROUP BY seq, reader"
        " HAVING max(revision) <> count(*) OR min(revision) <> 1) AS gaps",
    "answers whose mark of being judged is wrong":
        "SELECT count(*) FROM answers WHERE is_judged <> (seq IN (SELECT seq FROM reviews))",
}  # fmt: skip


def _address(url: str) -> URL:
    try:
        found = make_url(url)
        backend = found.get_backend_name()
        found.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise ConfigurationError(
            "Setting log_url is no address of a database. Write sqlite:///folder/file.sqlite or "
            "postgresql://user:password@host/name."
        ) from error
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"Package {error.name!r} is missing, so log_url cannot be opened. "
            "Run `pip install -r requirements-postgres.txt`."
        ) from error
    if backend == "postgresql":
        return found.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and found.database and found.database != ":memory:":
        return found.set(drivername="sqlite+pysqlite")
    raise ConfigurationError(
        f"Setting log_url names {found.render_as_string(hide_password=True)!r}. "
        "Use a file with SQLite, or PostgreSQL."
    )


def _make_file(url: URL) -> None:
    """An empty file that only its owner can read, when there is none."""
    path = Path(str(url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"Cannot write {path}: {error.strerror or error}. Give another file with the setting log_url."
        ) from error


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # SQLAlchemy says when a transaction begins, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {1000 * BUSY_SECONDS}", "journal_mode = WAL", "synchronous = FULL",
        "foreign_keys = ON", "secure_delete = ON",
    ):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at the start: two that read first and write later would block each other."""
    is_writer = connection.get_execution_options().get("tw_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")


def _prepare_postgres(connection: Any, _: object) -> None:
    """A commit returns when the words are on the disk of the server, whatever the server's own default is."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()


def _version(connection: Connection) -> str | None:
    """The migration the database is at; None for an empty one."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(connection: Connection, found: str | None, shown: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "assistant.review:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"The log of answers at {shown} was made by a newer version ({found}). Update the assistant."
        )
    command.upgrade(config, "head")
