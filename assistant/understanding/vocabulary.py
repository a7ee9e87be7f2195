"""The maintained vocabularies under corpus/gazetteer: their shape, and how they are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.domain.catalogue import EducationLevel, Intervention, Sector
from assistant.domain.question import Intent
from assistant.errors import ConfigurationError

Term = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
VocabularyId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
M = TypeVar("M", bound=BaseModel)


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
"""A regular expression, matched on folded text (lower case, no accents)."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Model):
    """One id of a facet, with the words that give it.

    Attributes:
        words: words and phrases, matched on stems as a whole.
        parts: words that also count as first or last part of a compound.
        weak: words and compound parts that count only when nothing stronger is found.
        never: words that look like a hit and are none.
        examples: full sentences whose meaning stands for the id, for the embedding fallback.
    """

    id: VocabularyId
    label: Term
    label_en: Term
    words: tuple[Term, ...] = ()
    parts: tuple[Term, ...] = ()
    weak: tuple[Term, ...] = ()
    never: tuple[Term, ...] = ()
    examples: tuple[str, ...] = ()


class FacetVocabulary(_Model):
    """All ids of one facet."""

    facet: Literal["sector", "education_level", "target_group", "intervention"]
    entries: tuple[Entry, ...] = Field(min_length=1)


class Abbreviation(_Model):
    """An abbreviation and what it stands for; `case_sensitive` when the lower-case form is a normal word."""

    short: tuple[Term, ...] = Field(min_length=1)
    long: Term
    case_sensitive: bool = False


class Abbreviations(_Model):
    """Abbreviations that are written out in the query."""

    abbreviations: tuple[Abbreviation, ...]


class IntentCues(_Model):
    """Cues of one intent: patterns decide in file order; examples serve the embedding fallback."""

    intent: Intent
    patterns: tuple[Pattern, ...] = ()
    examples: tuple[str, ...] = ()


class FollowUpCues(_Model):
    """How follow-ups are recognised; patterns on folded text."""

    opening: tuple[Pattern, ...]
    pointing: tuple[Pattern, ...]
    correction: tuple[Pattern, ...]
    national: tuple[Pattern, ...]
    drop_place: tuple[Pattern, ...]
    adding: tuple[Pattern, ...]
    fresh: tuple[Pattern, ...]
    others: tuple[Pattern, ...]
    returning: tuple[Pattern, ...]
    own_subject: tuple[Pattern, ...]
    ordinals: dict[str, int]


class Intents(_Model):
    """All intents, and the cues of follow-ups."""

    intents: tuple[IntentCues, ...]
    agenda_words: tuple[Term, ...]
    sectoral_words: tuple[Term, ...]
    regional_words: tuple[Pattern, ...]
    vague_place: tuple[Pattern, ...]
    cue_words: tuple[Term, ...]
    need_patterns: tuple[Pattern, ...]
    rejection: tuple[Pattern, ...]
    follow_up: FollowUpCues


class Premise(_Model):
    """Something a question may take for granted and is not so: one of each group must be said."""

    id: VocabularyId
    about: tuple[Pattern, ...]
    claims: tuple[Pattern, ...]


class EndedClaims(_Model):
    """How a question shows that it counts on something that ended.

    Attributes:
        claims: it joins, applies, or says that it still runs.
        ahead: it speaks of now or of a time to come.
        own: it speaks of the applicant's own plan.
        presumed: it asks why or when something ended, as if it had.
        past, asks_whether: it knows that it ended, or asks; then nothing is taken for granted.
        schemes: names of closed schemes that are no records.
    """

    claims: tuple[Pattern, ...]
    ahead: tuple[Pattern, ...]
    presumed: tuple[Pattern, ...] = ()
    own: tuple[Pattern, ...]
    past: tuple[Pattern, ...]
    asks_whether: tuple[Pattern, ...]
    schemes: tuple[Pattern, ...]


