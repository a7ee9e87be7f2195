"""How often the marked words on a page are the quoted words: `python -m eval.bench.highlights`.

Asks questions of the development sets on the corpus as indexed, finds the marks of every citation of a page,
and reads the characters back from the page's own text layer inside those marks. They have to be the quote: a
citation without a mark is counted apart, since no mark is drawn rather than a wrong one.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant import Assistant
from assistant.domain.answer import Citation
from assistant.review.pages import highlight_boxes, words_in_boxes
from assistant.settings import load_settings
from eval.golden_set import load_golden
from eval.runner import trace_of

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
QUESTIONS = 60


@dataclass(slots=True)
class Count:
    """What came of the citations looked at.

    Attributes:
        equal: marked words read back as the quote.
        unmarked: no mark drawn; `wrong`: other words under the mark.
        without_page: in a record or a file without pages, where the field is marked in the text itself.
    """

    equal: int = 0
    unmarked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    without_page: int = 0

    @property
    def pages(self) -> int:
        """Citations of a page of a PDF."""
        return self.equal + len(self.unmarked) + len(self.wrong)


def measure(citations: Iterable[Citation], roots: Sequence[Path]) -> Count:
    """Look at every citation once.

    Args:
        roots: folders under which the cited files lie.
    """
    count = Count()
    for citation in citations:
        file = next((root / citation.file for root in roots if (root / citation.file).is_file()), None)
        if citation.page is None or file is None or file.suffix.lower() != ".pdf":
            count.without_page += 1
            continue
        where = f"{citation.file}, p. {citation.page}: {citation.quote[:80]!r}"
        boxes = highlight_boxes(file, citation.page, citation.quote)
        if boxes is None:
            count.unmarked.append(where)
        elif _letters(words_in_boxes(file, citation.page, boxes)) == _letters(citation.quote):
            count.equal += 1
        else:
            count.wrong.append(where)
    return count


def _letters(text: str) -> str:
    """Text without whitespace and hyphens, ligatures taken apart: a broken word loses its hyphen."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) not in ("Pd", "Cf"))


def main(argv: Sequence[str] | None = None) -> int:
    """Print the share; exit code 1 when a mark covers other words than the quote."""
    parser = argparse.ArgumentParser(description="Share of citations whose marked words are the quote.")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    arguments = parser.parse_args(argv)
    settings = load_settings()
    assistant = Assistant.open(settings)
    items = [item for item in load_golden(GOLDEN) if item.split == "dev"]
    by_page = [item for item in items if item.slice == "document"]
    others = [item for item in items if item.slice != "document"]
    chosen = [*by_page[: arguments.questions], *others][: arguments.questions]
    citations = [c for item in chosen for c in trace_of(assistant, item).answer.citations]
    count = measure(citations, settings.corpus)
    share = count.equal / count.pages if count.pages else 1.0
    print(f"questions {len(chosen)}, citations {len(citations)}, on pages {count.pages}")
    print(f"marked words equal the quote: {count.equal} of {count.pages} ({share:.1%})")
    print(f"no mark: {len(count.unmarked)}, other words marked: {len(count.wrong)}")
    for line in (*count.unmarked, *count.wrong):
        print(f"  {line}")
    return 1 if count.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
