"""Dutch or English: by function words and letter patterns, which also works for three words."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain.question import Language
from assistant.understanding.text import Token

_DUTCH = frozenset(
    ["aan", "al", "alle", "als", "bij", "dan", "dat", "de", "deze", "die", "dit", "doen", "door", "een", "en", "er", "geen", "graag", "had", "heb", "hebben", "heeft", "help", "het", "hier", "hoe", "hun", "iets", "ik", "in?", "is?", "ja", "je", "jij", "kan", "kunnen", "kun", "meer", "met", "mij", "mijn", "moet", "moeten", "naar", "nee", "niet", "nog", "nu", "of", "om", "onder", "ons", "onze", "ook", "op", "over", "te", "tegen", "tot", "u", "uit", "van", "veel", "voor", "waar", "waarom", "wat", "we?", "welk", "welke", "wel", "werd", "wie", "wij", "wil", "willen", "worden", "wordt", "zij", "zijn", "zoek", "zoeken", "zonder", "zou", "bestaat", "geld", "hallo", "dank", "bedankt", "goedemorgen", "goedemiddag", "opleiding", "opleiden", "scholing", "mensen", "bedrijven", "regio", "waarvoor", "daar", "daarvoor", "liever", "klopt", "betaalt", "vertel"]
)
_ENGLISH = frozenset(
    ["a", "about", "and", "any", "are", "as", "at", "be", "been", "by", "can", "could", "did", "do", "does", "for", "from", "give", "has", "have", "help", "how", "i", "if", "in?", "is?", "it", "its", "me", "my", "no", "not", "of", "on", "or", "our", "please", "should", "so", "some", "tell", "than", "that", "the", "their", "there", "these", "they", "this", "to", "us", "was", "we?", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your", "looking", "need", "want", "hello", "hi", "thanks", "thank", "hey", "people", "workers", "training", "companies", "near", "region", "there's", "whose", "students", "paying", "pays"]
)
_DUTCH_ENDS = ("ijk", "ijn", "heid", "lijke", "ingen", "schap", "isch", "ende", "eren")
_ENGLISH_ENDS = ("ing", "tion", "tions", "ly", "ness", "ers", "ies")


def detect_language(words: Sequence[Token], *, fallback: Language = "nl") -> Language:
    """The language with most evidence; `fallback` when there is none either way."""
    dutch = english = 0.0
    for word in words:
        form = word.folded
        dutch += form in _DUTCH
        english += form in _ENGLISH
        if len(form) >= 6:
            dutch += 0.4 * (form.endswith(_DUTCH_ENDS) or "ij" in form or "aa" in form or "uu" in form)
            english += 0.3 * (form.endswith(_ENGLISH_ENDS) and not form.endswith(("ering", "ling")))
    if dutch == english:
        return fallback
    return "nl" if dutch > english else "en"
