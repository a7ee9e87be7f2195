"""What indexing did, per file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.index.store import Content, FileEntry

FileStatus = Literal["added", "changed", "removed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What happened to one file.

    Attributes:
        pages: how many were read.
        passages: how many they gave.
        warnings: hidden text, and orders to a machine, found when the file was read; a line each.
    """

    file: str
    status: FileStatus
    pages: int
    passages: int
    pages_without_text: tuple[int, ...] = ()
    reason: str | None = None
    message: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What indexing did; counts are of files, but for `passages`."""

    added: int
    changed: int
    removed: int
    unchanged: int
    refused: int
    passages: int
    seconds: float
    files: tuple[FileReport, ...]

    def as_dict(self) -> dict[str, Any]:
        """The report as `assistant index --json` prints it."""
        files = [
            {**asdict(f), "pages_without_text": list(f.pages_without_text), "warnings": list(f.warnings)}
            for f in self.files
        ]
        return {**asdict(self), "files": files}


def report_of(
    content: Content, previous: Mapping[tuple[int, str], FileEntry], *, rebuild: bool, seconds: float
) -> IndexReport:
    """Compare the content of an index with the files of the one before."""
    reports = []
    for entry in content.files:
        known = previous.get((entry.root, entry.file))
        status: FileStatus
        if entry.reason is not None:
            status = "refused"
        elif known is None or known.reason is not None:
            status = "added"
        else:
            status = "unchanged" if known.key == entry.key and not rebuild else "changed"
        reports.append(
            FileReport(
                entry.file, status, len(entry.page_numbers), len(entry.passage_ids), entry.empty_pages,
                entry.reason, entry.message, entry.warnings,
            )
        )  # fmt: skip
    now = {(entry.root, entry.file) for entry in content.files}
    reports += [FileReport(file, "removed", 0, 0) for root, file in sorted(previous.keys() - now)]
    counts = {s: sum(report.status == s for report in reports) for s in
              ("added", "changed", "removed", "unchanged", "refused")}  # fmt: skip
    return IndexReport(
        **counts, passages=len(content.passages), seconds=round(seconds, 3), files=tuple(reports)
    )
