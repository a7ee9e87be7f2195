"""The texts of the pages, read from `prompts/ui.nl.yaml` and checked as a whole."""

from __future__ import annotations

import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ConfigDict, ValidationError

from assistant.domain.answer import FacetName, LinkUp
from assistant.domain.catalogue import RecordKind, RecordStatus, Sector
from assistant.domain.documents import Confidence
from assistant.domain.question import Abstention, Language
from assistant.domain.review import SentenceVerdict
from assistant.errors import ConfigurationError
from assistant.ui.review_texts import (
    AccessTexts,
    AgreementTexts,
    FeedbackTexts,
    KeepingTexts,
    QueueTexts,
    ReviewItemTexts,
    WhyTexts,
)
from assistant.ui.seams import BuildStep, StepName
from assistant.ui.text_group import Group as _Group
from assistant.ui.text_group import Words

TEXTS_FILE = Path(__file__).resolve().parents[2] / "prompts" / "ui.nl.yaml"

__all__ = ["FacetName", "Texts", "load_texts", "texts"]


class PageTexts(_Group):
    brand: Words
    tagline: Words
    menu: Words
    chat: Words
    catalogue: Words
    review: Words
    why: Words
    evaluation: Words
    for_advisors: Words
    new_conversation: Words
    sources_date: Words
    input: Words
    input_more: Words
    send: Words
    skip: Words
    sidebar_open: Words
    sidebar_close: Words
    months: tuple[Words, ...]


class WelcomeTexts(_Group):
    title: Words
    intro: Words
    can_title: Words
    can: tuple[Words, ...]
    cannot_title: Words
    cannot: tuple[Words, ...]
    proof: Words
    examples_title: Words
    examples: tuple[Words, ...]


class ThinkingTexts(_Group):
    label: Words
    steps: dict[StepName, Words]
    slow: Words


class UnderstoodTexts(_Group):
    label: Words
    remove: Words
    adjust: Words
    adjust_title: Words
    places: Words
    places_help: Words
    sectors: Words
    levels: Words
    choose: Words
    submit: Words
    carried_over: Words
    corrected: Words
    facets: dict[str, Words]


class SourceTexts(_Group):
    list_title: Words
    list_hint: Words
    heading: Words
    page_of: Words
    page: Words
    field: Words
    found_on_page: Words
    not_marked: Words
    found_in_field: Words
    image_alt: Words
    quote: Words
    record: Words
    missing: Words
    open: Words
    download: Words
    copy_: Words
    close: Words
    confidence: dict[Confidence, Words]
    confidence_why: dict[Confidence, Words]
    reference: Words

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_"))


class PreparingTexts(_Group):
    title: Words
    why: Words
    start: Words
    not_ready: Words
    steps: dict[BuildStep, Words]


class ProblemTexts(_Group):
    title: Words
    body: Words
    retry: Words
    too_long_title: Words
    too_long: Words
    too_long_text: Words
    too_long_send: Words


class CatalogueTexts(_Group):
    title: Words
    intro: Words
    search: Words
    kind: Words
    status: Words
    province: Words
    sector: Words
    found: Words
    found_one: Words
    none: Words
    more: Words
    open: Words
    back: Words
    ask: Words
    question: Words
    sources: Words
    supports: Words


class AnswerTexts(_Group):
    """Words inside an answer, in its own language; `abstained` gives the heading per reason."""

    advised: Words
    compare: Words
    what: Words
    offer: Words
    write: Words
    considered: Words
    would_fit_if: Words
    abstained: dict[Abstention, Words]
    clarify: Words
    follow_ups: Words
    copy_: Words
    copied: Words
    copy_failed: Words
    show_checks: Words
    checks: dict[SentenceVerdict, Words]
    marker: Words
    marker_page: Words
    marker_field: Words
    as_of: Words
    ask_about: Words
    ask_about_label: Words
    ask_about_question: Words
    website_label: Words
    facets: dict[FacetName, str]
    asked: Words
    fits: Words
    does_not_fit: Words
    unknown: Words
    kinds: dict[RecordKind, Words]
    status: dict[RecordStatus, Words]
    link_up: dict[LinkUp, str]

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_"))


class Texts(_Group):
    """All texts of the pages."""

    page: PageTexts
    welcome: WelcomeTexts
    thinking: ThinkingTexts
    understood: UnderstoodTexts
    source: SourceTexts
    preparing: PreparingTexts
    problem: ProblemTexts
    catalogue: CatalogueTexts
    keeping: KeepingTexts
    feedback: FeedbackTexts
    access: AccessTexts
    queue: QueueTexts
    review: ReviewItemTexts
    agreement: AgreementTexts
    why: WhyTexts
    record_fields: dict[str, Words]
    sectors: dict[Sector, Words]
    answer: dict[Language, AnswerTexts]

    def sector(self, sector_id: str) -> str:
        """Name of a sector; an unknown id is its own name."""
        names: dict[str, str] = {str(key): name for key, name in self.sectors.items()}
        return names.get(sector_id, sector_id)

    def date(self, iso_date: str) -> str:
        """`2026-11-24` as "24 november 2026"."""
        year, month, day = (int(part) for part in iso_date[:10].split("-"))
        return f"{day} {self.page.months[month - 1]} {year}"


def load_texts(path: Path) -> Texts:
    """Read and check the texts.

    Raises:
        ConfigurationError: a text is missing, unknown, empty or has a broken `{name}`; names file and text.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
        found = Texts.model_validate(data)
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(
            f"{path.name}: cannot be read ({error}). Mend or restore the file."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(f"{path.name}: text {where!r}: {first['msg']}. Mend the file.") from error
    for where, text in _leaves(data, ""):
        try:
            list(string.Formatter().parse(text))
        except ValueError as error:
            raise ConfigurationError(f"{path.name}: text {where!r}: {error}. Mend the braces.") from error
    return found


def _leaves(node: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, f"{where}.{key}".lstrip("."))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _leaves(value, f"{where}.{index}")
    elif isinstance(node, str):
        yield where, node


@cache
def texts() -> Texts:
    """The texts of this installation."""
    return load_texts(TEXTS_FILE)
