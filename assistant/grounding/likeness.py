"""How like the source a sentence is: a few figures from words and embeddings, weighed by learned weights.

The hard checks (numbers, names, denial, …) are rules; what is left is whether the rest of a sentence is said
at all. The weights are in likeness.yaml; `python -m eval.grounding.train` makes them from labelled sentences.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError
from assistant.grounding.context import Context
from assistant.grounding.evidence import is_content
from assistant.grounding.text import is_verb_form

Embed = Callable[[Sequence[str]], Any]
MODEL_FILE = Path(__file__).parent / "likeness.yaml"
_MAX_COMPARED = 6
_MAX_CLAUSES = 3
_CACHED_VECTORS = 8192
_CHARS_EMBEDDED = 600
_BATCH = 256
# Clauses with fewer content words say too little to be compared alone.
_CLAUSE_WORDS = 3


class Vectors:
    """Embeddings of sentences, kept by text so that passages are embedded once."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._known: OrderedDict[str, Any] = OrderedDict()

    def of(self, texts: Sequence[str]) -> list[Any]:
        """Vectors in the order of the texts; unknown ones are embedded in one call."""
        cut = [embeddable(text) for text in texts]
        new = [t for t in dict.fromkeys(cut) if t not in self._known]
        for start in range(0, len(new), _BATCH):
            part = new[start : start + _BATCH]
            for text, vector in zip(part, self._embed(part), strict=True):
                self._known[text] = vector
        out = [self._known[t] for t in cut]
        while len(self._known) > _CACHED_VECTORS:
            self._known.popitem(last=False)
        return out


def embeddable(text: str) -> str:
    """A text that every engine takes: bounded, no NUL or lone surrogate, never empty."""
    plain = text[:_CHARS_EMBEDDED].replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")
    return plain if plain.strip() else "."


class LikenessModel(BaseModel):
    """A weight a figure, and the constant; a sentence passes from a score of 0 on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: dict[str, float]
    constant: float


@cache
def load_model(path: Path = MODEL_FILE) -> LikenessModel:
    """Read the weights.

    Raises:
        ConfigurationError: the file cannot be used.
    """
    try:
        return LikenessModel.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"Cannot use {path}: {error}. Mend the file or restore it.") from error


@dataclass(frozen=True, slots=True)
class _Texts:
    """What is compared: the claim and its clauses with the source's sentences, clauses and pairs."""

    claim: str
    clauses: tuple[str, ...]
    sentences: tuple[str, ...]
    parts: tuple[str, ...]


def _texts(ctx: Context) -> _Texts:
    shown = [f.index for f in ctx.fits[:_MAX_COMPARED]]
    parts: list[str] = []
    for index in shown[:_MAX_CLAUSES]:
        if len(ctx.evidence[index].segments) > 1:
            parts += [" ".join(t.text for t in u.tokens) for u in ctx.evidence[index].segments[:4]]
    at = shown[0]
    for other in (at - 1, at + 1):
        if 0 <= other < len(ctx.evidence) and ctx.owners[other] == ctx.owners[at]:
            first, second = sorted((at, other))
            parts.append(f"{ctx.evidence[first].text} {ctx.evidence[second].text}")
    clauses = [
        " ".join(t.text for t in unit.tokens)
        for unit in ctx.claim.segments
        if sum(is_content(t, ctx.lexicon) for t in unit.tokens) >= _CLAUSE_WORDS
    ]
    return _Texts(
        ctx.claim.text,
        tuple(clauses[:_MAX_CLAUSES]) if len(clauses) > 1 else (),
        tuple(ctx.evidence[i].text for i in shown),
        tuple(parts),
    )


def texts_to_embed(ctx: Context) -> list[str]:
    """Everything `figures` needs vectors of."""
    texts = _texts(ctx)
    return [texts.claim, *texts.clauses, *texts.sentences, *texts.parts]


def figures(ctx: Context, vectors: Vectors) -> Mapping[str, float]:
    """What is weighed; shares and cosines from 0 to 1, `lost` and `verbs` from 0 up."""
    texts = _texts(ctx)
    claim = vectors.of([texts.claim])[0]
    sentences = vectors.of(texts.sentences)
    others = [*sentences, *vectors.of(texts.parts)]
    whole = max(float(v @ claim) for v in others)
    clause = min(
        (max(float(v @ own) for v in others) for own in vectors.of(texts.clauses)),
        default=whole,
    )
    return {
        **word_figures(ctx),
        "sentence": max(float(v @ claim) for v in sentences),
        "part": whole,
        "clause": clause,
    }


def word_figures(ctx: Context) -> dict[str, float]:
    """The figures that need no vectors."""
    words = sum(is_content(t, ctx.lexicon) for t in ctx.claim.unit.tokens)
    lost = [(t, w, s) for t, w, s in ctx.unmatched if t.index not in ctx.named]
    nouns = [w * (1 - s) for t, w, s in lost if not is_verb_form(t)]
    verbs = [w * (1 - s) for t, w, s in lost if is_verb_form(t)]
    return {
        "share": ctx.coverage_all,
        "near": ctx.coverage_near,
        "lost": sum(nouns),
        "worst": max(nouns, default=0.0),
        "verbs": sum(verbs),
        "words": math.log1p(words),
    }


def likeness(values: Mapping[str, float], model: LikenessModel) -> float:
    """Log-odds that the source says the sentence, as far as words and vectors tell."""
    return model.constant + sum(weight * values[name] for name, weight in model.weights.items())
