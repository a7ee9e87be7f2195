"""`assistant verify`: groundedness of any text against given passages."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands.output import Subparsers, jsonl, progress, write_jsonl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from langchain_core.embeddings import Embeddings

    from assistant.domain.catalogue import Record
    from assistant.grounding import ClaimChecker
    from assistant.settings import Settings


def register(commands: Subparsers) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "verify", help="check whether sentences are supported by the passages they cite"
    )
    parser.add_argument("--batch", type=Path, required=True, metavar="IN.jsonl")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.jsonl")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check every line; a bad line gets an error of its own."""
    from assistant.grounding.batch import verify_lines
    from assistant.settings import load_settings

    lines = [line for _, line in jsonl(args.batch)]
    advance, close = progress(len(lines), "answers")

    def counted() -> Iterator[dict[str, Any]]:
        for row in verify_lines(lines, _checker(load_settings())):
            advance(1)
            yield row

    write_jsonl(args.out, counted())
    close()
    return 0


def _checker(settings: Settings) -> ClaimChecker:
    """The checker with all it can get: names of the catalogue, and embeddings where words leave doubt."""
    from assistant.factory import make_checker

    return make_checker(settings, records=_records(settings), embeddings=_embeddings(settings))


def _records(settings: Settings) -> Iterable[Record]:
    """Of the index, else of the corpus, else none: a text can be checked without either."""
    from assistant.errors import AssistantError
    from assistant.index.stamp import read_stamp
    from assistant.index.store import load_content
    from assistant.ingest.catalogue import load_catalogue

    try:
        return load_content(settings.index_dir / read_stamp(settings.index_dir).generation).records.values()
    except AssistantError:
        pass
    try:
        return tuple(load_catalogue(*(root for root in settings.corpus if root.is_dir())))
    except (AssistantError, OSError):
        return ()


def _embeddings(settings: Settings) -> Embeddings | None:
    """The embedding model of the settings; None when it cannot be used, and then words decide."""
    from assistant.errors import AssistantError
    from assistant.index.embedding import load_embeddings

    try:
        embeddings = load_embeddings(settings.embedder)
        embeddings.embed_query("proef")
    except (AssistantError, ImportError, OSError) as error:
        logging.getLogger(__name__).warning("Checking by words alone: %s", error)
        return None
    return embeddings
