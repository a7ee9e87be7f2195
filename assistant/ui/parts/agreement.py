"""How far readers agree, where they differ, and all reviews as a file."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.domain.review import Disagreement
from assistant.ui.parts.history import subject_name
from assistant.ui.parts.markup import tag
from assistant.ui.parts.saving import show_downloads
from assistant.ui.seams import AssistantLike
from assistant.ui.texts import texts

_SHOWN = 20


def show_agreement(assistant: AssistantLike, *, on_open: Callable[[str], None]) -> None:
    """Draw the section; nothing while nothing was judged.

    Args:
        on_open: called with the id of an answer that readers differ on.
    """
    words = texts().agreement
    found = assistant.reviews.store.agreement()
    if not found.judged_answers:
        return
    names = {record.id: record.name for record in assistant.records()}
    with st.container(key="agreement", gap="small"):
        st.html(str(tag("h2", words.title)))
        lines = [words.pairs.format(answers=found.judged_answers, sentences=found.judged_sentences)]
        if found.kappa is None:
            lines.append(words.none)
        else:
            kappa = f"{found.kappa:.2f}".replace(".", ",")
            lines.append(words.kappa.format(kappa=kappa, pairs=found.pairs))
        st.html(str(tag("p", " ".join(lines))))
        if found.kappa is not None:
            _show_disagreements(found.disagreements[:_SHOWN], assistant, names, on_open)
        show_downloads(assistant.reviews, None, label=words.exports)


def _show_disagreements(
    disagreements: tuple[Disagreement, ...],
    assistant: AssistantLike,
    names: dict[str, str],
    on_open: Callable[[str], None],
) -> None:
    words = texts().agreement
    if not disagreements:
        st.html(str(tag("p", words.no_disagreements, class_="tw-quiet")))
        return
    st.html(str(tag("h3", words.disagreements)))
    labels: dict[str, str] = {
        **{str(k): v for k, v in texts().review.verdicts.items()},
        **{str(k): v for k, v in texts().review.recommended.items()},
    }
    for index, found in enumerate(disagreements):
        logged = assistant.reviews.store.answer(found.answer_id)
        if logged is None:
            continue
        verdicts = ", ".join(f"{who} {labels.get(said, said)}" for who, said in found.verdicts.items())
        subject = subject_name(found.subject, logged.answer, names)
        with st.container(key=f"disagreement-{index}", gap="xsmall"):
            st.html(
                str(
                    tag(
                        "p",
                        tag("strong", logged.answer.question),
                        " ",
                        words.line.format(subject=subject, verdicts=verdicts),
                    )
                )
            )
            st.button(
                words.open,
                key=f"disagreement-open-{index}",
                type="tertiary",
                on_click=on_open,
                args=(found.answer_id,),
            )
