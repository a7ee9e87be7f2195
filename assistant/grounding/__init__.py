"""Grounding: does a cited passage say what a sentence says? Words, numbers and rules; no language model.

`ClaimChecker` judges answers, `verify_lines` judges JSON lines. Each check tells in Dutch what it found;
the method, its figures and its limits are in docs/claim-checker.md.
"""

from assistant.grounding.batch import verify_lines
from assistant.grounding.checker import ClaimChecker
from assistant.grounding.verdicts import AnswerVerdict, SentenceVerdict, Verdict

__all__ = ["AnswerVerdict", "ClaimChecker", "SentenceVerdict", "Verdict", "verify_lines"]
