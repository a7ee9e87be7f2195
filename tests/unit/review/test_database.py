"""The database under the store: made once, private, without a trace of what was masked or deleted."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from assistant.domain.review import Feedback, Review
from assistant.errors import ConfigurationError, StoreError
from assistant.review.database import Database
from assistant.review.schema import HEAD, metadata
from assistant.review.store import SqlReviewStore
from tests.support.reviews import START, store_at, trace_of

ROOT = Path(__file__).parents[3]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'nieuw' / 'log.sqlite'}"


def on_disk(url: str) -> bytes:
    """Everything in the files of a SQLite database, its journal included."""
    path = Path(url.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def test_migrations_make_the_tables_the_code_uses(url: str) -> None:
    database = Database(url)

    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    config = Config()
    config.set_main_option("script_location", "assistant.review:migrations")
    config.set_main_option("path_separator", "os")
    assert found == HEAD == ScriptDirectory.from_config(config).get_current_head()


def test_two_processes_can_open_a_new_store_at_once(url: str) -> None:
    program = "import sys; from assistant.review.database import Database; Database(sys.argv[1]).problems()"
    processes = [
        subprocess.Popen([sys.executable, "-c", program, url], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(3)
    ]

    said = [process.communicate()[1] for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0], said


def test_threads_can_open_a_new_store_at_once(url: str) -> None:
    problems: list[BaseException | list[str]] = []

    def open_it() -> None:
        try:
            problems.append(Database(url).problems())
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == [[]] * 6


def test_file_can_be_read_by_its_owner_only(url: str) -> None:
    Database(url)

    assert Path(url.removeprefix("sqlite:///")).stat().st_mode & 0o077 == 0


def test_store_of_a_newer_version_is_not_touched(url: str) -> None:
    with Database(url).writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'r9999'"))

    with pytest.raises(StoreError, match="newer version"):
        Database(url)


def test_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    path.write_bytes(b"this is not a database at all, " * 200)

    with pytest.raises(StoreError, match="cannot be used"):
        Database(f"sqlite:///{path}")


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")

    with pytest.raises(StoreError, match="Cannot write"):
        Database(f"sqlite:///{tmp_path / 'file' / 'log.sqlite'}")


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param("log.sqlite", id="no address"),
        pytest.param("mysql://host/db", id="another database"),
        pytest.param("sqlite://", id="in memory"),
        pytest.param("nonsense://x", id="unknown"),
    ],
)
def test_address_that_cannot_be_used_is_told(wrong: str) -> None:
    with pytest.raises(ConfigurationError):
        Database(wrong)


def test_password_is_not_told() -> None:
    with pytest.raises(StoreError) as caught:
        Database("postgresql://me:geheim@127.0.0.1:1/db")

    assert "geheim" not in str(caught.value)


SECRETS = ("jan.pietersen@voorbeeld.nl", "06-12345678", "111222333", "NL91ABNA0417164300")


def test_no_personal_data_reaches_the_disk(url: str) -> None:
    store = store_at(url)
    typed = " ".join(SECRETS)
    first = store.log(trace_of(f"Ik werk in Lelystad. {typed}"), conversation_id="a", turn=0) or ""
    store.log(trace_of("En dan?"), conversation_id="a", turn=1, adjustment={"places": [typed]})
    store.add_feedback(Feedback(first, "comment", START, text=typed))
    review = Review(first, "adviseur-1", comment=typed, corrected_answer=typed)
    store.save_review(review, began_from={})

    kept = on_disk(url)

    assert b"[e-mailadres]" in kept
    assert [word for word in SECRETS if word.encode() in kept] == []


def test_unguarded_trace_is_masked_as_well(url: str) -> None:
    trace = trace_of()
    answer = trace.answer.model_copy(update={"question": f"Mail {SECRETS[0]}"})
    store_at(url).log(replace(trace, answer=answer), conversation_id="a", turn=0)

    assert SECRETS[0].encode() not in on_disk(url)


def test_deleted_words_are_gone_from_the_files(url: str) -> None:
    store = store_at(url)
    for number in range(30):
        _say_much(store, f"gesprek-{number}", f"kanarievogel{number:03}")

    store.delete_conversation("gesprek-17")

    kept = on_disk(url)
    assert b"kanarievogel017" not in kept
    assert b"kanarievogel016" in kept


def test_purged_words_are_gone_from_the_files(url: str) -> None:
    store = store_at(url)
    for number in range(10):
        _say_much(store, f"gesprek-{number}", f"kanarievogel{number:03}")
    size = len(on_disk(url))

    store.purge(START.replace(year=2030))

    assert b"kanarievogel" not in on_disk(url)
    assert len(on_disk(url)) < size / 2


def _say_much(store: SqlReviewStore, conversation: str, word: str) -> None:
    answer_id = (
        store.log(trace_of(f"Wat doet {word} in Lelystad?"), conversation_id=conversation, turn=0) or ""
    )
    store.add_feedback(Feedback(answer_id, "comment", START, text=word))
    store.save_review(Review(answer_id, "adviseur-1", comment=word * 50), began_from={})


def test_asking_on_the_command_line_loads_no_database() -> None:
    program = (
        "import sys, assistant.cli, assistant.face, assistant.factory, assistant.commands.log\n"
        "print([m for m in ('sqlalchemy', 'alembic', 'psycopg', 'fpdf') if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
