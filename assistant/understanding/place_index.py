"""The index of every name a place may be called by, exact and misspelt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.domain.question import Place, PlaceKind
from assistant.understanding.geography import Geography
from assistant.understanding.place_forms import derived_keys, spellings, without_suffix, word_count
from assistant.understanding.place_tokens import key_of
from assistant.understanding.place_vocabulary import PlaceVocabulary

Form = Literal[
    "name", "derived", "abbreviation", "foreign", "foreign_derived", "national", "expression"
]  # fmt: skip
Risk = Literal["plain", "soft", "strong", "function", "rare"]
COUNTRY = Place("Nederland", "country")

_RANKS: dict[PlaceKind, int] = {
    "municipality": 0, "province": 1, "area": 2, "labour_market_region": 3, "settlement": 4, "country": 5,
}  # fmt: skip
_SHORT_NAME = 3  # letters; such names ("Ee", "Bant" no) are as likely to be anything else
_SURE_DERIVED = 7  # letters from which a derived word in lower case is no other word
_SETTLEMENT_DERIVED = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """What one key may mean.

    Attributes:
        key: letters and digits of the name, folded.
        readings: places it may be, likeliest first; empty for an expression that is no place.
        cued: further readings that only count when the text names their kind ("arbeidsmarktregio Flevoland").
        form: how the key stands for the place.
        risk: how much evidence it takes to read it as a place.
        word_count: number of words of the name as officially written.
        abroad: name of the place outside the Netherlands, for the foreign forms.
    """

    key: str
    readings: tuple[Place, ...]
    cued: tuple[Place, ...] = ()
    form: Form = "name"
    risk: Risk = "plain"
    word_count: int = 1
    abroad: str = ""

    @property
    def is_major(self) -> bool:
        """Whether it may be more than a village."""
        return any(place.kind != "settlement" for place in self.readings)


@dataclass(slots=True)
class _Draft:
    readings: list[Place] = field(default_factory=list)
    weak: list[Place] = field(default_factory=list)
    word_count: int = 0


@dataclass(frozen=True, slots=True)
class PlaceIndex:
    """All entries by key; `max_words` is the longest name in words.

    Attributes:
        firsts: first words of names of more than one word; `lasts` their last words.
        by_start: sounds of names by first letter and length, to look for misspelt names in.
        near_length: the same for all lengths that differ at most the last number from the middle one.
        by_sound: keys of the names with that sound.
    """

    entries: dict[str, Entry]
    max_words: int
    firsts: frozenset[str]
    lasts: frozenset[str]
    by_start: dict[tuple[str, int], tuple[str, ...]]
    near_length: dict[tuple[str, int, int], tuple[str, ...]]
    by_sound: dict[str, tuple[str, ...]]


def sound_key(key: str) -> str:
    """The key with spellings that sound the same made equal, for comparing misspelt names."""
    return key.replace("ij", "y")


class _Builder:
    def __init__(self, geography: Geography, vocabulary: PlaceVocabulary) -> None:
        self.geography = geography
        self.vocabulary = vocabulary
        self.drafts: dict[str, _Draft] = defaultdict(_Draft)
        self.entries: dict[str, Entry] = {}
        self.firsts: set[str] = set()
        self.lasts: set[str] = set()
        words = vocabulary.words
        self.risks: dict[str, Risk] = {}
        lists: tuple[tuple[Risk, tuple[str, ...]], ...] = (
            ("soft", words.soft),
            ("strong", words.strong),
            ("function", words.function),
            ("rare", words.rare),
        )
        for risk, names in lists:
            for name in names:
                for key, _ in spellings(name):
                    self.risks[key] = risk

    def place(self, name: str, kind: PlaceKind, municipalities: Iterable[str]) -> Place:
        members = tuple(municipalities)
        return Place(
            name, kind, members, self.geography.provinces_of(members), self.geography.regions_of(members)
        )

    def add(self, names: Iterable[str], place: Place, *, weak: bool = False) -> None:
        for name in names:
            parts = name.replace("-", " ").replace("'", " ").split()
            for key, count in spellings(name):
                draft = self.drafts[key]
                draft.word_count = max(draft.word_count, count)
                target = draft.weak if weak else draft.readings
                if place not in target:
                    target.append(place)
            if len(parts) > 1:
                self.firsts.add(key_of(parts[0]))
                self.lasts.add(key_of(parts[-1]))

    def build(self) -> PlaceIndex:
        self._add_places()
        self._add_aliases()
        ignored = {key_of(name) for name in self.vocabulary.words.ignored}
        for key, draft in self.drafts.items():
            self._finish(key, draft, ignored)
        self._add_derived()
        self._add_others()
        by_start: dict[tuple[str, int], set[str]] = defaultdict(set)
        by_sound: dict[str, list[str]] = defaultdict(list)
        for key, entry in self.entries.items():
            if entry.form == "name" or (entry.form == "derived" and entry.is_major):
                sound = sound_key(key)
                for spelling in {sound, key}:
                    by_start[spelling[0], len(spelling)].add(spelling)
                    by_sound[spelling].append(key)
        lengths = range(1, max(length for _, length in by_start) + 3)
        near_length = {
            (letter, length, reach): tuple(
                sound
                for near in range(length - reach, length + reach + 1)
                for sound in sorted(by_start.get((letter, near), ()))
            )
            for letter in {start for start, _ in by_start}
            for length in lengths
            for reach in (1, 2)
        }
        return PlaceIndex(
            entries=self.entries,
            max_words=max(entry.word_count for entry in self.entries.values()) + 1,
            firsts=frozenset(self.firsts),
            lasts=frozenset(self.lasts),
            by_start={start: tuple(sorted(keys)) for start, keys in by_start.items()},
            near_length=near_length,
            by_sound={sound: tuple(keys) for sound, keys in by_sound.items()},
        )

    def _add_places(self) -> None:
        geography = self.geography
        for municipality in geography.municipalities.values():
            place = self.place(municipality.name, "municipality", (municipality.name,))
            self.add((municipality.name,), place)
        for province in geography.provinces.values():
            place = self.place(province.name, "province", geography.municipalities_of_province(province.name))
            self.add((province.name, *province.aliases), replace(place, provinces=(province.name,)))
        for area in geography.areas.values():
            self.add((area.name, *area.aliases), self.place(area.name, "area", area.municipalities))
        for region in geography.labour_market_regions.values():
            members = geography.municipalities_of_region(region.name)
            place = self.place(region.name, "labour_market_region", members)
            self.add((region.name, *region.aliases), replace(place, labour_market_regions=(region.name,)))
        for settlement in geography.settlements:
            place = self.place(settlement.name, "settlement", (settlement.municipality,))
            self.add((settlement.name,), place, weak=settlement.is_neighbourhood)
        for former in geography.former.values():
            self.add((former.name,), self.place(former.name, "area", former.now), weak=True)

    def _add_aliases(self) -> None:
        for name, aliases in self.vocabulary.names.aliases.items():
            draft = self.drafts.get(key_of(name))
            for place in [] if draft is None else [*(draft.readings or draft.weak)]:
                if key_of(without_suffix(place.name)) == key_of(name):
                    self.add(aliases, place)

    def _finish(self, key: str, draft: _Draft, ignored: set[str]) -> None:
        readings = sorted(
            draft.readings, key=lambda place: (_RANKS[place.kind], place.name, place.municipalities)
        )
        towns = {place.name for place in readings if place.kind == "municipality"}
        readings = [p for p in readings if p.kind != "settlement" or not (towns & set(p.municipalities))]
        cued: list[Place] = []
        if any(place.kind != "labour_market_region" for place in readings):
            cued = [place for place in readings if place.kind == "labour_market_region"]
            readings = [place for place in readings if place.kind != "labour_market_region"]
        is_weak = not readings
        if is_weak:
            if key in ignored:
                return
            readings = sorted(draft.weak, key=lambda place: (place.kind, place.name, place.municipalities))
        risk = self.risks.get(key, "plain")
        if risk == "plain":
            is_neighbourhood = is_weak and readings[0].kind == "settlement"
            if is_neighbourhood or len(key) <= _SHORT_NAME:
                risk = "strong"
        self.entries[key] = Entry(key, tuple(readings), tuple(cued), "name", risk, draft.word_count)

    def _add_derived(self) -> None:
        for name, forms in self.vocabulary.names.forms.items():
            base = self.entries.get(key_of(name))
            if base is not None:
                for form in forms:
                    key = key_of(form)
                    risk = self.risks.get(key, "plain")
                    self.entries.setdefault(
                        key, replace(base, key=key, form="derived", risk=risk, word_count=word_count(form))
                    )
        for base in tuple(self.entries.values()):
            if (
                base.form != "name"
                or base.risk in ("strong", "function", "rare")
                or not base.key[0].isalpha()
            ):
                continue
            shortest = _SURE_DERIVED if base.is_major else _SETTLEMENT_DERIVED
            risk = "plain" if base.is_major and base.risk == "plain" else "soft"
            for key in derived_keys(base.key):
                if key in self.vocabulary.lookalikes or key in self.entries:
                    continue
                if len(key) >= shortest:
                    self.entries[key] = Entry(key, base.readings, base.cued, "derived", risk, base.word_count)

    def _add_others(self) -> None:
        for province in self.geography.provinces.values():
            base = self.entries[key_of(province.name)]
            only = tuple(place for place in base.readings if place.kind == "province")
            for short in province.abbreviations:
                entry = Entry(key_of(short), only, form="abbreviation")
                self.entries.setdefault(entry.key, entry)
        for abroad in self.vocabulary.foreign:
            risk: Risk = "strong" if abroad.word else "plain"
            for name in (abroad.name, *abroad.aliases):
                self._add_foreign(name, "foreign", risk, abroad.name)
            for name in abroad.adjectives:
                self._add_foreign(name, "foreign_derived", "plain", abroad.name)
        cues = self.vocabulary.cues
        for phrase in cues.national:
            key = key_of(phrase)
            self.entries[key] = Entry(key, (COUNTRY,), form="national", word_count=len(phrase.split()))
        for phrase in cues.expressions:
            key = key_of(phrase)
            self.entries[key] = Entry(key, (), form="expression", word_count=len(phrase.split()))

    def _add_foreign(self, name: str, form: Form, risk: Risk, abroad: str) -> None:
        for key, count in spellings(name):
            known = self.entries.get(key)
            if known is None or known.form == "derived":
                self.entries[key] = Entry(key, (), (), form, risk, count, abroad)


def build_place_index(geography: Geography, vocabulary: PlaceVocabulary) -> PlaceIndex:
    """Index every name, alias, derived word and abbreviation; takes about 0.2 s."""
    return _Builder(geography, vocabulary).build()
