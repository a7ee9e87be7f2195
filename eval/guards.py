"""Precision and recall of the guards, from the labelled texts in eval/guards/.

    python -m eval.guards [--split dev|test|round_2|…|inventive|all] [--words] [--errors] [--json]

Hand-written lists are split by place: odd places develop, even places test. Harmless texts are the hard
ones in harmless.yaml and the questions of the understanding sets, each in its own split. The later
rounds were each run once before they were read, then used to mend the word lists.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from assistant.guards import GuardedQuestion, guard_question, order_recogniser
from assistant.guards.personal import LABELS

DATA = Path(__file__).parent / "guards"
SPLITS = ("dev", "test", "round_2", "round_3", "round_4", "inventive", "all")
QUESTIONS = Path(__file__).parent / "data"
_MARKED = re.compile("⟦([^⟧]*)⟧")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled text.

    Attributes:
        guard: injection, personal, cleaning or harmless.
        kind: kind of order or datum; for a harmless text where it comes from.
        expected: for personal data and cleaning the text that has to be left.
    """

    split: str
    guard: str
    kind: str
    text: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one guard over one kind; false alarms are over all harmless texts."""

    found: int
    total: int
    false_alarms: int
    harmless: int

    @property
    def recall(self) -> float:
        return self.found / self.total if self.total else 0.0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false_alarms) if self.found else 0.0


def labelled_texts(folder: Path = DATA, questions: Path = QUESTIONS) -> Iterator[Labelled]:
    """Read all labelled texts."""
    injections = yaml.safe_load((folder / "injections.yaml").read_text("utf-8"))
    for kind, languages in injections.items():
        for lines in languages.values():
            for split, line in _split(lines):
                yield Labelled(split, "injection", kind, line)
    personal = yaml.safe_load((folder / "personal.yaml").read_text("utf-8"))
    for kind, lines in personal.items():
        for split, line in _split(lines):
            yield Labelled(split, "personal", kind, _MARKED.sub(r"\1", line), _MARKED.sub(LABELS[kind], line))
    for kind, items in yaml.safe_load((folder / "cleaning.yaml").read_text("utf-8")).items():
        for number, item in enumerate(items):
            yield Labelled(("dev", "test")[number % 2], "cleaning", kind, item["text"], item["left"])
    for lines in yaml.safe_load((folder / "harmless.yaml").read_text("utf-8")).values():
        for split, line in _split(lines):
            yield Labelled(split, "harmless", "written", line)
    later = yaml.safe_load((folder / "later_rounds.yaml").read_text("utf-8"))
    for split, lists in later.items():
        for line in lists["injection"]:
            yield Labelled(split, "injection", "later rounds", line)
        for line in lists["harmless"]:
            yield Labelled(split, "harmless", "later rounds", line)
    inventive = yaml.safe_load((folder / "inventive.yaml").read_text("utf-8"))
    for lines in inventive["injection"].values():
        for line in lines:
            yield Labelled("inventive", "injection", "inventive", line)
    for split in ("dev", "test"):
        for row in (questions / f"understanding_{split}.jsonl").read_text("utf-8").splitlines():
            item = json.loads(row)
            if item.get("abstention") in ("outside_subject", "nonsense"):
                continue  # no question of an applicant; some are orders to the assistant
            for question in item.get("turns", [item.get("question")]):
                yield Labelled(split, "harmless", "questions", question)


def _split(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((("dev", "test")[number % 2], line) for number, line in enumerate(lines))


def is_right(item: Labelled, guarded: GuardedQuestion) -> bool:
    """Whether the guards did what the label says, no more and no less."""
    if item.guard == "injection":
        return guarded.refusal == "injection"
    if item.guard == "personal":
        is_masked = f"masked_{item.kind}" in guarded.notices
        return is_masked and guarded.refusal is None and _words(guarded.text) == _words(_bare(item.expected))
    if item.guard == "cleaning":
        is_noticed = item.kind in guarded.notices
        return is_noticed and _words(guarded.text) == _words(item.expected)
    return guarded.refusal != "injection" and not any(n.startswith("masked") for n in guarded.notices)


def _bare(text: str) -> str:
    """Angle brackets around an address go with the markup."""
    return text.replace("<[", "[").replace("]>", "]")


def _words(text: str) -> list[str]:
    return text.split()


def scores(
    items: Sequence[Labelled], is_order: Callable[[str], bool] | None = None
) -> tuple[dict[str, Score], list[Labelled]]:
    """Scores per guard and kind, and the items that went wrong.

    Args:
        is_order: recognises orders by meaning beside the word lists; None leaves it to them.
    """
    wrong: list[Labelled] = []
    alarms = {"injection": 0, "personal": 0, "cleaning": 0}
    harmless = [item for item in items if item.guard == "harmless"]
    for item in harmless:
        guarded = guard_question(item.text, is_order=is_order)
        if not is_right(item, guarded):
            wrong.append(item)
        alarms["injection"] += guarded.refusal == "injection"
        alarms["personal"] += any(n.startswith("masked") for n in guarded.notices)
        alarms["cleaning"] += "invisible" in guarded.notices
    counts: dict[tuple[str, str], list[bool]] = {}
    for item in items:
        if item.guard != "harmless":
            right = is_right(item, guard_question(item.text, is_order=is_order))
            counts.setdefault((item.guard, item.kind), []).append(right)
            if not right:
                wrong.append(item)
    rows: dict[str, Score] = {}
    for guard, false_alarms in alarms.items():
        kinds = {kind: results for (g, kind), results in counts.items() if g == guard}
        for kind, results in kinds.items():
            rows[f"{guard}: {kind}"] = Score(sum(results), len(results), false_alarms, len(harmless))
        everything = [result for results in kinds.values() for result in results]
        rows[guard] = Score(sum(everything), len(everything), false_alarms, len(harmless))
    return rows, wrong


def _by_meaning() -> Callable[[str], bool] | None:
    from assistant.index.embedding import BundledEmbeddings

    embedder = BundledEmbeddings()
    return order_recogniser(embedder.embed_query, embedder=embedder.identity)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit 0."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--words", action="store_true", help="by word lists alone, without meaning")
    parser.add_argument("--errors", action="store_true", help="list the texts judged wrongly")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    items = [item for item in labelled_texts() if options.split in ("all", item.split)]
    is_order = None if options.words else _by_meaning()
    rows, wrong = scores(items, is_order)
    if options.json:
        document = {n: asdict(s) | {"recall": s.recall, "precision": s.precision} for n, s in rows.items()}
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
        return 0
    if options.errors:
        for item in wrong:
            guarded = guard_question(item.text, is_order=is_order)
            sys.stdout.write(f"{item.guard} {item.kind}: {item.text!r}\n    {guarded}\n")
    sys.stdout.write(f"{'guard':28}{'n':>5}{'recall':>9}{'precision':>11}{'false alarms':>16}\n")
    for name, score in rows.items():
        alarms = f"{score.false_alarms}/{score.harmless}"
        sys.stdout.write(f"{name:28}{score.total:5}{score.recall:9.3f}{score.precision:11.3f}{alarms:>16}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
