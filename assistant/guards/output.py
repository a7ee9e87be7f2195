"""The guard at the way out: links, markup, personal data and numbers that no source brought in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.domain.answer import Answer, Sentence
from assistant.guards.cleaning import without_markup
from assistant.guards.personal import LABELS, find_personal_data

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'()\[\]]+", re.I)
_ELEMENT = re.compile(r"<(?=[a-zA-Z/!?])[^<>]*>?")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\(([^)\n]*)\)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TITLED_NAME = re.compile(
    r"\b(?:[Dd]hr\.?|[Mm]evr\.?|[Mm]evrouw|[Mm]eneer|[Dd]e heer"
    r"|[Dd]rs\.|[Dd]r\.|[Ii]r\.|[Ii]ng\.|[Pp]rof\.|Mrs?\.?|Ms\.?)\s"
    r"((?:[A-Z]\.\s?)*(?:(?:van|de|der|den|ten|ter|het)\s)*[A-Z][\w'’-]+)"
)
_SPACES = re.compile(r"[ \t]{2,}")
_EMPTY_HEADING = re.compile(r"(?m)^#{1,6} [^\n]*\n+(?=#{1,6} |\Z)")
_BREAKS = re.compile(r"\n{3,}")


def guard_output(answer: Answer) -> Answer:
    """The answer without links, markup, personal data and numbers from nowhere.

    Links and HTML are taken out of a sentence. A claim with a number, or a sentence with a name behind a
    title, that stands in nothing the answer rests on, is left out as a whole. Personal data is masked,
    unless a source holds it literally.
    """
    known = _Known(answer)
    pairs = [(sentence, _guarded(sentence, known)) for sentence in answer.sentences]
    if all(before is after for before, after in pairs):
        return answer
    text = answer.answer
    for before, after in pairs:
        if after is None:
            markers = "".join(f"[{n}]" for n in before.citations)
            text = text.replace(f"{before.text} {markers}".rstrip(), "", 1)
        elif after is not before:
            text = text.replace(before.text, after.text, 1)
    text = _BREAKS.sub("\n\n", _EMPTY_HEADING.sub("", _SPACES.sub(" ", text))).strip()
    kept = tuple(after for _, after in pairs if after is not None)
    asked = answer.clarifying_question
    return answer.model_copy(
        update={
            "answer": text,
            "sentences": kept,
            "clarifying_question": None if asked is None else _clean(asked, known),
        }
    )


class _Known:
    """Everything an answer rests on: its sources, its recommendations, and what was asked."""

    def __init__(self, answer: Answer) -> None:
        parts: list[str | None] = [answer.question, *_view_texts(answer)]
        for citation in answer.citations:
            parts += [citation.quote, citation.title, citation.publisher, citation.locator, citation.url]
            parts += [str(citation.year), str(citation.page)]
        for item in answer.recommendations:
            parts += [item.name, item.website, str(item.as_of)]
            parts += [text for reason in item.reasons for text in (reason.asked, reason.found)]
        for other in answer.considered:
            parts += [other.name, other.would_fit_if]
            parts += [text for reason in other.reasons for text in (reason.asked, reason.found)]
        self.text = "\n".join(part for part in parts if part)
        self.numbers = frozenset(_NUMBER.findall(self.text))
        addresses = [citation.url for citation in answer.citations]
        addresses += [item.website for item in answer.recommendations]
        addresses += _URL.findall("\n".join(citation.quote for citation in answer.citations))
        self.links = frozenset(_bare(address) for address in addresses if address)

    def has_link(self, address: str) -> bool:
        """Whether an address is one of a source."""
        return _bare(address) in self.links


def _view_texts(answer: Answer) -> Iterable[str]:
    view = answer.understanding
    return (*view.places, *view.provinces, *view.labour_market_regions, *view.corrected)


def _bare(address: str) -> str:
    bare = re.sub(r"^https?://(?:www\.)?|^www\.", "", address.strip().lower())
    return bare.rstrip(".,;:!?/")


def _guarded(sentence: Sentence, known: _Known) -> Sentence | None:
    """The sentence itself when nothing is wrong, a mended copy, or None when it has to go."""
    text = _clean(sentence.text, known)
    if sentence.kind == "claim" and not set(_NUMBER.findall(text)) <= known.numbers:
        return None
    if any(match.group(1) not in known.text for match in _TITLED_NAME.finditer(text)):
        return None
    if text == sentence.text:
        return sentence
    return sentence.model_copy(update={"text": text}) if text else None


def _clean(text: str, known: _Known) -> str:
    """Without elements, foreign links and personal data from nowhere."""

    def in_words(match: re.Match[str]) -> str:
        is_picture = match.group().startswith("!")
        return match.group() if not is_picture and known.has_link(match.group(2)) else match.group(1)

    cleaned = _LINK.sub(in_words, text)
    if _ELEMENT.search(cleaned):
        cleaned = without_markup(cleaned)
    cleaned = _URL.sub(lambda m: m.group() if known.has_link(m.group()) else "", cleaned)
    for datum in reversed(find_personal_data(cleaned)):
        if cleaned[datum.start : datum.end] not in known.text:
            cleaned = cleaned[: datum.start] + LABELS[datum.kind] + cleaned[datum.end :]
    return cleaned if cleaned == text else _SPACES.sub(" ", cleaned).strip()
