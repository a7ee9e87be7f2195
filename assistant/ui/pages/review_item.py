"""One answer to judge, beside the page or field of each sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from assistant.domain.answer import Citation
from assistant.domain.review import Feedback, LoggedAnswer, Review, SavedReview
from assistant.errors import AssistantError
from assistant.ui.parts.history import history, moment
from assistant.ui.parts.markup import Html, join, tag
from assistant.ui.parts.review_item import is_empty, item_data, review_of_draft, show_review_item
from assistant.ui.parts.saving import show_downloads
from assistant.ui.parts.sources import show_source
from assistant.ui.review_state import Message, Reading, is_role
from assistant.ui.seams import AssistantLike
from assistant.ui.texts import texts


def show(
    answer_id: str,
    state: Reading,
    assistant: AssistantLike,
    *,
    why_page: st.Page | None,
    choose_reader: Callable[[Reading], None],
) -> None:
    """Draw the answer.

    Raises:
        StoreError: the store cannot be reached.
    """
    words = texts().review
    st.button(words.back, key="review-back", type="tertiary", on_click=_leave, args=(state,))
    store = assistant.reviews.store
    logged = store.answer(answer_id)
    if logged is None:
        st.html(str(tag("p", texts().queue.gone, class_="tw-empty", role="status")))
        return
    said = store.feedback(answer_id)
    st.html(str(_head(logged, said, state)))
    if state.reader is None:
        choose_reader(state)
        return
    revisions = store.reviews(answer_id, all_revisions=True)
    latest = {review.reader: review for review in revisions}
    own = latest.get(state.reader)
    state.began_from(answer_id, tuple(latest.values()))
    data = item_data(logged, own, state.reader, assistant.records())
    data |= {"message": _message(state), "saved": state.saved}
    at = show_review_item(
        data,
        on_save=lambda draft: save(draft, state, assistant),
        on_skip=lambda: _go_on(answer_id, state, assistant),
    )
    if state.stays == answer_id:
        st.button(
            words.next, key="review-next", type="primary", on_click=_go_on, args=(answer_id, state, assistant)
        )
    _show_below(logged, said, revisions, own, state, assistant, why_page)
    _show_source(logged, at, assistant)


def save(draft: Mapping[str, Any], state: Reading, assistant: AssistantLike) -> None:
    """Store what the browser sent; on a failure nothing is lost, since the browser keeps the draft."""
    words = texts().review
    answer_id, reader = str(draft.get("answer", "")), str(draft.get("reader", ""))
    try:
        store = assistant.reviews.store
        logged = store.answer(answer_id)
        if logged is None or not is_role(reader):
            state.message = Message("failed", words.failed.format(reason=texts().queue.gone))
            return
        review = review_of_draft(draft, logged)
        if is_empty(review):
            state.message = Message("failed", words.nothing)
            return
        began = state.began.get(answer_id, {})
        stored = store.save_review(review, began_from=began)
    except AssistantError as error:
        state.message = Message("failed", words.failed.format(reason=str(error)))
        return
    state.saved = {"answer": answer_id, "reader": reader, "save": draft.get("save")}
    state.began.pop(answer_id, None)
    told = [words.saved.format(question=_short(logged.answer.question)), *_overtaken(stored)]
    is_told = bool(stored.overtaken)
    if draft.get("then") == "golden":
        is_made, line = _to_golden(answer_id, reader, assistant)
        told.append(line)
        is_told = is_told or not is_made
    if is_told:
        state.stays, state.message = answer_id, Message("told", " ".join(told))
        return
    _go_on(answer_id, state, assistant)
    state.message = Message("done", " ".join(told))


def _to_golden(answer_id: str, reader: str, assistant: AssistantLike) -> tuple[bool, str]:
    words = texts().review
    try:
        outcome = assistant.reviews.to_golden(answer_id, reader)
    except AssistantError as error:
        return False, words.golden_refused.format(reason=str(error))
    if outcome.item_id is None:
        return False, words.golden_refused.format(reason=outcome.reason)
    return True, words.golden_done.format(item=outcome.item_id)


def _overtaken(stored: SavedReview) -> list[str]:
    """What the reader has to be told of others who stored in the meantime."""
    words = texts().review
    lines = []
    for other in stored.overtaken:
        is_same = other.reader == stored.review.reader
        form = words.overtaken_same if is_same else words.overtaken_by
        lines.append(form.format(reader=other.reader, date=moment(other.at)))
    return lines


def _go_on(answer_id: str, state: Reading, assistant: AssistantLike) -> None:
    """On to the next answer, or back to the queue when there is none."""
    state.done.add(answer_id)
    state.message = state.waiting = None
    following = state.next_after(answer_id)
    if following is None:
        try:
            page = assistant.reviews.store.queue(replace(state.chosen, reader=state.reader, state="open"))
            following = next((i.answer_id for i in page.items if i.answer_id not in state.done), None)
        except AssistantError:
            following = None
    if following is None:
        _leave(state)
    else:
        state.stays = None
        st.query_params["antwoord"] = following


def _leave(state: Reading) -> None:
    state.stays = state.message = None
    if "antwoord" in st.query_params:
        del st.query_params["antwoord"]


def _message(state: Reading) -> dict[str, Any] | None:
    message = state.message
    return {"kind": message.kind, "text": message.text, "nonce": message.nonce} if message else None


def _head(logged: LoggedAnswer, said: Sequence[Feedback], state: Reading) -> Html:
    words = texts().review
    ids = state.ids
    where = (
        words.position.format(n=ids.index(logged.answer_id) + 1, count=len(ids))
        if logged.answer_id in ids
        else words.single
    )
    parts = [where, texts().date(logged.asked_at.date().isoformat()), *_last_words(said)]
    return tag(
        "div",
        tag("p", " · ".join(parts), class_="tw-quiet"),
        tag("h1", logged.answer.question),
        class_="tw-review-head",
    )


def _last_words(said: Sequence[Feedback]) -> list[str]:
    """The applicant's last thumb, and what was typed last, as one part of the line above the question."""
    names = texts().review.feedback
    thumbs = [f for f in said if f.kind in ("helpful", "not_helpful")]
    typed = [f.text for f in said if f.text]
    line = names[thumbs[-1].kind] if thumbs else ""
    if typed:
        line = f"{line}: “{typed[-1]}”" if line else f"“{typed[-1]}”"
    return [line] if line else []


