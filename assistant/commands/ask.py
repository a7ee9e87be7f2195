"""`assistant ask` and `assistant explain`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.commands.output import (
    Subparsers,
    add_index_options,
    is_utf8,
    jsonl,
    print_json,
    print_line,
    progress,
    write_jsonl,
)
from assistant.domain.answer import Answer
from assistant.errors import AssistantError, UsageError


def register(commands: Subparsers) -> None:
    """Add the two commands."""
    ask = commands.add_parser("ask", help="answer one question, or a file of questions")
    ask.add_argument("question", nargs="?", help="the question, in Dutch or English")
    ask.add_argument(
        "--batch", type=Path, metavar="IN.jsonl", help='lines {"id", "question"} or {"id", "turns": []}'
    )
    ask.add_argument("--out", type=Path, metavar="OUT.jsonl", help="where the answers of a batch go")
    ask.add_argument("--lang", choices=("nl", "en", "auto"), default="auto", help="language of the answer")
    add_index_options(ask)
    ask.set_defaults(run=run_ask)
    explain = commands.add_parser("explain", help="show every step of one answer with its numbers")
    explain.add_argument("question")
    explain.add_argument("--lang", choices=("nl", "en", "auto"), default="auto")
    add_index_options(explain)
    explain.set_defaults(run=run_explain)


def run_ask(args: argparse.Namespace) -> int:
    """Answer; a bad line of a batch gets an error of its own and the rest goes on."""
    if (args.question is None) == (args.batch is None):
        raise UsageError("Give either a question or --batch IN.jsonl.")
    if args.batch is not None and args.out is None:
        raise UsageError("--batch needs --out OUT.jsonl.")
    assistant = _open(args)
    if args.batch is not None:
        lines = list(jsonl(args.batch))
        advance, close = progress(len(lines), "questions")
        count = write_jsonl(args.out, _answers(assistant, lines, args.lang, advance))
        close()
        if args.json:
            print_json({"answers": count, "out": str(args.out)})
        return 0
    answer = assistant.ask(args.question, language=args.lang)
    if args.json:
        print_json(answer.model_dump(mode="json"))
    else:
        _print(answer)
    return 0


def _open(args: argparse.Namespace) -> Any:
    from assistant import Assistant
    from assistant.settings import load_settings

    return Assistant.open(load_settings(index_dir=args.index))


def _answers(
    assistant: Any, lines: list[tuple[int, str]], language: str, advance: Any
) -> Iterator[dict[str, Any]]:
    for number, line in lines:
        identifier: Any = None
        try:
            if not is_utf8(line):
                raise UsageError("not UTF-8; save the file as UTF-8")
            item = json.loads(line)
            if not isinstance(item, dict):
                raise UsageError("expected a JSON object")
            identifier = item.get("id")
            turns = _turns(item)
            answer = assistant.ask_all(turns, language=language)
            yield {"id": identifier, **answer.model_dump(mode="json")}
        except (AssistantError, json.JSONDecodeError) as error:
            yield {"id": identifier, "error": f"line {number}: {error}"}
        except Exception as error:  # one question that breaks the assistant must not cost the others
            yield {"id": identifier, "error": f"line {number}: unexpected {type(error).__name__}: {error}"}
        advance(1)


def _turns(item: dict[str, Any]) -> list[str]:
    turns = item.get("turns", [item["question"]] if "question" in item else None)
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
        raise UsageError('expected {"id", "question": text} or {"id", "turns": [text, ...]}')
    return turns


def _print(answer: Answer) -> None:
    print_line(answer.answer)
    if answer.recommendations:
        print_line()
        for number, item in enumerate(answer.recommendations, start=1):
            print_line(f"{number}. {item.name} ({item.kind}, {item.status}) {item.website or ''}".rstrip())
            for reason in item.reasons:
                mark = {"fits": "+", "does_not_fit": "-", "unknown": "?"}[reason.fit]
                markers = "".join(f"[{n}]" for n in reason.citations)
                print_line(f"   {mark} {reason.facet}: {reason.found} {markers}".rstrip())
    if answer.citations:
        print_line()
        for citation in answer.citations:
            where = f"p. {citation.page}" if citation.page else (citation.locator or "")
            print_line(
                f'[{citation.n}] {citation.title}, {where}: "{citation.quote}" {citation.url or ""}'.rstrip()
            )


def run_explain(args: argparse.Namespace) -> int:
    """Print the trace of one answer."""
    from assistant.commands.trace import trace_as_text
    from assistant.tracing import trace_as_dict

    data = trace_as_dict(_open(args).trace(args.question, language=args.lang))
    if args.json:
        print_json(data)
    else:
        print_line(trace_as_text(data))
    return 0
