"""The word knowledge of the claim checker: maintained YAML plus what the caller injects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError
from assistant.grounding.words import lemma_of, root_of

_HERE = Path(__file__).parent


class _Synonyms(BaseModel):
    model_config = ConfigDict(extra="forbid")
    synonyms: list[str]


class _Modality(BaseModel):
    model_config = ConfigDict(extra="forbid")
    must: str
    can: str
    want: str
    expect: str


class _Language(BaseModel):
    """Shape of language.yaml; word lists are strings separated by blanks."""

    model_config = ConfigDict(extra="forbid")
    function_words: str
    light_words: str
    generic_nouns: str
    opposites: list[list[str]]
    up: str
    down: str
    negators: str
    local_negators: str
    implicit_negatives: str
    modality: _Modality
    instructive: str
    quantifiers: dict[str, str]
    only: str
    only_evidence: str
    uncertain: str
    plan_nouns: str
    formerly: str
    not_only: str
    qualifiers: dict[str, str]
    causal: str
    causal_evidence: str
    past_verbs: str
    give_verbs: str
    get_verbs: str
    converse_verbs: str
    present_verbs: str
    ended_words: str
    ongoing_words: str
    frequencies: dict[str, str]
    differing: str
    adding: str
    remainder: str
    conditions: str
    implied_numbers: dict[str, str]
    frame_starts: list[str]
    place_forms: dict[str, list[str]]
    abbreviations: dict[str, str]


@dataclass(frozen=True)
class Lexicon:
    """Everything the checks look up, ready for set membership.

    Phrases in word lists are written with hyphens ("ten-minste") and kept as space-separated strings.
    """

    function_words: frozenset[str]
    light_roots: frozenset[str]
    generic_roots: frozenset[str]
    concepts: Mapping[str, frozenset[int]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]
    opposites: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]]
    prefixes: Mapping[str, tuple[str, ...]]
    modality: Mapping[str, frozenset[str]]
    quantifiers: Mapping[str, frozenset[str]]
    qualifiers: Mapping[str, frozenset[str]]
    frequencies: Mapping[str, frozenset[str]]
    frame_starts: tuple[str, ...]
    place_of: Mapping[str, str]
    implied_numbers: Mapping[str, tuple[str, frozenset[float]]] = field(default_factory=dict)
    abbreviations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aliases: Mapping[str, frozenset[int]] = field(default_factory=dict)


def _words(text: str) -> frozenset[str]:
    return frozenset(w if w.startswith("'") else w.replace("-", " ") for w in text.split())


def _load(name: str, model: type[Any]) -> Any:
    path = _HERE / name
    try:
        return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"Cannot use {path}: {error}. Mend the file or restore it.") from error


@cache
def _base() -> tuple[_Language, tuple[tuple[str, ...], ...]]:
    language: _Language = _load("language.yaml", _Language)
    groups = _load("synonyms.yaml", _Synonyms).synonyms
    return language, tuple(tuple(p.strip() for p in g.split(",") if p.strip()) for g in groups)


def build_lexicon(
    *,
    places: Iterable[str] = (),
    aliases: Iterable[Iterable[str]] = (),
    abbreviations: Mapping[str, str] | None = None,
    synonyms: Iterable[Iterable[str]] = (),
) -> Lexicon:
    """Join the maintained word lists with what the caller knows.

    Args:
        places: names of places and regions, any case.
        aliases: groups of names for one and the same organisation, place or programme.
        abbreviations: short form to full form.
        synonyms: extra groups of words that may stand for each other.
    """
    language, groups = _base()
    concepts: dict[str, set[int]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    named = [tuple(g) for g in aliases]
    shorts = {**language.abbreviations, **(abbreviations or {})}
    # other names and short forms are synonyms too, so that they count as words found
    extra = [*(tuple(g) for g in synonyms), *named, *shorts.items()]
    for number, group in enumerate([*groups, *extra]):
        for entry in group:
            parts = tuple(root_of(lemma_of(w)) for w in entry.lower().split())
            if len(parts) == 1:
                concepts.setdefault(parts[0], set()).add(number)
            elif parts:
                phrases.setdefault(parts[0], []).append((parts, number))
    opposites: dict[str, set[str]] = {}
    for left, right in language.opposites:
        ls, rs = ({root_of(lemma_of(w)) for w in side.split()} for side in (left, right))
        for a in ls - rs:
            opposites.setdefault(a, set()).update(rs - ls)
        for b in rs - ls:
            opposites.setdefault(b, set()).update(ls - rs)
    place_of = {form.lower(): place for place, forms in language.place_forms.items() for form in forms}
    for place in places:
        place_of.setdefault(place.lower(), place.lower())
    alias_ids: dict[str, set[int]] = {}
    for number, names in enumerate(named):
        for name in names:
            alias_ids.setdefault(name.lower(), set()).add(number)
    short = {k.lower(): tuple(v.lower().split()) for k, v in shorts.items()}
    plain = {
        name: _words(getattr(language, name))
        for name in (
            "negators",
            "local_negators",
            "implicit_negatives",
            "instructive",
            "only",
            "only_evidence",
            "uncertain",
            "plan_nouns",
            "formerly",
            "not_only",
            "causal",
            "causal_evidence",
            "past_verbs",
            "give_verbs",
            "get_verbs",
            "converse_verbs",
            "present_verbs",
            "ended_words",
            "ongoing_words",
            "up",
            "down",
            "differing",
            "adding",
            "remainder",
            "conditions",
        )
    }
    return Lexicon(
        function_words=_words(language.function_words),
        light_roots=frozenset(root_of(lemma_of(w)) for w in language.light_words.split()),
        generic_roots=frozenset(root_of(lemma_of(w)) for w in language.generic_nouns.split()),
        concepts={k: frozenset(v) for k, v in concepts.items()},
        phrases={k: tuple(sorted(v, key=lambda p: (-len(p[0]), p))) for k, v in phrases.items()},
        opposites={k: frozenset(v) for k, v in opposites.items()},
        classes={n: frozenset(w for w in ws if not w.endswith("*")) for n, ws in plain.items()},
        prefixes={n: tuple(sorted(w[:-1] for w in ws if w.endswith("*"))) for n, ws in plain.items()},
        modality={n: _words(getattr(language.modality, n)) for n in ("must", "can", "want", "expect")},
        quantifiers={n: _words(w) for n, w in language.quantifiers.items()},
        qualifiers={n: _words(w) for n, w in language.qualifiers.items()},
        frequencies={n: _words(w) for n, w in language.frequencies.items()},
        frame_starts=tuple(language.frame_starts),
        place_of=place_of,
        implied_numbers={
            word: (told.split()[0], frozenset(float(v) for v in told.split()[1:]))
            for word, told in language.implied_numbers.items()
        },
        abbreviations=short,
        aliases={k: frozenset(v) for k, v in alias_ids.items()},
    )
