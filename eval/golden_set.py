"""Labelled questions: their shape, how they are read, and the checks a set passes before it may judge."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from assistant.domain.answer import AnswerStatus
from assistant.domain.catalogue import EducationLevel, Province, RecordId, Sector
from assistant.domain.question import Abstention, Intent, Language
from assistant.errors import AssistantError

Split = Literal["dev", "test"]
Slice = Literal[
    "about", "clarify", "compare", "dialogue", "document", "english", "hca", "initiative", "plan", "refuse",
    "sectoral", "typo", "why_not",
]  # fmt: skip
ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

LEAK_THRESHOLD = 0.5
"""Jaccard overlap of character 5-grams from which a dev and a test question count as the same.

Questions of the two splits that share only a frame ("... welke past beter bij ...") reach 0.41 in this
set; one need worded twice with the same nouns came to 0.60. The bound lies between, on the strict side:
a leak flatters every figure on the test split, and wording a question anew costs nothing.
"""
DUPLICATE_THRESHOLD = 0.75
"""The same within one split, where shared frames are no harm: only a question typed twice reaches it."""
_SHINGLE_LENGTH = 5
_FILE_SUFFIX = ".jsonl"


class GoldenSetError(AssistantError):
    """A golden set cannot be read."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldenPassage(_Model):
    """A place in a document where the answer is written.

    Attributes:
        page: 1-based.
        quote: literal words of that page; whitespace runs count as one space.
    """

    document_id: RecordId
    page: int = Field(ge=1)
    quote: Text


class GoldenFacets(_Model):
    """What must be understood of the question; a field that is empty is not judged."""

    places: tuple[Text, ...] = ()
    provinces: tuple[Province, ...] = ()
    sectors: tuple[Sector, ...] = ()
    education_levels: tuple[EducationLevel, ...] = ()
    target_groups: tuple[Text, ...] = ()
    intent: Intent | None = None


class Expected(_Model):
    """What a good answer to the (last) question holds.

    Attributes:
        abstention: kind of refusal; None when the kind is not judged.
        hcas: agendas any of which is right in first place among the agendas recommended.
        hcas_also: agendas that are fine further down, never first.
        initiatives: initiatives any of which is right in first place among the initiatives recommended.
        initiatives_also: initiatives that are fine further down.
        forbidden_regions: provinces in which no recommended regional record may lie, such as the context
            a dialogue dropped.
        passages: any of them holds the answer to a document question.
        nuggets: short key facts; a good answer says all of them.
        clarify: what is asked back.
    """

    status: AnswerStatus
    abstention: Abstention | None = None
    hcas: tuple[RecordId, ...] = ()
    hcas_also: tuple[RecordId, ...] = ()
    initiatives: tuple[RecordId, ...] = ()
    initiatives_also: tuple[RecordId, ...] = ()
    forbidden_regions: tuple[Province, ...] = ()
    facets: GoldenFacets = GoldenFacets()
    passages: tuple[GoldenPassage, ...] = ()
    nuggets: tuple[Text, ...] = ()
    clarify: Literal["place", "need", "which_place"] | None = None

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        if self.status == "abstained" and self.abstention is None:
            raise ValueError("status abstained needs the kind of abstention")
        if self.abstention is not None and self.status == "answered":
            raise ValueError("an answered question has no abstention")
        if (self.status == "clarify") != (self.clarify is not None):
            raise ValueError("status clarify and the field clarify go together")
        labels = (self.hcas, self.initiatives, self.passages, self.nuggets)
        if self.status == "answered" and not any(labels):
            raise ValueError("an answered question needs an hca, an initiative, a passage or a nugget")
        return self

    @property
    def record_ids(self) -> tuple[RecordId, ...]:
        """Every record id named in the label."""
        return (*self.hcas, *self.hcas_also, *self.initiatives, *self.initiatives_also)


class GoldenItem(_Model):
    """One labelled question, or a conversation of which the last turn is judged.

    Attributes:
        turns: what the applicant typed, oldest first; either this or `question` is given.
        judged_by: role of the judge, never a person's name.
    """

    id: ItemId
    split: Split
    slice: Slice
    question: Text | None = None
    turns: tuple[Text, ...] = ()
    language: Language = "nl"
    origin: Literal["synthetic", "real"]
    judged_by: Text
    judged_on: date
    expected: Expected

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        if (self.question is None) == (not self.turns):
            raise ValueError("give either question or turns")
        if len(self.turns) == 1:
            raise ValueError("a conversation has two turns or more")
        return self

    @property
    def last_question(self) -> str:
        """The question that is judged."""
        return self.question if self.question is not None else self.turns[-1]

    @property
    def text(self) -> str:
        """Everything the applicant typed, turns joined by a line break."""
        return self.question if self.question is not None else "\n".join(self.turns)