def _show_below(
    logged: LoggedAnswer,
    said: Sequence[Feedback],
    revisions: Sequence[Review],
    own: Review | None,
    state: Reading,
    assistant: AssistantLike,
    why_page: st.Page | None,
) -> None:
    words = texts().review
    names = {record.id: record.name for record in assistant.records()}
    complaints = [f for f in said if f.kind in ("wrong_source", "missing_initiative") or f.text]
    if complaints:
        lines = [tag("li", _said(f, names)) for f in complaints]
        st.html(str(join(tag("h2", words.feedback_title), tag("ul", *lines, class_="tw-plain"))))
    others = sorted({r.reader for r in revisions if r.reader != state.reader})
    if own is None and others:
        st.html(str(tag("p", words.others.format(readers=", ".join(others)), class_="tw-quiet")))
    elif revisions:
        summary = tag("summary", words.history)
        body = history(revisions, logged.answer, names)
        st.html(str(tag("details", summary, body, class_="tw-history-box")))
    if revisions and own is not None:
        show_downloads(assistant.reviews, logged.answer_id, label=words.exports)
    if why_page is not None:
        st.page_link(why_page, label=words.why, query_params={"antwoord": logged.answer_id})


def _said(feedback: Feedback, names: Mapping[str, str]) -> str:
    parts = [texts().review.feedback[feedback.kind]]
    if feedback.citation is not None:
        parts.append(texts().source.heading.format(n=feedback.citation))
    if feedback.record_id:
        parts.append(names.get(feedback.record_id, feedback.record_id))
    if feedback.text:
        parts.append(f"“{feedback.text}”")
    return " · ".join(parts)


def _show_source(logged: LoggedAnswer, at: Mapping[str, Any], assistant: AssistantLike) -> None:
    """The source of the sentence that is looked at, the first one to begin with."""
    by_number = {c.n: c for c in logged.answer.citations}
    is_current = at.get("answer") == logged.answer_id
    cited = by_number.get(int(at.get("n") or 0)) if is_current else None
    shown = cited or _first(logged, by_number)
    if shown is None:
        return
    is_asked = is_current and bool(at.get("asked"))
    with st.container(key="source-panel"):
        show_source(shown, assistant, turn=0, on_close=None, takes_focus=is_asked, beside=".tw-review")


def _first(logged: LoggedAnswer, by_number: Mapping[int, Citation]) -> Citation | None:
    numbers = (n for s in logged.answer.sentences if s.kind == "claim" for n in s.citations)
    return next((by_number[n] for n in numbers if n in by_number), None)


def _short(question: str, limit: int = 60) -> str:
    return question if len(question) <= limit else question[:limit].rpartition(" ")[0] + " …"
