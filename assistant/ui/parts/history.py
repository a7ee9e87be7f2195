"""What was judged before: every revision, with what changed since the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from assistant.domain.answer import Answer
from assistant.domain.review import Review
from assistant.ui.parts.markup import Html, tag
from assistant.ui.texts import texts

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def moment(review_at: object) -> str:
    """A moment in UTC as date and time in the Netherlands."""
    from datetime import datetime

    if not isinstance(review_at, datetime):
        return ""
    local = review_at.astimezone(_AMSTERDAM)
    return f"{texts().date(local.date().isoformat())}, {local:%H:%M}"


def changes(before: Review | None, after: Review, answer: Answer, names: Mapping[str, str]) -> list[str]:
    """What a revision says, or what it says otherwise than the one before it, one line each.

    Args:
        names: record id to name.
    """
    old, new = (_subjects(review, answer, names) for review in (before, after))
    words = texts().review
    lines = []
    for subject in [*new, *(s for s in old if s not in new)]:
        was, now = old.get(subject, ""), new.get(subject, "")
        if was == now:
            continue
        form = words.history_change if before and was else words.history_first
        lines.append(form.format(subject=subject, now=now or words.history_none, before=was))
    return lines


def history(revisions: Sequence[Review], answer: Answer, names: Mapping[str, str]) -> Html:
    """All revisions, newest first: who by role, when, and the old value of what changed."""
    words = texts().review
    latest: dict[str, Review] = {}
    items = []
    for review in revisions:
        lines = changes(latest.get(review.reader), review, answer, names)
        latest[review.reader] = review
        head = words.history_line.format(
            reader=review.reader, date=moment(review.at), revision=review.revision
        )
        items.append(tag("li", tag("strong", head), tag("ul", *(tag("li", line) for line in lines))))
    return tag("ol", *reversed(items), class_="tw-history")


def subject_name(subject: str, answer: Answer, names: Mapping[str, str]) -> str:
    """A subject of a disagreement ("sentence:3", "recommendation:id") in plain words."""
    kind, _, value = subject.partition(":")
    words = texts().review
    if kind == "sentence" and value.isdigit():
        return words.subject_sentence.format(n=_number(int(value), answer))
    return words.subject_recommendation.format(name=names.get(value, value))


def _number(index: int, answer: Answer) -> int:
    """Number of a claim among the claims, from 1, as the list of verdicts counts them."""
    return sum(s.kind == "claim" for s in answer.sentences[: index + 1])


def _subjects(review: Review | None, answer: Answer, names: Mapping[str, str]) -> dict[str, str]:
    if review is None:
        return {}
    words = texts().review
    verdicts: dict[str, str] = {str(key): name for key, name in words.verdicts.items()}
    found = {
        words.subject_sentence.format(n=_number(n, answer)): verdicts[v] for n, v in review.sentences.items()
    }
    for record_id, verdict in review.recommendations.items():
        name = words.subject_recommendation.format(name=names.get(record_id, record_id))
        found[name] = words.recommended[verdict]
    if review.missing:
        found[words.subject_missing] = ", ".join(names.get(i, i) for i in review.missing)
    if review.comment:
        found[words.subject_comment] = f"‘{review.comment}’"
    if review.corrected_answer:
        found[words.subject_corrected] = f"‘{review.corrected_answer}’"
    return found
