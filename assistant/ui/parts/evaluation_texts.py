"""The texts of the evaluation page, read from `prompts/ui.evaluation.nl.yaml` and checked as a whole."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from assistant.domain.answer import AnswerStatus, FacetName
from assistant.errors import ConfigurationError
from assistant.ui.text_group import Group, Words

TEXTS_FILE = Path(__file__).resolve().parents[3] / "prompts" / "ui.evaluation.nl.yaml"


class MeasureTexts(Group):
    name: Words
    about: Words


class PageTexts(Group):
    title: Words
    intro: Words
    run: Words
    run_label: Words
    unreadable: Words
    variant: Words
    split: Words
    splits: dict[str, Words]
    test_note: Words
    interval: Words


class EmptyTexts(Group):
    title: Words
    body: Words
    command: Words
    then: Words


class NumbersTexts(Group):
    """`measures` holds the measures of the page, in its order."""

    title: Words
    caption: Words
    measure: Words
    n: Words
    value: Words
    bounds: Words
    lower: Words
    measures: dict[str, MeasureTexts]


class SlicesTexts(Group):
    title: Words
    choose: Words
    caption: Words
    slice: Words
    names: dict[str, Words]


class RiskTexts(Group):
    title: Words
    about: Words
    kinds: dict[str, Words]
    caption: Words
    coverage: Words
    x: Words
    y: Words


class RunsTexts(Group):
    title: Words
    caption: Words
    run: Words
    one: Words


class QuestionsTexts(Group):
    title: Words
    about: Words
    measure: Words
    slice: Words
    all_slices: Words
    which: Words
    wrong: Words
    all: Words
    count: Words
    count_one: Words
    none: Words
    choose: Words
    broke: Words
    falls_short: Words
    right: Words
    expected: Words
    got: Words
    status: Words
    statuses: dict[AnswerStatus, Words]
    agendas: Words
    initiatives: Words
    passages: Words
    nuggets: Words
    recommended: Words
    understood: Words
    weighed: Words
    record: Words
    score: Words
    outcome: Words
    kept: Words
    rejected: Words
    scored_lower: Words
    obstacles: dict[FacetName, Words]
    why: Words
    ranked: Words
    rank: Words
    passage: Words
    arms: Words
    cited: Words
    not_cited: Words
    right_mark: Words
    answer: Words
    page: Words


class FlipsTexts(Group):
    title: Words
    about: Words
    other: Words
    none: Words
    same: Words
    caption: Words
    measure: Words
    before: Words
    after: Words
    better: Words
    worse: Words
    chance: Words
    choose: Words
    better_on: Words
    worse_on: Words


class ReadersTexts(Group):
    title: Words
    none: Words
    unkept: Words
    down: Words
    judged: Words
    agree: Words
    no_pairs: Words
    checker: Words
    caption: Words
    subject: Words
    verdicts: Words
    labels: dict[str, Words]


class EvaluationTexts(Group):
    """All texts of the evaluation page."""

    page: PageTexts
    empty: EmptyTexts
    numbers: NumbersTexts
    slices: SlicesTexts
    risk: RiskTexts
    runs: RunsTexts
    questions: QuestionsTexts
    flips: FlipsTexts
    readers: ReadersTexts

    def measure(self, name: str) -> str:
        """Dutch name of a measure; one that is not on the page keeps its name from the literature."""
        known = self.numbers.measures.get(name)
        return known.name if known else name

    def slice(self, name: str) -> str:
        """Dutch name of a kind of question."""
        return self.slices.names.get(name, name)


def load_evaluation_texts(path: Path) -> EvaluationTexts:
    """Read and check the texts.

    Raises:
        ConfigurationError: a text is missing, unknown or empty; names file and text.
    """
    try:
        return EvaluationTexts.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path.name}: cannot be read ({error}). Mend or restore it.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(f"{path.name}: text {where!r}: {first['msg']}. Mend the file.") from error


@cache
def evaluation_texts() -> EvaluationTexts:
    """The texts of this installation."""
    return load_evaluation_texts(TEXTS_FILE)
