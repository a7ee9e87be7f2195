"""`assistant retrieve`: ranked passages with scores."""

from __future__ import annotations

import argparse
import time

from assistant.commands.output import Subparsers, add_index_options, print_json, print_line
from assistant.errors import UsageError


def register(commands: Subparsers) -> None:
    """Add the command."""
    parser = commands.add_parser("retrieve", help="rank passages for a query")
    parser.add_argument("query")
    parser.add_argument("-k", type=int, default=10, help="how many passages (default 10)")
    parser.add_argument("--config", choices=("dense", "bm25", "hybrid"), default="hybrid")
    add_index_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Rank and print."""
    from assistant.factory import make_retriever, open_index
    from assistant.settings import load_settings

    if args.k < 1:
        raise UsageError(f"-k must be at least 1, got {args.k}.")
    if not args.query.strip():
        raise UsageError("The query is empty.")
    settings = load_settings(index_dir=args.index)
    retriever = make_retriever(settings, open_index(settings))
    begin = time.perf_counter()
    ranking = retriever.rank(args.query, k=max(args.k, 50))
    milliseconds = round(1000 * (time.perf_counter() - begin), 1)
    lines = {"dense": ranking.dense, "bm25": ranking.lexical, "hybrid": ranking.fused}[args.config][: args.k]
    if args.json:
        rows = [
            {
                "rank": rank, "score": round(line.score, 6), "passage_id": line.passage.passage_id,
                "document_id": line.passage.document_id, "page": line.passage.page, "text": line.passage.text,
            }
            for rank, line in enumerate(lines, start=1)
        ]  # fmt: skip
        print_json({"query": args.query, "config": args.config, "passages": rows, "ms": milliseconds})
        return 0
    for rank, line in enumerate(lines, start=1):
        page = f" p. {line.passage.page}" if line.passage.page else ""
        print_line(
            f"{rank:3} {line.score:8.4f} {line.passage.passage_id}{page}\n      {line.passage.text[:200]}"
        )
    return 0
