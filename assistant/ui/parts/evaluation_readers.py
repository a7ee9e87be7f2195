"""How far the readers of answers agree, and the claim checker with them."""

from __future__ import annotations

import streamlit as st

from assistant.errors import StoreError
from assistant.review.seams import ReviewStore
from assistant.ui.parts.evaluation_shown import table
from assistant.ui.parts.evaluation_texts import evaluation_texts
from assistant.ui.parts.markup import join, tag

_DISAGREEMENTS = 20


def show_readers(store: ReviewStore | None) -> None:
    """Draw the section.

    Args:
        store: None where nothing is kept.
    """
    words = evaluation_texts().readers
    st.html(str(tag("h2", words.title)))
    if store is None:
        st.html(str(tag("p", words.unkept, class_="tw-empty")))
        return
    try:
        found = store.agreement()
    except StoreError as error:
        st.html(str(tag("p", words.down.format(error=error), class_="tw-bar", role="alert")))
        return
    if not found.judged_answers:
        st.html(str(tag("p", words.none, class_="tw-empty")))
        return
    lines = [words.judged.format(answers=found.judged_answers, sentences=found.judged_sentences)]
    if found.kappa is None:
        lines.append(words.no_pairs)
    else:
        lines.append(words.agree.format(pairs=found.pairs, kappa=f"{found.kappa:.2f}".replace(".", ",")))
    if found.checker_precision is not None and found.checker_recall is not None:
        shares = {"precision": found.checker_precision, "recall": found.checker_recall}
        lines.append(words.checker.format(**{name: f"{100 * value:.0f}%" for name, value in shares.items()}))
    st.html(str(join(*(tag("p", line) for line in lines))))
    rows = [
        (
            each.subject,
            ", ".join(f"{who}: {words.labels.get(said, said)}" for who, said in each.verdicts.items()),
        )
        for each in found.disagreements[:_DISAGREEMENTS]
    ]
    if rows:
        st.html(str(table(words.caption, (words.subject, words.verdicts), rows)))
