"""From a review to what lasts: a labelled question of the golden set, or a printed page.

The golden set belongs to the evaluation, which knows nothing of reviews; the two meet here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.domain.answer import Citation
from assistant.domain.catalogue import Record
from assistant.domain.review import Review
from assistant.errors import AssistantError, StoreError
from assistant.review.golden import Refused, golden_item
from assistant.review.replay import turns_up_to
from assistant.review.seams import ReviewStore
from assistant.review.words import words


@dataclass(frozen=True, slots=True)
class Labelled:
    """What came of sending a reviewed question to the golden set.

    Attributes:
        item_id: of the item made; None when it was refused.
        code: what was in the way; empty when nothing was.
        reason: the same in Dutch, for the reader.
        detail: what it was about, such as the name that was found.
    """

    item_id: str | None
    code: str = ""
    reason: str = ""
    detail: str = ""


def label_reviewed(
    store: ReviewStore,
    answer_id: str,
    reader: str | None,
    *,
    records: Mapping[str, Record],
    golden_dir: Path,
    today: date,
    questions: Sequence[str] = (),
    replace: bool = False,
) -> Labelled:
    """Make a reviewed question an item of the golden set; nothing is lost when that cannot be.

    Args:
        reader: whose latest review counts; None takes the latest of all.
        records: the catalogue, by id.
        questions: the questions in other words, one for each turn; empty keeps them.
        replace: put the item in the place of the one made of this answer before.

    Raises:
        StoreError: the store cannot be used, or has no such answer.
    """
    logged = store.answer(answer_id)
    if logged is None:
        raise StoreError(f"Answer {answer_id} is not in the log: it was deleted or its time was over.")
    review = _review(store.reviews(answer_id), reader)
    if review is None:
        return _refused("not_judged")
    try:
        turns = turns_up_to(store, logged)
    except StoreError as error:
        return _refused("turns_gone", str(error))
    item = golden_item(turns, review, records, judged_on=today, questions=questions)
    if isinstance(item, Refused):
        return _refused(item.code, item.detail)
    try:
        from eval.golden_reviewed import NotAdded, add_reviewed
    except ModuleNotFoundError:
        return _refused("no_evaluation")
    ended = {i for i, record in records.items() if record.status == "ended"}
    try:
        return Labelled(add_reviewed(item, golden_dir, records, ended=ended, replace=replace).id)
    except NotAdded as error:
        return _refused(error.code, error.detail)
    except AssistantError as error:
        return _refused("not_written", str(error))


def _review(reviews: Sequence[Review], reader: str | None) -> Review | None:
    chosen = [review for review in reviews if reader is None or review.reader == reader]
    return chosen[-1] if chosen else None


def _refused(code: str, detail: str = "") -> Labelled:
    return Labelled(None, code, words().refused[code], detail)


def printed_review(
    store: ReviewStore,
    answer_id: str,
    *,
    corpus: Sequence[Path],
    names: Mapping[str, str] | None = None,
) -> bytes:
    """A reviewed answer as a PDF to send to a colleague.

    Args:
        corpus: folders under which the files of citations lie.
        names: names of catalogue records by id, for what is missing; None shows ids.

    Raises:
        StoreError: there is no such answer.
    """
    from assistant.review.report_pdf import review_pdf

    logged = store.answer(answer_id)
    if logged is None:
        raise StoreError(f"Answer {answer_id} is not in the log: it was deleted or its time was over.")

    def file_of(citation: Citation) -> Path | None:
        if citation.page is None or not citation.file.lower().endswith(".pdf"):
            return None
        return next((r / citation.file for r in corpus if (r / citation.file).is_file()), None)

    try:
        earlier = [turn.answer.question for turn in turns_up_to(store, logged)[:-1]]
    except StoreError:
        earlier = []
    return review_pdf(logged, store.reviews(answer_id), file_of=file_of, names=names or {}, earlier=earlier)
