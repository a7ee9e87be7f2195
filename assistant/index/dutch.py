"""The Dutch analyzer: text to search terms (folded, stop words out, stemmed, compounds taken apart)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from assistant.index.compounds import CompoundSplitter

DUTCH_STOP_WORDS = frozenset(
    """
    aan al alle alles als altijd ander andere anderen ben bent bij bijna bijvoorbeeld daar daarbij
    daarin daarmee daarna daarom daarop daarover daarvan daarvoor dan dat de den der des deze die
    dit doe doen doet door dus een eens eerst elk elke en enkele er ergens erg even gaan gaat geen
    geweest gewoon graag had hadden heb hebben hebt heeft heel hen her het hier hierbij hij hoe hun
    iedere iemand iets ik in is ja je jij jou jouw jullie kan kon konden kun kunnen kunt krijg
    krijgen krijgt laat laten maak maakt maar maken me meer men met mij mijn moest moet moeten mag
    mogen na naar nee niet niets nog nu of om omdat onder ons onze ook op over overige per samen
    sinds soms steeds te tegen ten ter terwijl toch toen tot tussen u uit uw van vanaf veel via voor
    vooral waar waarbij waardoor waarin waarmee waarom waarop waarvan waarvoor wanneer want waren
    was wat we weer weinig wel welk welke werd werden wie wij wil willen wilt word worden wordt zal
    ze zelf zich zij zijn zo zoals zodat zou zouden zowel zullen zult
    """.split()  # noqa: SIM905
)
ENGLISH_STOP_WORDS = frozenset(
    """
    a about an and any are as at be been but by can could do does for from had has have how i if in
    into is it its may my no not of on or our should so than that the their them then there these
    they this those to was we were what when where which who why will with would you your
    """.split()  # noqa: SIM905
)

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W_]+(?:['’][^\W\d_]+)*)*|[^\W_]+")
_LEADING_CLITIC = re.compile(r"(?<!\w)['’‘][stn](?=[-\s])")
_PLURAL_CLITIC = re.compile(r"['’](?:s|tje|tjes)$")
_LINE_BREAK_HYPHEN = re.compile(r"(?<=[a-z]{2})[-\u00ad] (?=[a-z]{3})(?!(?:en|of|and|or|als|tot|naar) )")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_PROBE = "vakmensen bedrijven scholen gewerkt gemeenten huizen werkgevers technische subsidies opleidingen"


def folded(text: str) -> str:
    """Lower case without accents, ligatures or soft hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("ĳ", "ij").replace("Ĳ", "IJ").replace("\u00ad", ""))
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


def words(text: str) -> list[str]:
    """Folded words and numbers in reading order; hyphenated words stay whole; `1.000` becomes `1000`."""
    text = _LINE_BREAK_HYPHEN.sub("", _LEADING_CLITIC.sub(" ", folded(text)))
    found = []
    for match in _TOKEN.finditer(text):
        word = _PLURAL_CLITIC.sub("", match.group()).replace("'", "").replace("’", "")
        if _THOUSANDS.fullmatch(word):
            word = word.replace(".", "")
        if word:
            found.append(word)
    return found


@dataclass(frozen=True, slots=True)
class AnalyzerSettings:
    """What the analyzer does; part of the index stamp. Every part can be switched off for an ablation.

    Attributes:
        stemmer: Snowball algorithm: `dutch` (Kraaij-Pohlmann, PyStemmer 3), `dutch_porter`, or empty.
        has_stop_words: leave out Dutch and English stop words.
        has_compounds: add the parts of compounds as terms.
    """

    stemmer: str = "dutch"
    has_stop_words: bool = True
    has_compounds: bool = True


