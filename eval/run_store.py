"""Runs on disk: what was asked, with which configuration, what came out, how long it took, how good it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from eval.golden_set import GoldenItem, dump_golden, load_golden
from eval.measures.base import Values
from eval.outcome import Outcome, outcome_from_json
from eval.runner import Timing
from eval.summary import Summary

RUNS = Path(__file__).parent / "runs"
CONFIG, ITEMS, OUTPUTS, TIMINGS, MEASURES, PASSAGES = (
    "config.json", "items.jsonl", "outputs.jsonl", "timings.jsonl", "measures.json", "passages.json",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run.

    Attributes:
        config: settings, stamps, versions, weights and hashes; the same configuration gives the same outputs.
        passages: texts of the passages in its rankings, by id.
    """

    folder: Path
    config: Mapping[str, Any]
    items: tuple[GoldenItem, ...]
    outcomes: tuple[Outcome, ...]
    timings: tuple[Timing, ...]
    summary: Summary
    passages: Mapping[str, str]

    @property
    def name(self) -> str:
        """Name of the folder: date, time, hash of configuration and outputs."""
        return self.folder.name


def save_run(
    config: Mapping[str, Any],
    items: Sequence[GoldenItem],
    outcomes: Sequence[Outcome],
    timings: Sequence[Timing],
    summary: Summary,
    passages: Mapping[str, str],
    *,
    now: datetime,
    runs: Path = RUNS,
) -> Run:
    """Write a run in a new folder under `runs`.

    Two runs whose names end in the same hash had the same configuration and the same outputs, byte for byte.

    Raises:
        UsageError: the folder cannot be written.
    """
    settings = json.dumps(config, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    outputs = "".join(outcome.as_json() + "\n" for outcome in outcomes)
    digest = hashlib.sha256((settings + outputs).encode()).hexdigest()[:8]
    folder = runs / f"{now:%Y%m%d-%H%M%S}-{digest}"
    texts = {
        CONFIG: settings,
        ITEMS: dump_golden(items),
        OUTPUTS: outputs,
        TIMINGS: "".join(json.dumps(asdict(t)) + "\n" for t in timings),
        PASSAGES: json.dumps(dict(sorted(passages.items())), ensure_ascii=False, indent=0) + "\n",
        MEASURES: json.dumps(summary.as_dict(), ensure_ascii=False, separators=(",", ":")) + "\n",
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():  # measures come last: a folder with measures is a finished run
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"Cannot write the run in {folder}: {error.strerror or error}.") from error
    return Run(folder, config, tuple(items), tuple(outcomes), tuple(timings), summary, passages)


def load_run(folder: Path) -> Run:
    """Read a run.

    Raises:
        UsageError: the folder holds no finished run, or one of another version.
    """
    if not (folder / MEASURES).is_file():
        raise UsageError(f"{folder} holds no finished run. Make one with `assistant eval run`.")
    try:
        lines = (folder / OUTPUTS).read_text("utf-8").splitlines()
        timings = (folder / TIMINGS).read_text("utf-8").splitlines()
        return Run(
            folder=folder,
            config=json.loads((folder / CONFIG).read_text("utf-8")),
            items=load_golden(folder / ITEMS),
            outcomes=tuple(outcome_from_json(line) for line in lines),
            timings=tuple(Timing(**json.loads(line)) for line in timings),
            summary=Summary.from_dict(json.loads((folder / MEASURES).read_text("utf-8"))),
            passages=json.loads((folder / PASSAGES).read_text("utf-8")),
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UsageError(
            f"{folder} cannot be read as a run ({type(error).__name__}: {error}). "
            "Make it again with `assistant eval run`."
        ) from error


def load_summary(folder: Path) -> Summary:
    """The measures of a run alone, which is much less to read.

    Raises:
        UsageError: as `load_run`.
    """
    try:
        return Summary.from_dict(json.loads((folder / MEASURES).read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise UsageError(
            f"{folder} cannot be read as a run ({type(error).__name__}: {error}). "
            "Make it again with `assistant eval run`."
        ) from error


def run_folders(runs: Path = RUNS) -> list[Path]:
    """Finished runs, oldest first."""
    return sorted(path for path in runs.glob("*") if (path / MEASURES).is_file()) if runs.is_dir() else []


def find_run(text: str | None, runs: Path = RUNS) -> Path:
    """The folder of a run by path, by name, or by the end of its name; the newest one for None.

    Raises:
        UsageError: there is none, or more than one.
    """
    folders = run_folders(runs)
    if text is None:
        if not folders:
            raise UsageError(f"There is no run in {runs}. Make one with `assistant eval run`.")
        return folders[-1]
    if (Path(text) / MEASURES).is_file():
        return Path(text)
    found = [folder for folder in folders if folder.name == text or folder.name.endswith(text)]
    if len(found) != 1:
        known = ", ".join(folder.name for folder in folders[-5:]) or "none"
        problem = "fits more than one run" if found else "is no run"
        raise UsageError(
            f"{text!r} {problem}. Give a folder, a name or the end of a name; the newest: {known}."
        )
    return found[0]


def values_of(run: Run, measure: str) -> Values:
    """Values of one measure per item; empty when the run does not have it."""
    return run.summary.values.get(measure, {})
