"""Runs the claim check over a draft; what does not pass is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from string import ascii_lowercase

from assistant.answering.draft import Draft
from assistant.domain.answer import Sentence
from assistant.domain.text import single_spaced
from assistant.grounding.checker import ClaimChecker


def check_draft(draft: Draft, checker: ClaimChecker) -> int:
    """Set the verdict of every claim; drop those that are unsupported and what only announced them.

    Returns:
        How many claims were dropped.
    """
    kept: list[Sentence] = []
    dropped = 0
    names = _names(draft)
    for sentence in draft.sentences:
        if sentence.kind == "frame":
            kept.append(sentence)
            continue
        claim, asked = draft.checked.get(sentence.text, (sentence.text, ""))
        said = f" U vroeg om {asked}." if asked else ""
        contexts = {n: draft.book.contexts[n] + said for n in sentence.citations}
        quotes = {c.n: c.quote for c in draft.book.citations}
        literal = single_spaced(sentence.text.strip("“”"))
        if any(literal in single_spaced(quotes[n]) for n in sentence.citations):
            kept.append(sentence.model_copy(update={"verdict": "supported"}))
            continue
        masked = _Masked(names, claim.replace("**", ""))
        known = {n: masked.of(text) for n, text in contexts.items()}
        verdict = checker.check_sentence(masked.claim, known).verdict
        if verdict == "unsupported":
            dropped += 1
            continue
        kept.append(sentence.model_copy(update={"verdict": verdict}))
    draft.sentences[:] = [
        sentence
        for sentence, following in zip_longest(kept, kept[1:])
        if not _announces_nothing(sentence, following)
    ]
    return dropped


class _Masked:
    """A claim with the names of records replaced: the words inside a name say nothing by themselves.

    "Talent trekken en ontwikkelen" is the name of a programme and not something that somebody does. The name
    is replaced in the sources too, so that a source without it still does not say the claim.
    """

    def __init__(self, names: Sequence[str], claim: str) -> None:
        said = [name for name in names if name in claim]
        self._masks = [
            (name, f"Recordnaam{letter}") for name, letter in zip(said, ascii_lowercase, strict=False)
        ]
        self.claim = self.of(claim)

    def of(self, text: str) -> str:
        """A text with the same names replaced."""
        for name, mask in self._masks:
            text = text.replace(name, mask)
        return text


def _names(draft: Draft) -> list[str]:
    """Names of the records an answer may speak of, the longest first."""
    if draft.advice is None:
        return []
    matches = [match for match, _ in draft.advice.recommended]
    names = {m.record.name for m in (*matches, *draft.advice.considered, *draft.advice.ended)}
    return sorted(names, key=lambda name: (-len(name), name))


def _announces_nothing(sentence: Sentence, following: Sentence | None) -> bool:
    """A lead-in ("Dit is waarom ...:") with no claim behind it."""
    is_lead = sentence.kind == "frame" and sentence.text.endswith(":")
    return is_lead and (following is None or following.kind != "claim")
