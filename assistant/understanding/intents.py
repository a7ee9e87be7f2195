"""What a question asks for: cue patterns first, then meaning, then what was found in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.domain.question import Intent
from assistant.understanding.text import fold
from assistant.understanding.vocabulary import Intents

ASKING: frozenset[Intent] = frozenset(
    {"compare", "why_not", "check_claim", "figure", "definition", "financing", "condition", "role", "explain"}
)
"""Intents that ask for a fact and not for something to link up with."""
FINDING: frozenset[Intent] = frozenset({"find_regional_hca", "find_sectoral_hca", "find_initiative"})
SOCIAL: frozenset[Intent] = frozenset({"greeting", "thanks", "about_assistant"})

_FIND = re.compile(
    r"\b(aansluiten|aanhaken|meedoen|aansluiting|welke? .{0,40}(agenda|hca|initiati\w+|"
    r"campus|project\w*|programma\w*|netwerk\w*|"
    r"samenwerking\w*|partij\w*|plek\w*|regeling\w*|pps\w*|partners?|opleiding\w*|aanpak\w*)|"
    r"(is|zijn) er .{0,40}|bestaat er|bestaan er|wie helpt|wie kan|bij wie|met wie|"
    r"waar kan|waar kunnen|waarbij|zoek\w*|looking for|join|which|"
    r"link up|is there|are there|who can|where can|partner with|team up|find)\b"
)

_TELL = re.compile(r"\b(vertel\w*|meer (over|weten)|tell|more about|info\w*|beschrijf|omschrijf|describe)\b")
_FACTS = ("figure", "role", "condition", "financing")
PASTED_WORDS = 40
"""A longer text without a question mark is part of a plan: "verschillen" in it compares nothing."""
INITIATIVE_NAMED = 0.2
"""How much stronger meaning must lean to the regional agenda when the text itself names an initiative."""
_INITIATIVE = re.compile(
    r"\b(initiatie\w*|campus\w*|project\w*|plek|plekken|cursus\w*|regeling\w*|loket\w*|"
    r"werkplaats\w*|lab|labs|centrum|"
    r"leerwerk\w*|netwerk|netwerken|initiative\w*|place|course|scheme|stage\w*)\b"
)
_PLANNED = re.compile(r"\b(plan|programma|agenda|aanpak|coalitie|strategie|programme|strategy)\b")
_QUESTION = re.compile(
    r"\?|^(en |maar )?(wat|wie|welke?|waar\w*|hoe\w*|wanneer|waarom|what|who|which|where|"
    r"how|when|why|is|are|can|kan|kunnen|moet\w*|mag)\b"
    r"|\b(vertel|leg uit|explain|tell)\b"
)
_CHOICE = re.compile(
    r"\b(of|or)\b.{0,80}\b(beter|welke|welk|past|kies\w*|kiezen|better|which|best)\b|"
    r"\b(welke|which|wat)\b.{0,80}\b(of|or)\b"
)


class IntentFinder:
    """Decides the intent of one question on its own."""

    def __init__(self, intents: Intents) -> None:
        self._patterns = [(cues.intent, [re.compile(p) for p in cues.patterns]) for cues in intents.intents]
        self._need = [re.compile(p) for p in intents.need_patterns]
        self._regional = re.compile(r"\b(" + "|".join(intents.regional_words) + r")\b")
        self._vague_place = [re.compile(p) for p in intents.vague_place]
        self._agenda = _any_word(intents.agenda_words)
        self._sectoral = _any_word(intents.sectoral_words)

    def cues(self, text: str) -> tuple[Intent, ...]:
        """Intents with a cue in the text, in order of precedence."""
        folded = fold(text)
        return tuple(intent for intent, patterns in self._patterns if any(p.search(folded) for p in patterns))

    def has_need(self, text: str) -> bool:
        """True when the text describes a plan or a need."""
        folded = fold(text)
        return any(pattern.search(folded) for pattern in self._need)

    def asks_to_find(self, text: str) -> bool:
        """True when the text asks for something to link up with."""
        return bool(_FIND.search(fold(text)))

    def has_agenda_word(self, text: str) -> bool:
        return bool(self._agenda.search(fold(text)))

    def names_record_kind(self, text: str) -> bool:
        """True when the text says which sort of record it looks for: an agenda, an initiative."""
        folded = fold(text)
        patterns = (self._agenda, self._sectoral, _INITIATIVE)
        return any(pattern.search(folded) for pattern in patterns)

    def has_sectoral_word(self, text: str) -> bool:
        return bool(self._sectoral.search(fold(text)))

    def finding(self, text: str, *, has_place: bool, has_sector: bool, national: bool) -> Intent:
        """Which sort of record is looked for."""
        folded = fold(text)
        if national and has_sector and _PLANNED.search(folded) and not has_place:
            return "find_sectoral_hca"
        is_regional = bool(self._regional.search(folded))
        if self._sectoral.search(folded) and not (has_place and is_regional):
            return "find_sectoral_hca"
        if self._agenda.search(folded) or (is_regional and not _INITIATIVE.search(folded)):
            says_where = has_place or self.has_vague_place(text) or "regio" in folded or "provinc" in folded
            is_sectoral = has_sector and not says_where
            return "find_sectoral_hca" if is_sectoral else "find_regional_hca"
        return "find_initiative"

    def has_vague_place(self, text: str) -> bool:
        """True when the text speaks of "our region" without naming it."""
        folded = fold(text)
        return any(pattern.search(folded) for pattern in self._vague_place)

    def decide(
        self,
        text: str,
        *,
        has_record: bool,
        n_records: int,
        has_place: bool,
        has_sector: bool,
        has_own_agenda: bool,
        has_facets: bool,
        national: bool,
        is_social: bool,
        meaning: Sequence[tuple[str, float]],
        margin: float,
        regional_margin: float,
    ) -> Intent:
        """The intent of a question.

        Args:
            text: the question.
            has_record: a record is named; `n_records` says how many.
            has_place: a place is named.
            has_sector: a sector was found.
            has_own_agenda: one that an agenda for the whole country is about.
            has_facets: any facet was found.
            national: asked for the whole country.
            is_social: courtesies in it count; else they go before a need.
            meaning: intents by similarity of meaning, best first; may be empty.
            margin: lowest lead of the best over the second that counts.
            regional_margin: lowest lead of "regional agenda" over "initiative" at which the place decides.
        """
        cues = self.cues(text)
        scores = dict(meaning)
        leans_regional = scores.get("find_regional_hca", 0.0) - scores.get("find_initiative", 0.0)
        if n_records >= 2 and _CHOICE.search(fold(text)):
            return "compare"
        finding = self.finding(
            text,
            has_place=has_place,
            has_sector=has_own_agenda or (national and has_sector),
            national=national,
        )
        is_pasted = len(text.split()) > PASTED_WORDS and "?" not in text
        for intent in cues:
            if intent == "compare" and not n_records and not has_place:
                return "definition"
            if is_pasted and intent in {"compare", "why_not", "check_claim"}:
                continue
            if intent in SOCIAL and not is_social:
                continue
            if intent in SOCIAL or intent in {"compare", "why_not", "check_claim"}:
                return intent
        asks = self.asks_to_find(text)
        plan = self.has_need(text) and (has_facets or has_place) and not has_record
        led_by_meaning = bool(meaning) and (len(meaning) < 2 or meaning[0][1] - meaning[1][1] >= margin)
        for intent in cues:
            if intent == "about_record":
                if has_record:
                    is_told = bool(_TELL.search(fold(text)))
                    return "about_record" if is_told else _asked_of_record(scores, margin)
                if (
                    re.match(r"^(en )?(wat is|wat zijn|what is|what are|what's|wat is een)\b", fold(text))
                    and len(text.split()) <= 9
                ):
                    return "definition"
                continue
            if (
                intent == "definition"
                and has_record
                and not re.search(r"\b(betekent|staat|stands|mean|afkorting)\b", fold(text))
            ):
                return "about_record"
            if intent in {"figure", "definition", "role", "financing", "condition", "explain"}:
                if plan and asks and intent in {"explain", "financing", "role", "condition"}:
                    is_plain = intent != "explain" or not has_sector
                    if is_plain and led_by_meaning and meaning[0][0] == intent:
                        return intent
                    continue
                if (
                    self.has_need(text) + has_facets + has_place >= 2
                    and not _QUESTION.search(fold(text))
                    and intent != "definition"
                ):
                    continue
                if plan and intent in {"financing", "explain", "condition"} and len(text.split()) > 25:
                    continue
                return intent
        if has_record and not asks and not plan:
            return _asked_of_record(scores, margin)
        names_initiative = bool(_INITIATIVE.search(fold(text)))
        leans_regional -= INITIATIVE_NAMED if names_initiative else 0.0
        is_bare = not (has_facets or names_initiative or self.has_need(text))
        if finding == "find_initiative" and has_place and (is_bare or leans_regional >= regional_margin):
            finding = "find_regional_hca"
        if asks or self.has_need(text) or has_facets or has_place:
            is_open = not (asks or plan or has_place or has_sector)
            if led_by_meaning and meaning[0][0] in ASKING and is_open:
                return _as_intent(meaning[0][0])
            return finding
        if meaning and meaning[0][0] not in SOCIAL:
            return _as_intent(meaning[0][0])
        return finding


def _asked_of_record(scores: Mapping[str, float], margin: float) -> Intent:
    """What is asked of a record without a cue that says so: a fact by meaning, else what it is."""
    facts = {name: scores[name] for name in _FACTS if name in scores}
    best = max(sorted(facts), key=lambda name: facts[name], default="about_record")
    is_led = best in facts and facts[best] - scores.get("about_record", 0.0) >= margin
    return _as_intent(best) if is_led else "about_record"


def _as_intent(label: str) -> Intent:
    """Narrow a label of the intent examples to the domain type."""
    return label  # type: ignore[return-value]


def _any_word(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(
        r"\b(" + "|".join(re.escape(fold(word)) for word in sorted(words, key=len, reverse=True)) + r")\b"
    )
