"""The texts of what is kept, of feedback, and of the pages for advisors."""

from __future__ import annotations

from assistant.domain.answer import AnswerStatus
from assistant.domain.review import QueueReason, QueueState, RecommendationVerdict, SentenceVerdict
from assistant.ui.text_group import Group, Words


class KeepingTexts(Group):
    """What an applicant is told of what is kept."""

    kept: Words
    unkept: Words
    kept_short: Words
    unkept_short: Words
    delete: Words
    deleted: Words
    delete_failed: Words
    failed: Words


class FeedbackTexts(Group):
    label: Words
    helpful: Words
    not_helpful: Words
    more: Words
    title: Words
    wrong_source: Words
    no_source: Words
    missing: Words
    missing_help: Words
    none: Words
    text: Words
    text_help: Words
    send: Words
    close: Words
    thanks: Words
    thanks_more: Words
    nothing: Words
    failed: Words
    why: Words


class AccessTexts(Group):
    title: Words
    why: Words
    no_password: Words
    password: Words
    submit: Words
    wrong: Words
    wait: Words
    local: Words


class QueueTexts(Group):
    title: Words
    intro: Words
    empty: Words
    none_found: Words
    found: Words
    found_one: Words
    state: Words
    reason: Words
    region: Words
    sector: Words
    status: Words
    since: Words
    until: Words
    any: Words
    states: dict[QueueState, Words]
    reasons: dict[QueueReason, Words]
    statuses: dict[AnswerStatus, Words]
    reader: Words
    reader_help: Words
    reader_name: Words
    start: Words
    judged_by: Words
    more: Words
    keys: Words
    sidebar: Words
    gone: Words
    store_down: Words


class ReviewItemTexts(Group):
    """Words inside the list of verdicts; the browser gets them as they are."""

    position: Words
    single: Words
    judge: Words
    group: Words
    verdicts: dict[SentenceVerdict, Words]
    recommended: dict[RecommendationVerdict, Words]
    recommendations: Words
    no_recommendations: Words
    missing: Words
    missing_search: Words
    missing_found: Words
    missing_none: Words
    missing_add: Words
    missing_remove: Words
    comment: Words
    comment_hint: Words
    corrected: Words
    corrected_hint: Words
    machine: Words
    machine_none: Words
    machine_verdicts: dict[str, Words]
    frame: Words
    save: Words
    save_short: Words
    golden: Words
    skip: Words
    back: Words
    why: Words
    help: Words
    help_title: Words
    help_lines: tuple[tuple[Words, Words], ...]
    keys: Words
    unsaved: Words
    failed: Words
    saved: Words
    nothing: Words
    overtaken_by: Words
    overtaken_same: Words
    next: Words
    golden_done: Words
    golden_refused: Words
    feedback: dict[str, Words]
    feedback_title: Words
    others: Words
    history: Words
    history_line: Words
    history_first: Words
    history_change: Words
    history_none: Words
    subject_sentence: Words
    subject_recommendation: Words
    subject_missing: Words
    subject_comment: Words
    subject_corrected: Words
    exports: Words
    export_csv: Words
    export_jsonl: Words
    export_pdf: Words
    no_source: Words


class AgreementTexts(Group):
    title: Words
    none: Words
    kappa: Words
    pairs: Words
    disagreements: Words
    no_disagreements: Words
    line: Words
    open: Words
    exports: Words


class WhyTexts(Group):
    title: Words
    intro: Words
    choose: Words
    gone: Words
    asked: Words
    understood: Words
    rankings: Words
    rankings_why: Words
    dense: Words
    lexical: Words
    fused: Words
    rank: Words
    passage: Words
    score: Words
    page: Words
    matches: Words
    matches_why: Words
    no_matches: Words
    in_order: Words
    recommended: Words
    not_recommended: Words
    obstacle: Words
    asked_found: Words
    checks: Words
    checks_why: Words
    dropped: Words
    timings: Words
    steps: dict[str, Words]
    milliseconds: Words
    stamps: Words
    settings: Words
    judge: Words
    fields: dict[str, Words]
    values: dict[str, Words]
    """Stored values in plain words; a value that is not here is shown as it is."""
    nothing: Words
