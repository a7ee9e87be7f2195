"""Recognises records by name: aliases, former names, abbreviations and small typing errors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.domain.catalogue import Record
from assistant.understanding.terms import zipf
from assistant.understanding.text import Token, fold, tokens

MIN_TYPO_LETTERS = 7
MIN_TYPO_RATIO = 88.0
"""Lowest similarity (0-100) at which a misspelled name counts."""
COMMON_ZIPF = 3.3
"""A one-word name at least this frequent in Dutch or English is a normal word too."""
DISTINCTIVE_ZIPF = 2.8
"""Half of a double name stands on its own when it holds a word at most this frequent."""
_ARTICLES = frozenset(["de", "het", "een", "the", "a", "an", "project", "programma"])
_NAME_CUES = frozenset(
    [
        "programma",
        "project",
        "initiatief",
        "regeling",
        "agenda",
        "hca",
        "platform",
        "netwerk",
        "campus",
        "subsidie",
        "heet",
        "heten",
        "genaamd",
        "programme",
        "initiative",
        "scheme",
        "called",
        "named",
        "over",
        "about",
        "vergelijk",
        "waarom",
        "why",
        "tussen",
        "between",
    ]
)


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """Records meant by one name in a text.

    Attributes:
        record_ids: ids that carry the name, best first.
        surface: name as typed; `start`/`end` are its offsets.
        score: 1.0 for a literal name, lower for a mended one.
    """

    record_ids: tuple[str, ...]
    surface: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    text: str
    rank: int
    record_id: str
    needs_capitals: bool


def name_variants(record: Record) -> tuple[str, ...]:
    """Ways to write the name of a record, the official name first."""
    found: dict[str, None] = {}
    for name in (record.name, *record.aliases):
        found[name] = None
        without = re.sub(r"\s*\([^)]*\)", "", name).strip()
        found[without] = None
        for inner in re.findall(r"\(([^)]*)\)", name):
            is_short = len(inner) <= 6 and inner.isupper()
            is_agenda = fold(inner).startswith(("human capital", "hca", "regio deal"))
            if is_short or is_agenda:
                found[inner] = None
        if ":" in without:
            found[without.split(":")[0].strip()] = None
    for name in list(found):
        for part in re.split(r" en | & ", name):
            if part != name and _is_distinctive(_words(part)):
                found[part.strip()] = None
    for name in list(found):
        folded = fold(name)
        for long, short in (("human capital agenda", "HCA"), ("centre of expertise", "CoE")):
            if long in folded:
                found[re.sub(long, short, name, flags=re.IGNORECASE)] = None
        if re.match(r"HCA\b", name):
            found[re.sub(r"^HCA\b", "Human Capital Agenda", name)] = None
        if (
            record.region
            and folded.startswith(("hca ", "human capital agenda "))
            and " regio " in f" {folded} "
        ):
            found[re.sub(r"\s*\bregio\b", "", name, flags=re.IGNORECASE)] = None
    return tuple(name for name in found if len(name) >= 2)


class RecordNames:
    """Finds records by name in a question; the longest name wins.

    Args:
        records: the catalogue.
        generic_names: names that are also normal words; they count only when written as a name.
        hollow_words: words that alone make no name ("human capital agenda").
    """

    def __init__(
        self,
        records: Iterable[Record],
        *,
        generic_names: Sequence[str] = (),
        hollow_words: Sequence[str] = (),
    ) -> None:
        generic = {" ".join(_words(name)) for name in generic_names}
        hollow = {fold(word) for word in hollow_words}
        self._by_first: dict[str, list[_Name]] = defaultdict(list)
        seen: set[tuple[tuple[str, ...], str]] = set()
        for record in records:
            for rank, name in enumerate(name_variants(record)):
                words = _words(name)
                if not words or (words, record.id) in seen or hollow.issuperset(words):
                    continue
                if len(words) == 1 and len(words[0]) < 3 and not words[0].isupper() and not name.isupper():
                    continue
                seen.add((words, record.id))
                needs = " ".join(words) in generic or _is_plain(words)
                self._by_first[words[0]].append(_Name(words, name, rank, record.id, needs))
        for found in self._by_first.values():
            found.sort(key=lambda name: (-len(name.words), name.rank, name.record_id))
        self._typo_names = sorted(
            {" ".join(n.words) for names in self._by_first.values() for n in names
             if not n.needs_capitals and len("".join(n.words)) >= MIN_TYPO_LETTERS}
        )  # fmt: skip

    def find(self, text: str, *, words: Sequence[Token] | None = None) -> tuple[NamedRecord, ...]:
        """Records named, in reading order."""
        words = tokens(text) if words is None else words
        found: list[NamedRecord] = []
        index = 0
        while index < len(words):
            match = self._at(text, words, index)
            if match is None:
                index += 1
            else:
                named, length = match
                found.append(named)
                index += length
        return tuple(found) or self._mended(text, words)

    def _at(self, text: str, words: Sequence[Token], index: int) -> tuple[NamedRecord, int] | None:
        best: list[_Name] = []
        for name in self._by_first.get(words[index].folded, ()):
            if best and len(name.words) < len(best[0].words):
                break
            window = words[index : index + len(name.words)]
            if tuple(word.folded for word in window) != name.words:
                continue
            if name.needs_capitals and not _is_written_as_name(name, window, words, index, text):
                continue
            best.append(name)
        if not best:
            return None
        best.sort(key=lambda name: (name.rank, name.record_id))
        length = len(best[0].words)
        start, end = words[index].start, words[index + length - 1].end
        ids = tuple(dict.fromkeys(name.record_id for name in best))
        return NamedRecord(ids, text[start:end], start, end, 1.0), length

    def _mended(self, text: str, words: Sequence[Token]) -> tuple[NamedRecord, ...]:
        unknown = [
            i
            for i, w in enumerate(words)
            if len(w.folded) >= 5 and zipf(w.folded) < 1.5 and not w.folded.isdigit()
        ]
        if not unknown:
            return ()
        from rapidfuzz import fuzz, process

        best: NamedRecord | None = None
        windows = {
            (a, b)
            for i in unknown
            for a in range(max(0, i - 3), i + 1)
            for b in range(i + 1, min(len(words), i + 4) + 1)
        }
        for a, b in sorted(windows):
            typed = " ".join(word.folded for word in words[a:b])
            if len(typed) < MIN_TYPO_LETTERS:
                continue
            cutoff = max(MIN_TYPO_RATIO, best.score * 100 + 0.01 if best else 0)
            match = process.extractOne(typed, self._typo_names, scorer=fuzz.ratio, score_cutoff=cutoff)
            if match is None or abs(len(match[0]) - len(typed)) > 2:
                continue
            ids = self._ids_of(match[0])
            best = NamedRecord(
                ids, text[words[a].start : words[b - 1].end], words[a].start, words[b - 1].end, match[1] / 100
            )
        return (best,) if best else ()

    def _ids_of(self, name: str) -> tuple[str, ...]:
        wanted = tuple(name.split(" "))
        names = [n for n in self._by_first[wanted[0]] if n.words == wanted]
        return tuple(dict.fromkeys(n.record_id for n in sorted(names, key=lambda n: (n.rank, n.record_id))))


def _words(name: str) -> tuple[str, ...]:
    words = [token.folded for token in tokens(name)]
    while len(words) > 1 and words[0] in {"de", "het", "the"}:
        words = words[1:]
    return tuple(words)


def _is_distinctive(words: tuple[str, ...]) -> bool:
    return len(words) >= 2 and any(len(word) >= 5 and zipf(word) < DISTINCTIVE_ZIPF for word in words)


def _is_plain(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and (len(words[0]) <= 3 or zipf(words[0]) >= COMMON_ZIPF)


def _is_written_as_name(
    name: _Name, window: Sequence[Token], words: Sequence[Token], index: int, text: str
) -> bool:
    surface = text[window[0].start : window[-1].end]
    short = len(name.words) == 1 and name.text.isupper()
    if short:
        if surface == name.text or (surface.isupper() and not text.isupper()):
            return True
    elif all(w.surface[:1].isupper() for w in window if len(w.surface) > 3) and (
        index > 0 or len(window) > 1
    ):
        return True
    before = words[index - 1].folded if index else ""
    before = words[index - 2].folded if before in _ARTICLES and index > 1 else before
    if before in _NAME_CUES and not short:
        return True
    quoted = text[max(0, window[0].start - 1) : window[0].start] in {'"', "'", "“", "‘"}
    rest = [w.folded for i, w in enumerate(words) if not index <= i < index + len(window)]
    return quoted or (
        bool(rest)
        and not short
        and set(rest) <= {"wat", "is", "zijn", "de", "het", "what", "who", "wie", "the", "doet", "precies"}
    )
