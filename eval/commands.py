"""What `assistant eval ...` does: one function per sub-command of `assistant/commands/evaluate.py`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from assistant import Assistant
from assistant.commands.output import print_json, print_line, progress
from assistant.errors import UsageError
from assistant.settings import load_settings
from eval.ablate import ablate as ablate_variants
from eval.ablate import ablation_as_dict, ablation_tables
from eval.compare import compare, comparison_table, flipped_measures, flips_text, shared_items
from eval.gate import BASELINES, baseline_of, check_run, load_gate, proposed_gate
from eval.golden_reviewed import REVIEWED_FILE
from eval.golden_set import load_golden
from eval.measures.catalog import CATALOG
from eval.report.page import report_html
from eval.run import GOLDEN, RunOptions, chosen_items, make_run
from eval.run_store import Run, find_run, load_run, run_folders
from eval.tables import measure_table
from eval.variants import VARIANTS, Variant, assistant_with, load_variants

FLOOR_MARGIN = 0.25
"""Part of the distance from value to interval that a proposed bound lies outside the interval."""


def _open(args: argparse.Namespace, variant: Variant | None = None) -> Assistant:
    assistant = Assistant.open(load_settings(index_dir=args.index))
    return assistant if variant is None else assistant_with(assistant, variant)


def _variant(name: str | None) -> Variant | None:
    if name is None:
        return None
    variants = load_variants()
    if name not in variants:
        raise UsageError(f"There is no variant {name!r} in {VARIANTS}. Choose from {', '.join(variants)}.")
    return variants[name]


def _make_run(args: argparse.Namespace, options: RunOptions, variant: Variant | None) -> Run:
    items = chosen_items(options)
    assistant = _open(args, variant)
    advance, close = progress(len(items), "questions")
    try:
        name = variant.name if variant else None
        return make_run(assistant, items, runs=options.runs, variant=name, advance=advance)
    finally:
        close()


def run_golden_sets(args: argparse.Namespace) -> int:
    """Answer the golden sets, store the run, print the measures; 1 when the assistant broke on a question."""
    reviewed = None if args.set else load_settings(index_dir=args.index).golden_dir / REVIEWED_FILE
    options = RunOptions(args.set or GOLDEN, args.split, tuple(args.slice), args.limit, reviewed=reviewed)
    run = _make_run(args, options, _variant(args.variant))
    broken = [outcome for outcome in run.outcomes if outcome.error]
    if args.json:
        print_json(run_as_dict(run))
    else:
        print_line(f"{len(run.items)} questions, kept in {run.folder}")
        print_line(measure_table(run.summary, is_full=args.full))
        for outcome in broken:
            print_line(f"BROKE on {outcome.id}: {outcome.error}")
    return 1 if broken else 0


def run_as_dict(run: Run) -> dict[str, Any]:
    """A run as `eval run --json` prints it: measures per split and slice, without values per item."""
    estimates = run.summary.as_dict()["estimates"]
    return {
        "run": run.name,
        "folder": str(run.folder),
        "items": len(run.items),
        "config": dict(run.config),
        "measures": {name: estimates[name] for name in sorted(estimates, key=CATALOG.place)},
    }


def compare_runs(args: argparse.Namespace) -> int:
    """Print what changed between two runs; 0 whatever it is."""
    before, after = load_run(find_run(args.before)), load_run(find_run(args.after))
    unknown = [name for name in args.measure if name not in CATALOG]
    if unknown:
        raise UsageError(f"No measure is called {unknown[0]!r}. They are in eval/measures/catalog.yaml.")
    comparisons = compare(before, after, split=args.split, measures=args.measure)
    n = len(shared_items(before.items, after.items, args.split))
    if args.json:
        rows = [asdict(found) for found in comparisons]
        print_json({"before": before.name, "after": after.name, "items": n, "measures": rows,
                    "flips": flipped_measures(comparisons)})  # fmt: skip
        return 0
    print_line(f"{before.name} -> {after.name}: {n} questions with the same label in both")
    changed = [found for found in comparisons if found.is_changed]
    if not changed:
        print_line("Nothing flipped.")
        return 0
    print_line(comparison_table(changed) + "\n")
    print_line(flips_text(before, after, changed, limit=args.answers))
    return 0


def gate(args: argparse.Namespace) -> int:
    """Check floors and baseline; 1 when one is broken, each named."""
    rules = load_gate()
    if args.run_name:
        run = load_run(find_run(args.run_name))
    else:
        run = _make_run(args, RunOptions(split="test"), _variant(args.variant))
    if args.propose:
        print_line(proposed_gate(run, rules, margin=FLOOR_MARGIN, today=datetime.now(UTC).date()).rstrip())
        return 0
    if args.write_baseline:
        if rules.paired is None:
            raise UsageError("floors.yaml has no `paired:` part that says which measures a baseline keeps.")
        path = BASELINES / rules.paired.baseline
        kept = json.dumps(baseline_of(run, rules.paired.measures), ensure_ascii=False, separators=(",", ":"))
        path.write_text(kept + "\n", "utf-8")
        print_line(f"{run.name} is the baseline now: {path}")
        return 0
    checks = check_run(run, rules, load_golden(GOLDEN))
    broken = [check for check in checks if not check.is_held]
    if args.json:
        print_json({"run": run.name, "passed": not broken, "checks": [asdict(check) for check in checks]})
    else:
        for check in sorted(checks, key=lambda check: not check.is_held):  # what is broken comes last
            print_line(f"{'ok    ' if check.is_held else 'BROKEN'} {check.name}: {check.message}")
        print_line(f"{len(checks) - len(broken)} of {len(checks)} held in {run.name}.")
    return 1 if broken else 0


def ablate(args: argparse.Namespace) -> int:
    """Print a table of retrieval variants."""
    items = chosen_items(RunOptions(args.set or GOLDEN, args.split))
    variants = load_variants(args.variants) if args.variants else load_variants()
    assistant = _open(args)
    advance, close = progress(len(variants), "variants")
    try:
        rows = ablate_variants(assistant, items, variants, advance=advance)
    finally:
        close()
    if args.json:
        print_json(ablation_as_dict(rows))
    else:
        print_line(ablation_tables(rows, is_markdown=args.markdown))
    return 0


def report(args: argparse.Namespace) -> int:
    """Write one HTML file on a run."""
    run = load_run(find_run(args.run_name))
    before = _before(run, args.before)
    path = args.out or run.folder / "report.html"
    try:
        path.write_text(report_html(run, before), "utf-8")
    except OSError as error:
        raise UsageError(f"Cannot write {path}: {error.strerror or error}.") from error
    if args.json:
        print_json({"report": str(path), "run": run.name, "before": before.name if before else None})
    else:
        print_line(str(path))
    return 0


def _before(run: Run, name: str | None) -> Run | None:
    """The run to compare with: as named, else the newest earlier one with questions in common."""
    if name is not None:
        return load_run(find_run(name))
    earlier = [folder for folder in run_folders(run.folder.parent) if folder.name < run.name]
    for folder in reversed(earlier):
        try:
            found = load_run(folder)
        except UsageError:
            continue  # of another version
        if shared_items(found.items, run.items, "all"):
            return found
    return None


def misses(args: argparse.Namespace) -> int:
    """List questions of the dev split that a run got wrong; those of test stay closed."""
    run = load_run(find_run(args.run_name))
    names = args.measure or [n for n in run.summary.values if CATALOG[n].better != "neither"]
    dev = {item.id: item for item in run.items if item.split == "dev"}
    answers = {outcome.id: outcome.answer for outcome in run.outcomes}
    found: dict[str, list[str]] = {}
    for name in names:
        wrong = _wrong(name, run)
        found[name] = [i for i in wrong if i in dev]
    if args.json:
        print_json({"run": run.name, "misses": found})
        return 0
    for name, ids in found.items():
        if not ids:
            continue
        print_line(f"{name}: {len(ids)}")
        for i in ids[: args.limit]:
            answer, expected = answers[i], dev[i].expected
            got = [answer.status, answer.abstention or "", *(r.id for r in answer.recommendations)]
            want = [expected.status, expected.abstention or "", *expected.hcas, *expected.initiatives]
            print_line(f"  {i}: {dev[i].text[:200]!r}")
            print_line(f"    expected {' '.join(filter(None, want))}; got {' '.join(filter(None, got))}")
    return 0


def _wrong(measure: str, run: Run) -> list[str]:
    """Ids of items with less than the best value, worst first."""
    values = run.summary.values.get(measure, {})
    best = 0.0 if CATALOG[measure].better == "lower" else 1.0
    gaps = {i: abs(best - n / d) for i, (n, d) in values.items() if d}
    return sorted((i for i, gap in gaps.items() if gap > 0), key=lambda i: (-gaps[i], i))


def beir(args: argparse.Namespace) -> int:
    """Measure dense, bm25 and hybrid on a data set in BEIR layout."""
    from assistant.index.embedding import load_embeddings
    from eval.beir import run_beir
    from eval.tables import text_table

    settings = load_settings()
    result = run_beir(
        args.folder,
        load_embeddings(settings.embedder),
        configs=[name.strip() for name in args.configs.split(",") if name.strip()],
        split=args.split,
        out=args.out,
        cache_file=settings.index_dir / "beir_embeddings.sqlite",
        progress=_step_progress(),
    ).as_dict()
    if args.json:
        print_json(result)
        return 0
    print_line(f"{result['dataset']}: {result['documents']} documents, {result['queries']} queries")
    names = list(next(iter(result["configs"].values())))
    rows = [[config, *(str(values[n]) for n in names)] for config, values in result["configs"].items()]
    print_line(text_table(["config", *names], rows))
    return 0


def judge(args: argparse.Namespace) -> int:
    """Let a language model judge the answers of a run; 1 when it said nothing that can be used."""
    from assistant.llm.chat import Chat, ChatOptions
    from eval.judge import MEASURES, judge_run, judged_items, write_judgement
    from eval.tables import text_table

    settings = load_settings()
    model = args.model or settings.llm_model
    if not model:
        raise UsageError("Say which model judges: --model PROVIDER:NAME, or set llm_model.")
    run = load_run(find_run(args.run_name))
    options = ChatOptions(
        model,
        settings.llm_base_url,
        settings.llm_api_key,
        settings.llm_timeout_seconds,
        settings.llm_max_tokens,
        settings.llm_retries,
    )
    chat = Chat.open(options)
    todo = len(judged_items(run, args.split)[: args.limit])
    advance, close = progress(todo, "answers")
    try:
        result = judge_run(run, model, chat, split=args.split, limit=args.limit, advance=advance)
    finally:
        close()
    path = write_judgement(run.folder, result)
    if args.json:
        print_json({"run": run.name, "file": str(path), **asdict(result)})
    else:
        print_line(f"{todo} answers of {run.name} judged by {model}, kept in {path}")
        rows = [
            [name, str(e.n), f"{e.value:.3f} [{e.low:.3f}, {e.high:.3f}]", MEASURES[name]]
            for name, e in result.estimates.items()
        ]
        print_line(text_table(["measure", "n", "value [95%]", ""], rows))
        for item, why in result.unusable.items():
            print_line(f"NOT JUDGED {item}: {why}")
    return 0 if result.estimates else 1


def _step_progress() -> Callable[[str, int, int], None]:
    """A bar per step on a terminal, nothing in a pipe."""
    state: dict[str, Any] = {"step": "", "done": 0, "advance": None, "close": None}

    def show(step: str, done: int, total: int) -> None:
        if step != state["step"]:
            if state["close"]:
                state["close"]()
            state["advance"], state["close"] = progress(total, step)
            state["step"], state["done"] = step, 0
        state["advance"](done - state["done"])
        state["done"] = done
        if done >= total:
            state["close"]()

    return show