def load_golden(path: Path) -> tuple[GoldenItem, ...]:
    """Read one JSONL file, or every JSONL file in a folder in order of name.

    Raises:
        GoldenSetError: the path has no JSONL file, or a line is not a valid item.
    """
    files = sorted(path.glob(f"*{_FILE_SUFFIX}")) if path.is_dir() else [path]
    if not files:
        raise GoldenSetError(f"{path}: no {_FILE_SUFFIX} file in this folder. Give a golden set.")
    return tuple(item for file in files for item in _items(file))


def _items(file: Path) -> Iterator[GoldenItem]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldenSetError(
            f"{file}: cannot be read as UTF-8 text. Check the path and the encoding."
        ) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield GoldenItem.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "(whole line)"
            raise GoldenSetError(
                f"{file}, line {number}: field {where}: {first['msg']}. Mend the line."
            ) from error


def dump_golden(items: Sequence[GoldenItem]) -> str:
    """The items as JSONL, one per line, fields that hold their default left out."""
    return "".join(
        json.dumps(item.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False) + "\n"
        for item in items
    )


def validate_golden(
    items: Sequence[GoldenItem], record_ids: Collection[str], *, ended: Collection[str] = ()
) -> list[str]:
    """Problems that make a set unfit to judge with; empty when there are none.

    Args:
        record_ids: ids of every record in the catalogue.
        ended: ids of records that ended; these are never right in first place.
    """
    known, over = set(record_ids), set(ended)
    problems: list[str] = []
    by_id: dict[str, list[GoldenItem]] = defaultdict(list)
    for item in items:
        by_id[item.id].append(item)
        problems += [f"{item.id}: unknown id {i!r}" for i in item.expected.record_ids if i not in known]
        first = (*item.expected.hcas, *item.expected.initiatives)
        problems += [f"{item.id}: {i!r} ended and cannot be right in first place" for i in first if i in over]
        both = set(first) & {*item.expected.hcas_also, *item.expected.initiatives_also}
        problems += [f"{item.id}: {i!r} is both right first and only further down" for i in sorted(both)]
    problems += [f"{i}: {len(same)} items have this id" for i, same in by_id.items() if len(same) > 1]
    return problems + _near_duplicates(items)


def validate_passages(items: Sequence[GoldenItem], pages: Mapping[str, Sequence[str]]) -> list[str]:
    """Passages that are not written where the label says; empty when all are.

    Args:
        pages: document id to the extracted text of its pages, first page first.
    """
    squeezed = {document: [_squeeze(page) for page in texts] for document, texts in pages.items()}
    problems: list[str] = []
    for item in items:
        for passage in item.expected.passages:
            texts = squeezed.get(passage.document_id)
            if texts is None:
                problems.append(f"{item.id}: unknown document {passage.document_id!r}")
            elif passage.page > len(texts):
                problems.append(f"{item.id}: {passage.document_id} has no page {passage.page}")
            elif _squeeze(passage.quote) not in texts[passage.page - 1]:
                where = f"page {passage.page} of {passage.document_id}"
                problems.append(f"{item.id}: {where} does not say {passage.quote!r}")
    return problems


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def similarity(left: str, right: str) -> float:
    """Jaccard overlap, 0 to 1, of the character 5-grams of two questions, without case and punctuation."""
    return _jaccard(_shingles(left), _shingles(right))


def _shingles(text: str) -> frozenset[str]:
    plain = _plain(text)
    return frozenset(plain[i : i + _SHINGLE_LENGTH] for i in range(max(1, len(plain) - _SHINGLE_LENGTH + 1)))


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared)


def _near_duplicates(items: Sequence[GoldenItem]) -> list[str]:
    problems: list[str] = []
    compared = [(item, _plain(item.text), _shingles(item.text)) for item in items]
    for index, (left, left_plain, left_shingles) in enumerate(compared):
        for right, right_plain, right_shingles in compared[index + 1 :]:
            leaks = left.split != right.split
            if left_plain == right_plain:
                problems.append(f"{left.id}, {right.id}: the same question")
            elif _jaccard(left_shingles, right_shingles) >= (
                LEAK_THRESHOLD if leaks else DUPLICATE_THRESHOLD
            ):
                kind = "leak between dev and test" if leaks else "near-duplicate"
                problems.append(f"{left.id}, {right.id}: {kind}")
    return problems


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