class Subject(_Model):
    """What lies inside and outside the subject.

    Attributes:
        inside: words and compound parts that only this subject uses.
        supporting: words that fit this subject and many others.
        outside: words and compound parts of other subjects.
        outside_patterns: requests of another sort ("schrijf een gedicht").
        private, odds, future, unpublished: questions no source answers.
        premises: what a question may take for granted and is not so.
        ended: the same for records that ended.
        located: words before a place that say that a record lies there.
        vague: needs without content.
        generic_names: names of records that are also normal words or phrases.
        hollow_words: words that alone make no name of a record.
    """

    inside: tuple[Term, ...]
    supporting: tuple[Term, ...]
    outside: tuple[Term, ...]
    outside_never: tuple[Term, ...] = ()
    outside_patterns: tuple[Pattern, ...]
    private: tuple[Pattern, ...]
    odds: tuple[Pattern, ...]
    future: tuple[Pattern, ...]
    unpublished: tuple[Pattern, ...]
    published_after_all: tuple[Pattern, ...]
    nonsense: tuple[Pattern, ...]
    premises: tuple[Premise, ...]
    ended: EndedClaims
    located: tuple[Pattern, ...] = ()
    vague: tuple[Pattern, ...]
    filler: tuple[Term, ...]
    hollow_words: tuple[Term, ...] = ()
    generic_names: tuple[Term, ...] = ()


class QuestionKinds(_Model):
    """Example sentences per kind of question; `inside` beside those of the intents and facets."""

    inside: tuple[str, ...] = Field(min_length=1)
    outside_subject: tuple[str, ...] = Field(min_length=1)
    no_source_says: tuple[str, ...] = Field(min_length=1)
    false_premise: tuple[str, ...] = Field(min_length=1)
    too_vague: tuple[str, ...] = Field(min_length=1)
    nonsense: tuple[str, ...] = Field(min_length=1)


class Thresholds(_Model):
    """Numbers fitted on labelled questions, valid for one embedder only.

    Attributes:
        embedder: name of the embedding model they were fitted with.
        kind_bias, kind_weights: logistic model per kind of question, over the scores of the example sentences
            (`meaning_<kind>`) and the other evidence.
        inside_cut: lowest probability of being inside at which a question is answered.
        sector_margin, intent_margin: lowest lead of the best embedding prototype that counts.
    """

    embedder: str
    fitted_on: str
    kind_bias: dict[str, float]
    kind_weights: dict[str, dict[str, float]]
    inside_cut: float = Field(ge=0, le=1)
    sector_score: float
    sector_margin: float
    intent_margin: float
    regional_margin: float


_ALLOWED: dict[str, tuple[str, ...]] = {
    "sector": get_args(Sector),
    "education_level": get_args(EducationLevel),
    "intervention": get_args(Intervention),
}


def read_yaml(path: Path, model: type[M]) -> M:
    """Read and validate one vocabulary file.

    Raises:
        ConfigurationError: the file is missing, broken or invalid; names file, field, value and expectation.
    """
    try:
        data: Any = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise ConfigurationError(
            f"Cannot read vocabulary {path}: {error.strerror}. Restore the file."
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise ConfigurationError(f"{path}: broken YAML{where}. Mend the file.") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "(whole file)"
        value = repr(first.get("input"))[:80]
        more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise ConfigurationError(
            f"{path}: field {field}: value {value}: {first['msg']}.{more} Mend the file."
        ) from error


def read_facet(path: Path) -> FacetVocabulary:
    """Read one facet vocabulary and check its ids against the domain.

    Raises:
        ConfigurationError: see `read_yaml`; also an unknown, missing or doubled id.
    """
    vocabulary = read_yaml(path, FacetVocabulary)
    ids = [entry.id for entry in vocabulary.entries]
    doubled = sorted({entry_id for entry_id in ids if ids.count(entry_id) > 1})
    if doubled:
        raise ConfigurationError(f"{path}: id {doubled[0]!r} stands there twice. Merge the two entries.")
    allowed = _ALLOWED.get(vocabulary.facet)
    if allowed is not None and set(ids) != set(allowed):
        wrong = sorted(set(ids) ^ set(allowed))
        raise ConfigurationError(
            f"{path}: ids {wrong} are unknown or missing; expected exactly {sorted(allowed)}."
        )
    return vocabulary
