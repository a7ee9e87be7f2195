"""A PostgreSQL server of the tests' own, from the programs of Debian's package."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

PROGRAMS = Path("/usr/lib/postgresql")
_names = count(1)


def programs() -> Path | None:
    """Folder with initdb and pg_ctl, of the newest version installed; None without one."""
    found = [path.parent for path in PROGRAMS.glob("*/bin/initdb")]
    return max(found, key=lambda path: float(path.parent.name), default=None)


def require_programs() -> Path:
    """The folder; skips where PostgreSQL is not installed, except in continuous integration."""
    found = programs()
    if found is None:
        message = "PostgreSQL is not installed; on Debian: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@dataclass(frozen=True)
class Server:
    """A running server; it listens on a socket in its own folder only."""

    folder: Path
    bin: Path
    user: str | None

    def url(self, database: str) -> str:
        """Address of a database."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """Address of a new, empty database."""
        name = f"t{os.getpid()}_{next(_names)}"
        with self.admin() as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def admin(self) -> psycopg.Connection:
        """A connection that may do everything."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)

    def kill_backends(self, url: str) -> None:
        """Kill the processes that serve a database; waits until the server has mended itself."""
        name = url.partition("@/")[2].partition("?")[0]
        witness = self.admin()  # a server that loses one process ends all others before it mends itself
        rows = witness.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [name]).fetchall()
        for (pid,) in rows:
            with contextlib.suppress(ProcessLookupError):  # its client was quicker
                os.kill(pid, signal.SIGKILL)
        if rows:
            self._until(lambda: witness.execute("SELECT 1"), is_broken=True)
        witness.close()
        self._until(lambda: self.admin().close(), is_broken=False)

    def _until(self, act: Callable[[], object], *, is_broken: bool) -> None:
        """Do something again and again until the connection fails, or until it works."""
        for _ in range(600):
            try:
                act()
            except psycopg.OperationalError:
                if is_broken:
                    return
            else:
                if not is_broken:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL in {self.folder} does not come back.")

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs as its user, who is never root."""
        as_user = ["runuser", "-u", self.user, "--"] if self.user else []
        command = [*as_user, str(self.bin / program), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        if done.returncode:
            log = self.folder / "log"
            said = log.read_text("utf-8", "replace")[-800:] if log.exists() else ""
            raise RuntimeError(f"{program}: {done.stderr.decode()[-800:]} {said}")


@contextmanager
def running_server() -> Iterator[Server]:
    """A server with an empty cluster, gone afterwards."""
    found = require_programs()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path may have about 100 characters
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, user)
    server = Server(folder, found, user)
    data = str(folder / "data")
    try:
        server.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
                   "--no-sync")  # fmt: skip
        options = f"-c fsync=off -c listen_addresses='' -k {folder} -c restart_after_crash=on"
        server.run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield server
        finally:
            server.run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
