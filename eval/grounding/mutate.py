"""Make mutations.jsonl from the passages of hand.yaml: one small change a sentence, the same on every run.

python -m eval.grounding.mutate
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent
_PLACES = ("Utrecht", "Groningen", "Tilburg", "Zwolle", "Maastricht", "Leeuwarden", "Breda", "Assen")
_SURNAMES = ("Jansma", "Kooiman", "Hoogland", "Terpstra")
_SWAPS = {
    "meer": "minder",
    "minder": "meer",
    "hoger": "lager",
    "hoogste": "laagste",
    "gedaald": "gestegen",
    "stijging": "daling",
    "vaker": "minder vaak",
    "tot en met": "vanaf",
    "kunnen": "moeten",
    "kan": "moet",
    "moeten": "hoeven niet te",
    "gratis": "betaald",
    "vooral": "alleen",
    "niet": "wel",
    "geen": "wel een",
    "maximaal": "minstens",
    "samen": "ieder apart",
}
_SPELLED = {
    "2": "twee",
    "3": "drie",
    "4": "vier",
    "5": "vijf",
    "6": "zes",
    "8": "acht",
    "12": "twaalf",
    "15": "vijftien",
    "35": "vijfendertig",
}


def _pick(seed: str, size: int) -> int:
    return int(hashlib.sha256(seed.encode()).hexdigest(), 16) % size


def _sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text) if s]


def _number(sentence: str, seed: str) -> str | None:
    spots = list(re.finditer(r"\d+", sentence))
    if not spots:
        return None
    spot = spots[_pick(seed, len(spots))]
    digits = list(spot.group())
    at = _pick(seed + "d", len(digits))
    digits[at] = str((int(digits[at]) + 1 + _pick(seed + "n", 7)) % 10 or 1)
    changed = "".join(digits)
    return None if changed == spot.group() else sentence[: spot.start()] + changed + sentence[spot.end() :]


def _name(sentence: str, seed: str) -> str | None:
    spots = list(re.finditer(r"(?<=[a-z,] )[A-Z][a-zë]{3,}", sentence))
    if not spots:
        return None
    spot = spots[_pick(seed, len(spots))]
    pool = [n for n in (*_PLACES, *_SURNAMES) if n not in sentence]
    return sentence[: spot.start()] + pool[_pick(seed + "p", len(pool))] + sentence[spot.end() :]


def _word(sentence: str, seed: str) -> str | None:
    hits = [w for w in _SWAPS if re.search(rf"\b{w}\b", sentence)]
    if not hits:
        return None
    word = hits[_pick(seed, len(hits))]
    return re.sub(rf"\b{word}\b", _SWAPS[word], sentence, count=1)


def _same_number(sentence: str) -> str | None:
    """Another way to write the same: digits as a word, "procent" as a sign, thousands as a word."""
    if re.search(r"\d procent", sentence):
        return re.sub(r"(\d) procent", r"\1%", sentence)
    if re.search(r"\b\d{1,3}\.000\b", sentence):
        return re.sub(r"\b(\d{1,3})\.000\b", r"\1 duizend", sentence, count=1)
    for digits, word in _SPELLED.items():
        if re.search(rf"(?<![\d.,]){digits}(?![\d.,]| (?:[a-z]+ 20| ?mei))", sentence):
            return re.sub(rf"(?<![\d.,]){digits}(?![\d.,])", word, sentence, count=1)
    return None


def rows() -> Iterator[dict[str, Any]]:
    """Labelled rows in the shape the runner reads."""
    names = ("hand.yaml", "hand_final.yaml")
    groups = [g for n in names for g in yaml.safe_load((_HERE / n).read_text(encoding="utf-8"))["groups"]]
    for place, group in enumerate(groups):
        if group["id"].startswith("frames"):
            continue
        other = groups[(place + 7) % len(groups)]["passages"][1]
        passages = {"1": group["passages"][1], "2": other}
        sentences = _sentences(passages["1"])
        made: list[tuple[str, str, str]] = []
        literal = sentences[_pick(group["id"], len(sentences))]
        made.append(("literal", "supported", f"{literal} [1]"))
        for sentence in sentences:
            same = _same_number(sentence)
            if same:
                made.append(("number_form", "supported", f"{same[:-1]} [1]."))
                break
        made.append(("marker", "unsupported", f"{literal[:-1]} [2]."))
        for kind, change in (("number", _number), ("name", _name), ("word", _word)):
            for sentence in sentences[_pick(group["id"] + kind, len(sentences)) :] + sentences:
                changed = change(sentence, group["id"] + kind)
                if changed and changed != sentence:
                    made.append((kind, "unsupported", f"{changed} [1]"))
                    break
        for number, (kind, expected, sentence) in enumerate(made, start=1):
            yield {
                "id": f"{group['id']}-m{number}",
                "split": group["split"],
                "origin": "mutation",
                "kind": kind,
                "passages": passages,
                "sentence": sentence,
                "expected": expected,
            }


if __name__ == "__main__":
    lines = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows()]
    (_HERE / "mutations.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
