"""A small language for cues: word patterns and detectors that tell whether a sentence speaks of something.

vacature*           a word that starts with it; `*tekort*` holds it; `krapte` is the word itself
sluit* .. aan       two words with at most six words between them
na afloop           two words side by side, with a space or a hyphen between them
<number>            a detector, see `DETECTORS`; facts (`<place>`) are looked up per sentence
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.errors import ConfigurationError
from assistant.understanding.text import fold

GAP_WORDS = 6
FACTS = frozenset({"place", "record", "hca", "level", "sector"})
"""Facts that recognisers find per sentence, not by a pattern."""

_NUMBERED = (
    r"(?<!niveau )(?<!mbo )(?<!mbo-)(?<!fase )(?<!stap )(?<!ronde )(?<!tabel )(?<!figuur )(?<!pakket )(?<!wp)"
)
_NUMBERED += (
    r"(?<!bladzijde )(?<!pagina )(?<!hoofdstuk )(?<!level )(?<!round )(?<!table )(?<!figure )(?<!paragraaf )"
)
_AMOUNT = r"(?:\d{1,3}(?:[.\s]\d{3})+|\d+)(?:,\d+)?"
DETECTORS = {
    "number": _NUMBERED
    + r"(?<![\w.,/])(?!(?:19|20)\d\d(?!\d|[.,]\d))"
    + _AMOUNT
    + r"(?![\w/])(?!\.\s*$)"
    + r"|\b(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)?(?:honderd|duizend)(?:en)?\b"
    + r"|\b(?:tientallen|dozijn|twaalf|vijftien|twintig|dertig|veertig)\b"
    + r"|\b(?:vijftig|zestig|zeventig|tachtig|negentig)\b"
    + r"|\b(?:twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\b",
    "year": r"(?<!\d)20[0-4]\d(?!\d)",
    "percent": r"\d\s*(?:%|procent|percent)",
    "money": r"(?:€|euro|eur\b)\s*\d|\d[\d.,]*\s*(?:miljoen|mln|k|duizend|ton)?\s*(?:€|euro|eur\b)",
}


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled cues; one hit is enough."""

    pattern: re.Pattern[str] | None
    facts: frozenset[str]

    def spans(self, folded: str) -> list[tuple[int, int]]:
        """Offsets of all hits in a folded sentence, facts not counted."""
        return [match.span() for match in self.pattern.finditer(folded)] if self.pattern is not None else []

    def hits(self, folded: str, facts: Iterable[str] = ()) -> bool:
        """Whether any cue is in a folded sentence, or any of its facts is asked for."""
        if not self.facts.isdisjoint(facts):
            return True
        return self.pattern is not None and self.pattern.search(folded) is not None


def compile_cues(cues: Sequence[str], *, where: str) -> Cues:
    """Compile a list of cues.

    Args:
        where: named in errors.

    Raises:
        ConfigurationError: a detector is not known.
    """
    patterns: list[str] = []
    facts: set[str] = set()
    for cue in cues:
        name = re.fullmatch(r"<(\w+)>", cue.strip())
        if name is None:
            patterns.append(_pattern(cue, where))
        elif name.group(1) in FACTS:
            facts.add(name.group(1))
        else:
            patterns.append(_detector(name.group(1), where))
    return Cues(re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None, frozenset(facts))


def _detector(name: str, where: str) -> str:
    if name not in DETECTORS:
        known = ", ".join(sorted([*DETECTORS, *FACTS]))
        raise ConfigurationError(f"{where}: there is no detector <{name}>. Known: {known}.")
    return DETECTORS[name]


def _pattern(cue: str, where: str) -> str:
    words = fold(cue).replace("-", " ").split()
    if not words or words[0] == ".." or words[-1] == "..":
        raise ConfigurationError(f"{where}: {cue!r} is no cue: it must start and end with a word.")
    pieces: list[str] = []
    joiner = ""
    for word in words:
        if word == "..":
            joiner = rf"\W+(?:[\w'’-]+\W+){{0,{GAP_WORDS}}}?"
            continue
        pieces.append(joiner + _word(word, where))
        joiner = r"[\s\-]+"
    return "".join(pieces)


def _word(word: str, where: str) -> str:
    name = re.fullmatch(r"<(\w+)>", word)
    if name is not None:
        return f"(?:{_detector(name.group(1), where)})"
    body = r"\w*".join(re.escape(part) for part in word.strip("*").split("*"))
    left = r"\w*" if word.startswith("*") else r"(?<!\w)"
    right = r"\w*" if word.endswith("*") else r"(?!\w)"
    return left + body + right
