"""Questions that readers judged, in a file of their own beside the golden sets: checked, then added."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from eval.golden_set import GoldenItem, GoldenSetError, dump_golden, load_golden, validate_golden

REVIEWED_FILE = "reviewed.jsonl"
GOLDEN = Path(__file__).parent / "golden"
Problem = Literal["invalid", "unknown_record", "ended", "same_item", "duplicate", "near_duplicate", "leak"]
_PROBLEMS: Mapping[str, Problem] = {
    "items have this id": "same_item",
    "leak between dev and test": "leak",
    "near-duplicate": "near_duplicate",
    "the same question": "duplicate",
    "unknown id": "unknown_record",
    "ended and cannot be right": "ended",
}
"""What the validator says, and what it is about; the first that is found counts."""


class NotAdded(GoldenSetError):  # noqa: N818 (it says what happened)
    """An item is not fit for the golden set, and nothing was written.

    Attributes:
        code: what is wrong.
        detail: in the words of the validator.
    """

    def __init__(self, code: Problem, detail: str) -> None:
        super().__init__(f"The item is not added: {detail}.")
        self.code = code
        self.detail = detail


def add_reviewed(
    item: Mapping[str, Any],
    golden_dir: Path,
    record_ids: Collection[str],
    *,
    ended: Collection[str] = (),
    replace: bool = False,
    beside: Path = GOLDEN,
) -> GoldenItem:
    """Add an item to the file of reviewed questions, in one step that leaves all or nothing.

    Args:
        item: plain data of a golden item.
        golden_dir: folder of the file.
        record_ids: of every record of the catalogue; `ended` of those that ended.
        replace: put it in the place of an item with the same id.
        beside: golden sets that it may not repeat; those in `golden_dir` count as well.

    Raises:
        NotAdded: the item is not valid, names what does not exist, or repeats a question.
        GoldenSetError: the files cannot be read or written.
    """
    try:
        new = GoldenItem.model_validate(item)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "item"
        raise NotAdded("invalid", f"{where}: {first['msg']}") from error
    with _alone(golden_dir):
        path = golden_dir / REVIEWED_FILE
        kept = load_golden(path) if path.exists() else ()
        if replace:
            kept = tuple(other for other in kept if other.id != new.id)
        others = [*kept, *_sets(beside, golden_dir)]
        _check(new, others, record_ids, ended)
        _write(path, dump_golden((*kept, new)))
    return new


def _sets(*folders: Path) -> Iterator[GoldenItem]:
    """Items of every other golden set, once."""
    files = {file.resolve() for folder in folders for file in folder.glob("*.jsonl")}
    for file in sorted(files):
        if file.name != REVIEWED_FILE:
            yield from load_golden(file)


def _check(
    new: GoldenItem, others: Sequence[GoldenItem], record_ids: Collection[str], ended: Collection[str]
) -> None:
    problems = validate_golden([new], record_ids, ended=ended)
    for other in others:
        pair = validate_golden([other, new], [*other.expected.record_ids, *record_ids])
        problems += [found for found in pair if found.startswith((f"{other.id}, {new.id}:", f"{new.id}: 2"))]
    if problems:
        for said, code in _PROBLEMS.items():
            about = [problem for problem in problems if said in problem]
            if about:
                raise NotAdded(code, about[0])
        raise NotAdded("invalid", problems[0])


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time; the lock falls away when its process ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / f".{REVIEWED_FILE}.lock").open("w")
    except OSError as error:
        raise GoldenSetError(
            f"Cannot write in {folder}: {error.strerror or error}. Give another folder with the setting "
            "golden_dir."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, text: str) -> None:
    aside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with aside.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise GoldenSetError(f"Cannot write {path}: {error.strerror or error}.") from error
