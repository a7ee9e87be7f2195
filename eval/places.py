"""Measures the place recogniser on municipalities, settlements, sentences without a place and hand-made ones.

Run `python -m eval.places`; it prints the figures as JSON and, with `--show`, the misses.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.domain.question import Place
from assistant.understanding.geography import Geography
from assistant.understanding.place_forms import without_suffix
from assistant.understanding.places import PlaceRecogniser

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(__file__).with_name("data")
SAMPLE = 500
SEED = 20240611


@dataclass(frozen=True, slots=True)
class Target:
    """A name to put in sentences, and where it lies."""

    name: str
    municipality: str
    province: str


def municipality_targets(geography: Geography) -> list[Target]:
    """Every municipality."""
    return [Target(m.name, m.name, m.province) for m in geography.municipalities.values()]


def settlement_targets(geography: Geography, *, sample: int, seed: int) -> list[Target]:
    """A sample of official settlements, as people write their names (without "NB" or "(Gld)")."""
    settlements = [s for s in geography.settlements if not s.is_neighbourhood]
    chosen = random.Random(seed).sample(settlements, sample) if sample else settlements
    return [Target(without_suffix(s.name), s.municipality, s.province) for s in chosen]


def readings(place: Place) -> Iterable[Place]:
    """The place and what else it may be."""
    return (place, *place.alternatives)


def is_found(places: Sequence[Place], target: Target) -> bool:
    """Whether the right reading is there: municipality and province right, and no other place beside it."""
    if len(places) != 1:
        return False
    return any(
        reading.provinces[:1] == (target.province,)
        and (
            reading.municipalities == (target.municipality,)
            or (reading.kind == "province" and target.name == target.municipality)
        )
        for reading in readings(places[0])
    )


def pattern_misses(
    recogniser: PlaceRecogniser, targets: Sequence[Target], patterns: Sequence[str]
) -> list[dict[str, str]]:
    """Sentences in which the name was not found, with what was."""
    misses = []
    for target in targets:
        for pattern in patterns:
            text = pattern.format(target.name)
            found = recogniser.find(text)
            if found.foreign or not is_found(found.places, target):
                misses.append({"text": text, "expected": target.municipality, "found": shown(found.places)})
    return misses


def negative_sentences() -> list[tuple[str, tuple[str, ...]]]:
    """Sentences without a place, with the names known in them."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for line in (DATA / "places_none.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, _, known = line.partition(" | ")
            found.append((text, (known,) if known else ()))
    return found


def negative_misses(recogniser: PlaceRecogniser) -> list[dict[str, str]]:
    """Sentences without a place in which one was found."""
    misses = []
    for text, known in negative_sentences():
        found = recogniser.find(text, known_names=known)
        if found.places or found.foreign:
            misses.append({"text": text, "found": shown(found.places) + " " + ",".join(found.foreign)})
    return misses


def labelled_misses(recogniser: PlaceRecogniser, split: str) -> tuple[int, list[dict[str, Any]]]:
    """Number of hand-made sentences of a split, and those read wrongly."""
    items = yaml.safe_load((DATA / "places_labelled.yaml").read_text(encoding="utf-8"))[split]
    misses = []
    for item in items:
        found = recogniser.find(item["text"], known_names=item.get("known", ()))
        named = [f"{place.kind}:{place.name}" for place in found.places]
        wrong = named != item.get("places", []) or sorted(found.foreign) != sorted(item.get("foreign", []))
        expected = item.get("alternatives")
        if expected is not None:
            wrong = wrong or sorted(a.name for p in found.places for a in p.alternatives) != sorted(expected)
        if wrong:
            misses.append({**item, "found": shown(found.places), "found_foreign": list(found.foreign)})
    return len(items), misses


def shown(places: Sequence[Place]) -> str:
    """Places as one line of text."""
    texts = []
    for place in places:
        others = ", ".join(other.name for other in place.alternatives)
        texts.append(f"{place.kind}:{place.name}" + (f" (or {others})" if others else ""))
    return "; ".join(texts)


def milliseconds_per_question(recogniser: PlaceRecogniser, texts: Sequence[str]) -> float:
    """Median time of one question in milliseconds."""
    times = []
    for text in texts:
        start = time.perf_counter()
        recogniser.find(text)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[len(times) // 2]


def measure(recogniser: PlaceRecogniser, *, split: str, sample: int, seed: int) -> dict[str, Any]:
    """All figures, and the misses behind them."""
    geography = recogniser.geography
    patterns = yaml.safe_load((DATA / "places_patterns.yaml").read_text(encoding="utf-8"))[split]
    towns = municipality_targets(geography)
    villages = settlement_targets(geography, sample=sample, seed=seed)
    town_misses = pattern_misses(recogniser, towns, patterns)
    village_misses = pattern_misses(recogniser, villages, patterns)
    none_misses = negative_misses(recogniser)
    labelled, labelled_wrong = labelled_misses(recogniser, split)
    texts = [(pattern.format(target.name) * 3)[:200] for target in towns[:100] for pattern in patterns]
    return {
        "split": split,
        "municipalities": 1 - len(town_misses) / (len(towns) * len(patterns)),
        "settlements": 1 - len(village_misses) / (len(villages) * len(patterns)),
        "settlements_sampled": len(villages),
        "false_places": len(none_misses),
        "sentences_without_place": len(negative_sentences()),
        "labelled": 1 - len(labelled_wrong) / labelled,
        "labelled_sentences": labelled,
        "ms_per_200_characters": round(milliseconds_per_question(recogniser, texts), 3),
        "misses": {
            "municipalities": town_misses,
            "settlements": village_misses,
            "none": none_misses,
            "labelled": labelled_wrong,
        },
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="settlements to sample; 0 for all")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    parser.add_argument("--show", action="store_true", help="also print the misses")
    arguments = parser.parse_args()
    recogniser = PlaceRecogniser.load(arguments.corpus)
    figures = measure(recogniser, split=arguments.split, sample=arguments.sample, seed=arguments.seed)
    misses = figures.pop("misses")
    print(json.dumps(figures, indent=2))
    if arguments.show:
        for kind, items in misses.items():
            for item in items:
                print(kind, json.dumps(item, ensure_ascii=False))


if __name__ == "__main__":
    main()
