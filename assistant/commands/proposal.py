"""`assistant check-proposal`: Analyse, Interventies and Samenwerking judged on a file."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.output import Subparsers, add_index_options, print_json, print_line
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.proposal.report import CriterionResult, ProposalReport

WORDS = {
    "nl": {
        "present": "staat erin", "weak": "kan beter", "missing": "ontbreekt", "page": "pagina",
        "warnings": "Let op", "recommendations": "Hierbij kunt u aansluiten", "sources": "Bronnen",
        "analyse": "Analyse", "interventies": "Interventies", "samenwerking": "Samenwerking",
    },
    "en": {
        "present": "is there", "weak": "can be better", "missing": "is missing", "page": "page",
        "warnings": "Please note", "recommendations": "You can link up with", "sources": "Sources",
        "analyse": "Analysis", "interventies": "Interventions", "samenwerking": "Cooperation",
    },
}  # fmt: skip
SIGNS = {"present": "[+]", "weak": "[~]", "missing": "[-]"}


def register(commands: Subparsers) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "check-proposal",
        help="judge a proposal (PDF, DOCX, Markdown or text) on analysis, interventions and cooperation",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the proposal")
    parser.add_argument("--lang", choices=("nl", "en", "auto"), default="auto", help="language of the report")
    add_index_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Judge one file; a file that is no proposal is said to be none."""
    if not args.file.is_file():
        raise UsageError(f"There is no file {args.file}. Check the path.")
    from assistant import Assistant
    from assistant.proposal.check import ProposalChecker
    from assistant.proposal.reading import read_proposal
    from assistant.settings import load_settings

    proposal = read_proposal(args.file)
    assistant = Assistant.open(load_settings(index_dir=args.index))
    checker = ProposalChecker.open(assistant.pipeline, assistant.settings.prompts_dir)
    report = checker.check(proposal, language=args.lang)
    if args.json:
        print_json({**report.model_dump(mode="json"), "file": str(args.file)})
    else:
        _print(report)
    return 0


def _print(report: ProposalReport) -> None:
    words = WORDS[report.language]
    if not report.is_proposal:
        print_line(f"{report.file}: {report.warnings[0]}")
        return
    cited: set[int] = set()
    print_line(report.file)
    for part in ("analyse", "interventies", "samenwerking"):
        result = getattr(report, part)
        print_line(f"\n{words[part]}: {words[result.verdict]}")
        for criterion in result.criteria:
            _print_criterion(criterion, words)
            cited |= {criterion.asked_by.n} if criterion.asked_by else set()
    if report.warnings:
        print_line(f"\n{words['warnings']}")
        for warning in report.warnings:
            print_line(f"  - {warning}")
            cited |= {int(n) for n in re.findall(r"\[(\d+)\]", warning)}
    if report.recommendations:
        print_line(f"\n{words['recommendations']}")
        for number, item in enumerate(report.recommendations, start=1):
            print_line(f"  {number}. {item.name}" + (f" ({item.website})" if item.website else ""))
    print_line(f"\n{words['sources']}")
    for citation in report.citations:
        if citation.n in cited:
            page = f", {words['page']} {citation.page}" if citation.page else ""
            print_line(f"  [{citation.n}] {citation.title}{page}: “{citation.quote}”")


def _print_criterion(criterion: CriterionResult, words: dict[str, str]) -> None:
    marker = f" [{criterion.asked_by.n}]" if criterion.asked_by else ""
    print_line(f"  {SIGNS[criterion.verdict]} {criterion.label}{marker}")
    for proof in criterion.evidence[:1]:
        page = f" ({words['page']} {proof.page})" if proof.page else ""
        print_line(f"      “{proof.quote}”{page}")
    if criterion.verdict != "present":
        print_line(f"      {criterion.advice}")