@dataclass(frozen=True)
class DutchAnalyzer:
    """Text to terms.

    Attributes:
        vocabulary: words of the corpus with how often they occur, for taking compounds apart.
        abbreviations: short form to full form, used both ways on queries ("hca": "human capital agenda").
    """

    settings: AnalyzerSettings = AnalyzerSettings()
    vocabulary: Mapping[str, int] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _stemmer(self) -> Any:
        import Stemmer

        return Stemmer.Stemmer(self.settings.stemmer) if self.settings.stemmer else None

    @cached_property
    def _splitter(self) -> CompoundSplitter:
        return CompoundSplitter(self.vocabulary, never_parts=DUTCH_STOP_WORDS | ENGLISH_STOP_WORDS)

    @cached_property
    def _known(self) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        return {}

    @cached_property
    def _expansions(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        pairs = []
        for short, full in sorted(self.abbreviations.items()):
            one, other = tuple(words(short)), tuple(words(full))
            if one and other and one != other:
                pairs += [(one, other), (other, one)]
        return pairs

    @property
    def identity(self) -> str:
        """Changes when the same text would give other terms; the stemmer is told by what it does."""
        stems = " ".join(self._stem(word) for word in _PROBE.split())
        seen = (
            f"{sorted(asdict(self.settings).items())} {stems} {sorted(DUTCH_STOP_WORDS | ENGLISH_STOP_WORDS)}"
        )
        return f"dutch-1:{self.settings.stemmer}:{hashlib.sha256(seen.encode()).hexdigest()[:12]}"

    def _stem(self, word: str) -> str:
        stemmed: str = self._stemmer.stemWord(word) if self._stemmer else word
        return stemmed or word

    def _terms_of(self, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Terms of one word: itself, and the parts it consists of."""
        if word not in self._known:
            pieces = [piece for piece in word.split("-") if piece]
            whole = "".join(pieces)
            parts: list[str] = []
            if self.settings.has_compounds:
                parts = [part for piece in pieces for part in self._splitter.parts(piece)] if whole else []
            kept = [part for part in parts if part != whole and not self._is_stop(part)]
            self._known[word] = (
                () if self._is_stop(whole) else (self._stem(whole),),
                tuple(dict.fromkeys(self._stem(part) for part in kept)),
            )
        return self._known[word]

    def _is_stop(self, word: str) -> bool:
        return self.settings.has_stop_words and (word in DUTCH_STOP_WORDS or word in ENGLISH_STOP_WORDS)

    def terms(self, text: str) -> list[str]:
        """Terms of a passage: each word, followed by its parts when it is a compound."""
        found: list[str] = []
        for word in words(text):
            own, parts = self._terms_of(word)
            found += own
            found += parts
        return found

    def query_terms(
        self, text: str, *, part_weight: float = 1.0, expansion_weight: float = 0.5
    ) -> dict[str, float]:
        """Terms of a query with their weights.

        Args:
            part_weight: weight of a part of a compound, against 1 for a word as typed.
            expansion_weight: weight of a word that comes from an abbreviation or its full form.
        """
        typed = words(text)
        weights: dict[str, float] = {}
        self._add(weights, typed, 1.0, part_weight)
        extra = Counter[str]()
        for one, other in self._expansions:
            if any(tuple(typed[i : i + len(one)]) == one for i in range(len(typed) - len(one) + 1)):
                extra.update(other)
        expanded: dict[str, float] = {}
        self._add(expanded, list(extra), expansion_weight, part_weight)
        return {term: max(weights.get(term, 0.0), expanded.get(term, 0.0)) for term in [*weights, *expanded]}

    def _add(
        self, weights: dict[str, float], typed: Iterable[str], weight: float, part_weight: float
    ) -> None:
        for word in typed:
            own, parts = self._terms_of(word)
            for term in own:
                weights[term] = max(weights.get(term, 0.0), weight)
            for term in parts:
                weights[term] = max(weights.get(term, 0.0), weight * part_weight)


def corpus_vocabulary(texts: Sequence[str]) -> dict[str, int]:
    """Words of the corpus with how often they occur; hyphenated words count for their parts."""
    counts = Counter[str]()
    for text in texts:
        for word in words(text):
            counts.update(piece for piece in word.split("-") if piece.isalpha())
    return dict(sorted(counts.items()))
