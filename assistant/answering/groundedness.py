"""Runs the claim check over a draft; what does not pass is not shown."""

from __future__ import annotations

from itertools import zip_longest

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
        verdict = checker.check_sentence(claim.replace("**", ""), contexts).verdict
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


def _announces_nothing(sentence: Sentence, following: Sentence | None) -> bool:
    """A lead-in ("Dit is waarom ...:") with no claim behind it."""
    is_lead = sentence.kind == "frame" and sentence.text.endswith(":")
    return is_lead and (following is None or following.kind != "claim")
