"""How far readers agree with each other, and the claim checker with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.domain.review import Agreement, Disagreement, Review


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """An answer with the latest review of each reader.

    Attributes:
        checks: what the claim checker said per sentence; None for a sentence that claims nothing.
    """

    answer_id: str
    checks: tuple[str | None, ...]
    reviews: tuple[Review, ...]


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Agreement of two readers beyond what chance gives (Cohen 1960), from -1 to 1.

    Args:
        pairs: what the first and the second reader said of the same thing.

    Returns:
        None without pairs, and when both only ever said one and the same thing: chance alone would agree
        fully then, so that nothing can be said.
    """
    if not pairs:
        return None
    n = len(pairs)
    observed = sum(left == right for left, right in pairs) / n
    labels = {label for pair in pairs for label in pair}
    by_chance = sum(
        sum(left == label for left, _ in pairs) * sum(right == label for _, right in pairs)
        for label in labels
    ) / (n * n)
    return None if by_chance == 1.0 else (observed - by_chance) / (1 - by_chance)


def agreement_of(judged: Sequence[JudgedAnswer]) -> Agreement:
    """Everything about agreement.

    Kappa counts sentences: every pair of readers of the same sentence, readers in order of name. The claim
    checker is asked one thing: did it flag ("partial", "unsupported") what readers do not find supported?
    Each verdict of each reader counts once.
    """
    pairs: list[tuple[str, str]] = []
    compared = 0
    disagreements: list[Disagreement] = []
    flags: list[tuple[bool, bool]] = []
    sentences = 0
    for answer in judged:
        by_subject = _verdicts(answer.reviews)
        for subject, verdicts in by_subject.items():
            readers = sorted(verdicts)
            found = [(verdicts[a], verdicts[b]) for a, b in combinations(readers, 2)]
            compared += len(found)
            if subject.startswith("sentence:"):
                sentences += 1
                pairs += found
                check = _check(answer.checks, subject)
                flags += [(check, v != "supported") for v in verdicts.values() if check is not None]
            if len(set(verdicts.values())) > 1:
                disagreements.append(Disagreement(answer.answer_id, subject, dict(sorted(verdicts.items()))))
    hits = sum(machine and reader for machine, reader in flags)
    return Agreement(
        kappa=cohen_kappa(pairs),
        pairs=compared,
        disagreements=tuple(disagreements),
        checker_precision=_share(hits, sum(machine for machine, _ in flags)),
        checker_recall=_share(hits, sum(reader for _, reader in flags)),
        judged_sentences=sentences,
        judged_answers=sum(bool(answer.reviews) for answer in judged),
    )


def _verdicts(reviews: Sequence[Review]) -> Mapping[str, dict[str, str]]:
    """Subject to reader to verdict; sentences in order, then recommendations."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    numbers = sorted({n for review in reviews for n in review.sentences})
    for number in numbers:
        for review in reviews:
            if number in review.sentences:
                found[f"sentence:{number}"][review.reader] = review.sentences[number]
    for review in reviews:
        for record_id, verdict in sorted(review.recommendations.items()):
            found[f"recommendation:{record_id}"][review.reader] = verdict
    return found


def _check(checks: Sequence[str | None], subject: str) -> bool | None:
    """Whether the claim checker flagged a sentence; None when it did not look at it."""
    number = int(subject.partition(":")[2])
    verdict = checks[number] if number < len(checks) else None
    return None if verdict in (None, "no_claim") else verdict != "supported"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
