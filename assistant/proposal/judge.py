"""Verdicts from cues: what a criterion is about, what proves it, and what denies it, sentence by sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from assistant.proposal.criteria import Criteria, Criterion
from assistant.proposal.facts import ProposalFacts
from assistant.proposal.reading import ProposalSentence
from assistant.proposal.report import PARTS, PartId, Verdict
from assistant.understanding.text import fold

MAX_EVIDENCE = 3
DENIAL_WORDS = 8
"""A denial counts when at most this many words stand between it and what the criterion is about."""
SHARE_PRESENT = 0.65
"""Share of the criteria of a part (weak ones count half) from which the part is present."""
SHARE_SOMETHING = 0.3
"""Below this share a part without any core criterion is missing."""
POINTS: Mapping[Verdict, float] = {"present": 1.0, "weak": 0.5, "missing": 0.0}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one criterion, with the sentences that led to it, most telling first.

    Attributes:
        in_place: True when one of the sentences stands under a heading of the part the criterion belongs to.
    """

    criterion: Criterion
    verdict: Verdict
    sentences: tuple[ProposalSentence, ...] = ()
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence made ready for cues."""

    sentence: ProposalSentence
    folded: str
    facts: Set[str]
    part: PartId | None


@dataclass(frozen=True, slots=True)
class _Hit:
    """One sentence about a criterion: how many groups are met around it, and by which lines."""

    met: int
    first_met: int
    is_denied: bool
    lines: tuple[int, ...]


def judge(
    sentences: Sequence[ProposalSentence],
    facts: ProposalFacts,
    criteria: Criteria,
    *,
    by_meaning: Mapping[str, Set[int]] | None = None,
) -> dict[str, Judgement]:
    """Judge all criteria.

    Args:
        sentences: in reading order.
        facts: of the same sentences.
        by_meaning: per criterion the numbers of sentences that say what it asks in other words; they count
            as being about the criterion and never prove it alone.

    Returns:
        Judgements by criterion id, in the order of the file; replaced criteria are judged too.
    """
    lines = _lines(sentences, facts, criteria)
    found: dict[str, Judgement] = {}
    for criterion in criteria.criteria:
        extra = (by_meaning or {}).get(criterion.text.id, frozenset())
        found[criterion.text.id] = _judge_one(criterion, lines, extra)
    return found


def part_verdict(judgements: Sequence[Judgement]) -> Verdict:
    """The verdict on a part from the judgements of its criteria, replaced ones left out."""
    if not judgements:
        return "missing"
    share = sum(POINTS[j.verdict] for j in judgements) / len(judgements)
    core = [j for j in judgements if j.criterion.text.is_core or j.criterion.text.replaces]
    has_core = any(j.verdict != "missing" for j in core)
    is_begun = any(j.verdict == "present" and j.in_place for j in judgements)
    if not has_core and not is_begun and share < SHARE_SOMETHING:
        return "missing"
    if share >= SHARE_PRESENT and any(j.verdict == "present" for j in core):
        return "present"
    return "weak" if share > 0 else "missing"


def without_replaced(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Of a criterion and the one that may take its place, only those that matter."""
    by_id = {j.criterion.text.id: j for j in judgements}
    dropped: set[str] = set()
    for judgement in judgements:
        replaced = judgement.criterion.text.replaces
        if replaced is None:
            continue
        other = by_id[replaced]
        if POINTS[judgement.verdict] > POINTS[other.verdict]:
            dropped.add(replaced)
        else:
            dropped.add(judgement.criterion.text.id)
    return [j for j in judgements if j.criterion.text.id not in dropped]


def _lines(sentences: Sequence[ProposalSentence], facts: ProposalFacts, criteria: Criteria) -> list[_Line]:
    parts: dict[tuple[str, ...], PartId | None] = {}
    lines = []
    for sentence, found in zip(sentences, facts.by_sentence, strict=True):
        if sentence.headings not in parts:
            parts[sentence.headings] = _part_of(sentence.headings, criteria)
        lines.append(_Line(sentence, fold(sentence.text), found.names, parts[sentence.headings]))
    return lines


