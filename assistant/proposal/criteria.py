"""The criteria of `prompts/proposal.yaml`: what each asks, by which sentence, and how it is recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.domain.question import Language
from assistant.errors import ConfigurationError
from assistant.proposal.cues import Cues, compile_cues
from assistant.proposal.report import PARTS, PartId

FILE = "proposal.yaml"
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(_Model):
    """A text in both languages of the product."""

    nl: Text
    en: Text

    def __call__(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en


class Advice(_Model):
    """What to do next when a criterion is weak or missing."""

    weak: Bilingual
    missing: Bilingual


class CriterionText(_Model):
    """One criterion as written in the file.

    Attributes:
        asked_by: literal sentence of the document that asks for it.
        groups: lists of cues; the first list is what the criterion is about, all must be met for `present`.
        weak_at: number of groups that make it weak.
        weak_first: number of groups, from the first on, that must be among those.
        near: the other groups may be met this many sentences away under the same heading.
        any_anchor: the criterion may also start from a sentence that meets another group than the first.
        softer: cues that count as the first group only in a sentence that meets all others.
        alone: cues; a sentence with one of them is not completed by its neighbours.
        own_part: sentences under a heading of another part do not count.
        unless: cues; a sentence with one of them does not count.
        denials: names of lists of denials that make a sentence weak.
        replaces: id of a criterion that need not be met when this one is; only the better of the two is kept.
        is_core: a part without any core criterion is missing.
        examples: sentences that say what the criterion asks, for comparison by meaning.
    """

    id: Text
    label: Bilingual
    asked_by: Text
    advice: Advice
    groups: tuple[tuple[Text, ...], ...] = Field(min_length=1)
    weak_at: int = Field(default=1, ge=1)
    weak_first: int = Field(default=0, ge=0)
    near: int = Field(default=1, ge=0)
    any_anchor: bool = False
    softer: tuple[Text, ...] = ()
    alone: tuple[Text, ...] = ()
    own_part: bool = False
    unless: tuple[Text, ...] = ()
    denials: tuple[Text, ...] = ()
    replaces: Text | None = None
    is_core: bool = False
    examples: tuple[Text, ...] = ()


class PartText(_Model):
    """One part: how its headings are recognised, and its criteria."""

    headings: tuple[Text, ...]
    criteria: tuple[CriterionText, ...] = Field(min_length=1)


class GateText(_Model):
    """How a proposal is told from another kind of document."""

    own_plan: tuple[Text, ...]
    form: tuple[Text, ...]
    talent: tuple[Text, ...]
    innovation: tuple[Text, ...]
    other: tuple[Text, ...]


class ProposalTexts(_Model):
    """The whole file."""

    document_id: Text
    words: dict[Text, tuple[Text, ...]]
    denials: dict[Text, tuple[Text, ...]]
    parts: dict[PartId, PartText]
    gate: GateText
    summary: tuple[Text, ...]
    background: tuple[Text, ...]
    texts: dict[Text, Bilingual]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion with its cues compiled."""

    text: CriterionText
    part: PartId
    groups: tuple[Cues, ...]
    softer: Cues
    alone: Cues
    unless: Cues
    denials: Cues


@dataclass(frozen=True, slots=True)
class Gate:
    """Cues that tell a proposal from another document."""

    own_plan: Cues
    form: Cues
    talent: Cues
    innovation: Cues
    other: Cues


@dataclass(frozen=True, slots=True)
class Criteria:
    """Everything a check needs to know, compiled."""

    texts: ProposalTexts
    criteria: tuple[Criterion, ...]
    headings: Mapping[PartId, Cues]
    gate: Gate
    summary: Cues

    def say(self, key: str, language: Language, **values: object) -> str:
        """A text of the file, filled in."""
        return self.texts.texts[key](language).format(**values)


def load_criteria(prompts_dir: Path) -> Criteria:
    """Read and compile the criteria.

    Raises:
        ConfigurationError: the file is missing, or a field, list or detector in it is not known.
    """
    path = prompts_dir / FILE
    try:
        texts = ProposalTexts.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(
            f"Cannot read {path}: {error}. Restore the file from the repository."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(
            f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}."
        ) from error
    if set(texts.parts) != set(PARTS):
        raise ConfigurationError(f"{path.name}: parts must be {', '.join(PARTS)}.")
    _check_ids(texts)
    criteria = tuple(
        _compiled(texts, part_id, criterion)
        for part_id in PARTS
        for criterion in texts.parts[part_id].criteria
    )
    gate = texts.gate
    return Criteria(
        texts=texts,
        criteria=criteria,
        headings={p: _cues(texts, texts.parts[p].headings, f"{p}.headings") for p in PARTS},
        gate=Gate(
            own_plan=_cues(texts, gate.own_plan, "gate.own_plan"),
            form=_cues(texts, gate.form, "gate.form"),
            talent=_cues(texts, gate.talent, "gate.talent"),
            innovation=_cues(texts, gate.innovation, "gate.innovation"),
            other=_cues(texts, gate.other, "gate.other"),
        ),
        summary=_cues(texts, texts.summary, "summary"),
    )


def _check_ids(texts: ProposalTexts) -> None:
    ids = [criterion.id for part in texts.parts.values() for criterion in part.criteria]
    twins = sorted({i for i in ids if ids.count(i) > 1})
    if twins:
        raise ConfigurationError(f"{FILE}: more than one criterion is called {', '.join(twins)}.")
    for part in texts.parts.values():
        for criterion in part.criteria:
            if criterion.replaces is not None and criterion.replaces not in {c.id for c in part.criteria}:
                raise ConfigurationError(
                    f"{FILE}: {criterion.id} replaces {criterion.replaces}, which is not there."
                )


def _compiled(texts: ProposalTexts, part: PartId, criterion: CriterionText) -> Criterion:
    where = f"{part}.{criterion.id}"
    unknown = [name for name in criterion.denials if name not in texts.denials]
    if unknown:
        raise ConfigurationError(f"{FILE}: {where}: there is no list of denials {unknown[0]}.")
    denials = [cue for name in criterion.denials for cue in texts.denials[name]]
    return Criterion(
        text=criterion,
        part=part,
        groups=tuple(_cues(texts, group, where) for group in criterion.groups),
        softer=_cues(texts, criterion.softer, where),
        alone=_cues(texts, criterion.alone, where),
        unless=_cues(texts, criterion.unless, where),
        denials=_cues(texts, tuple(denials), where),
    )


def _cues(texts: ProposalTexts, cues: tuple[str, ...], where: str) -> Cues:
    """Compile cues; `$name` stands for a list under `words`."""
    flat: list[str] = []
    for cue in cues:
        if not cue.startswith("$"):
            flat.append(cue)
        elif cue[1:] in texts.words:
            flat.extend(texts.words[cue[1:]])
        else:
            raise ConfigurationError(f"{FILE}: {where}: there is no list of words {cue[1:]}.")
    return compile_cues(flat, where=f"{FILE}: {where}")
