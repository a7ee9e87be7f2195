"""Build the summary documents: Markdown in `corpus/documents/src` to accessible PDFs in `corpus/documents`.

Run `python tools/build_documents.py` after a change; `--check` tells whether every PDF still equals its
source. The same source and the same version of typst give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from summaries import DocumentError, read_document, read_sources
from typesetting import pdf_bytes

DOCUMENTS = Path(__file__).resolve().parent.parent / "corpus" / "documents"


def build(documents_dir: Path, *, check: bool) -> list[Path]:
    """Write every PDF that differs from its source, or with `check` only find them.

    Returns:
        The PDFs that differed, in order of name.
    """
    sources = read_sources(documents_dir / "src" / "sources.yaml")
    differing: list[Path] = []
    for path in sorted((documents_dir / "src").glob("*.md")):
        target = documents_dir / f"{path.stem}.pdf"
        made = pdf_bytes(read_document(path), sources)
        if not target.exists() or target.read_bytes() != made:
            differing.append(target)
            if not check:
                target.write_bytes(made)
    return differing


def main(arguments: Sequence[str] | None = None) -> int:
    """Build or check; 0 when all is well, 1 when a PDF differs from its source, 2 on a broken source."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 when a PDF differs from its source"
    )
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, help="folder with src/ and the PDFs")
    options = parser.parse_args(arguments)
    try:
        differing = build(options.documents, check=options.check)
    except DocumentError as error:
        print(error, file=sys.stderr)
        return 2
    outcome = "differs from its source; run tools/build_documents.py" if options.check else "written"
    for path in differing:
        print(f"{path.name}: {outcome}")
    return 1 if options.check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