def _part_of(headings: tuple[str, ...], criteria: Criteria) -> PartId | None:
    """The part a heading path belongs to; the innermost heading that says so decides."""
    for heading in reversed(headings):
        folded = fold(heading)
        found = [part for part in PARTS if criteria.headings[part].hits(folded)]
        if len(found) == 1:
            return found[0]
    return None


def _judge_one(criterion: Criterion, lines: Sequence[_Line], by_meaning: Set[int]) -> Judgement:
    hits = [
        hit
        for number in range(len(lines))
        if (hit := _hit(criterion, lines, number, is_meant=number in by_meaning)) is not None
    ]
    proven = [hit for hit in hits if hit.met == len(criterion.groups) and not hit.is_denied]
    if proven:
        return _judgement(criterion, "present", proven, lines)
    text = criterion.text
    weak = [hit for hit in hits if hit.met >= text.weak_at and hit.first_met == text.weak_first]
    if weak:
        weak.sort(key=lambda hit: (not hit.is_denied, -hit.met))
        return _judgement(criterion, "weak", weak, lines)
    return Judgement(criterion, "missing")


def _judgement(
    criterion: Criterion, verdict: Verdict, hits: Sequence[_Hit], lines: Sequence[_Line]
) -> Judgement:
    numbers = _evidence(hits)
    in_place = any(lines[number].part == criterion.part for number in numbers)
    return Judgement(criterion, verdict, tuple(lines[number].sentence for number in numbers), in_place)


def _evidence(hits: Sequence[_Hit]) -> list[int]:
    """Sentences of the hits, those that meet most by themselves first, at most three."""
    ordered = sorted(hits, key=lambda hit: (len(hit.lines), hit.lines)) if hits[0].met > 1 else list(hits)
    numbers = list(dict.fromkeys(number for hit in ordered for number in hit.lines))
    return numbers[:MAX_EVIDENCE]


def _counts(criterion: Criterion, line: _Line) -> bool:
    if criterion.text.own_part and line.part is not None and line.part != criterion.part:
        return False
    return not criterion.unless.hits(line.folded)


def _hit(criterion: Criterion, lines: Sequence[_Line], number: int, *, is_meant: bool) -> _Hit | None:
    line = lines[number]
    if not _counts(criterion, line):
        return None
    here = [group.hits(line.folded, line.facts) for group in criterion.groups]
    if not here[0] and all(here[1:]) and len(here) > 1:
        here[0] = criterion.softer.hits(line.folded)
    anchors = here if criterion.text.any_anchor else here[:1]
    if not any(anchors) and not is_meant:
        return None
    here[0] = here[0] or is_meant
    used = [number]
    denied = _is_denied(criterion, line)
    reach = 0 if criterion.alone.hits(line.folded) else criterion.text.near
    for index in range(len(criterion.groups)):
        if here[index]:
            continue
        other = _nearest(criterion, lines, number, index, reach)
        if other is not None:
            here[index] = True
            used.append(other)
            denied = denied or _is_denied(criterion, lines[other])
    first_met = sum(here[: criterion.text.weak_first])
    return _Hit(sum(here), first_met, denied, tuple(dict.fromkeys(used)))


def _nearest(criterion: Criterion, lines: Sequence[_Line], number: int, group: int, reach: int) -> int | None:
    """The nearest sentence under the same heading that meets a group; the next one before the one before."""
    line = lines[number]
    for distance in range(1, reach + 1):
        for other in (number + distance, number - distance):
            if not 0 <= other < len(lines) or lines[other].sentence.headings != line.sentence.headings:
                continue
            if _counts(criterion, lines[other]) and criterion.groups[group].hits(
                lines[other].folded, lines[other].facts
            ):
                return other
    return None


def _is_denied(criterion: Criterion, line: _Line) -> bool:
    """Whether a denial stands near what the criterion is about."""
    denials = criterion.denials.spans(line.folded)
    if not denials:
        return False
    topics = [span for group in criterion.groups for span in group.spans(line.folded)]
    if not topics:
        return True
    return any(
        _words_between(line.folded, denial, topic) <= DENIAL_WORDS for denial in denials for topic in topics
    )


def _words_between(text: str, one: tuple[int, int], other: tuple[int, int]) -> int:
    if one[0] > other[0]:
        one, other = other, one
    return len(text[one[1] : other[0]].split()) if one[1] < other[0] else 0
