"""Answers into sentences with their markers, and which of them claim anything."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.grounding.text import clean, split_sentences, tokenize

_MARKER = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_MARKERS_AFTER = re.compile(r"([.!?])[\"')]*(\s*(?:\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\]\s*)+)")
_LINE_LEAD = re.compile(r"^\s*(?:[-*+•]\s+|\d{1,2}[.)]\s+|>\s*)")
_HEADING = re.compile(r"^\s*#{1,6}\s")
_MARKUP = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_LINK = re.compile(r"\[([^\]\d][^\]]*)\]\([^)]*\)")
_MIN_CLAIM_WORDS = 2


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence without markers, its marker numbers, and whether it is a heading."""

    text: str
    citations: tuple[int, ...]
    is_heading: bool = False


def _take_markers(sentence: str) -> tuple[str, tuple[int, ...]]:
    numbers: list[int] = []
    for match in _MARKER.finditer(sentence):
        for part in re.split(r"[,;]", match.group(1)):
            if int(part) not in numbers:
                numbers.append(int(part))
    text = _MARKER.sub(" ", sentence)
    text = re.sub(r"\s+([.,;:!?])", r"\1", re.sub(r"[ \t]+", " ", text)).strip()
    return text, tuple(numbers)


def marked_sentences(answer: str) -> tuple[MarkedSentence, ...]:
    """Split an answer; a marker belongs to the sentence before it, on either side of its full stop."""
    out: list[MarkedSentence] = []
    for line in clean(answer).splitlines():
        if not line.strip():
            continue
        heading = bool(_HEADING.match(line))
        line = _LINK.sub(r"\1", _MARKUP.sub("", _HEADING.sub("", _LINE_LEAD.sub("", line))))
        line = _MARKERS_AFTER.sub(lambda m: f" {m.group(2).strip()}{m.group(1)} ", line)
        for sentence in split_sentences(line):
            text, citations = _take_markers(sentence)
            if not any(c.isalnum() for c in text):
                if citations and out:
                    last = out[-1]
                    merged = last.citations + tuple(c for c in citations if c not in last.citations)
                    out[-1] = MarkedSentence(last.text, merged, last.is_heading)
                continue
            out.append(MarkedSentence(text, citations, heading))
    return tuple(out)


_OF_THE_ANSWER = frozenset(
    [
        "volgende",
        "hieronder",
        "hier",
        "onderstaande",
        "ik",
        "u",
        "uw",
        "deze",
        "dit",
        "following",
        "below",
        "here",
        "i",
        "you",
    ]
)
_SPEAKER = frozenset(["ik", "i", "mijn", "my"])


# What was found, as such: "de volgende bronnen", "hieronder leest u wat de passages zeggen".
_MATERIAL = r"(?:\w*bron(?:nen)?|passages?|teksten?|gegevens|hoofdpunten|overzicht|sources?)"
_PRESENTS = re.compile(
    rf"\bde volgende (?:\w+ )?{_MATERIAL}\b|\bthe following (?:\w+ )?{_MATERIAL}\b"
    r"|\bhet volgende (?:beeld|overzicht|te (?:zeggen|melden|vertellen))\b"
    r"|\b(?:leest|ziet|vindt) u (?:hieronder|hierna|het volgende)\b"
    r"|\b(?:hieronder|hierna) (?:leest|ziet|vindt|volgt|volgen)\b"
)
_NAMES_MATERIAL = re.compile(rf"\b{_MATERIAL}\b")


def _presents_what_was_found(text: str) -> bool:
    """A remark that only announces what the sources say."""
    lower = text.lower()
    return bool(_PRESENTS.search(lower) and _NAMES_MATERIAL.search(lower))


def _leads_in(text: str, words: set[str], opens_a_frame: bool) -> bool:
    """A lead-in or remark about the answer itself, also when it carries markers."""
    if any(char.isdecimal() for char in text):
        return False
    if text.endswith(":"):
        return bool(words & _OF_THE_ANSWER) or opens_a_frame
    return bool(words & _SPEAKER) or _presents_what_was_found(text)


def claims_nothing(sentence: MarkedSentence, frame_starts: tuple[str, ...]) -> bool:
    """True for greetings, headings, lead-ins and questions: text that states no fact about a source."""
    text = sentence.text.strip()
    if sentence.is_heading or text.endswith(("?", "?)")):
        return True
    words = [t for t in tokenize(text) if t.is_word or t.is_number]
    if not words:
        return True
    lower = text.lower().lstrip("\"'(")
    if _leads_in(text, {t.lower for t in words}, lower.startswith(frame_starts)):
        return True
    if sentence.citations:
        return False
    if text.endswith(":") and not any(t.is_number for t in words):
        return True
    if len(words) <= _MIN_CLAIM_WORDS and not any(t.is_number for t in words):
        return True
    return lower.startswith(frame_starts)
