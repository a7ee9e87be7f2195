"""The tuning numbers of matching, read from `weights.yaml` beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.question import Language
from assistant.errors import ConfigurationError

Share = Annotated[float, Field(ge=0, le=1)]


class FacetWeights(BaseModel):
    """Share of each facet in the score of one kind of record."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    region: Share
    sector: Share
    text: Share
    level: Share
    target_group: Share
    activity: Share


class StatusPenalty(BaseModel):
    """Taken off the score per status."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    active: Share
    unknown: Share
    ended: Share


class Weights(BaseModel):
    """All numbers of `weights.yaml`; each lies between 0 and 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hca: FacetWeights
    initiative: FacetWeights
    status_penalty: StatusPenalty
    limited_agenda_penalty: Share
    kind_bonus: Share
    umbrella_bonus: Share
    region_covers: Share
    region_partial: Share
    region_same_labour_market: Share
    region_same_province: Share
    region_national: Share
    region_national_elsewhere: Share
    sector_related: Share
    sector_intersectoral: Share
    sector_general_only: Share
    sector_among_many: Share
    sector_not_leading: Share
    sector_unlisted: Share
    min_initiative_score: Share
    min_programme_text: Share
    min_text_without_sector: Share
    sure_initiative_score: Share
    min_initiative_similarity: Mapping[Language, Share]

    def without_similarity(self) -> Weights:
        """For another embedding model than the bundled one, whose cosines mean something else."""
        return self.model_copy(
            update={"min_initiative_similarity": dict.fromkeys(self.min_initiative_similarity, 0.0)}
        )


@cache
def default_weights() -> Weights:
    """The weights that ship with the product.

    Raises:
        ConfigurationError: the file has an unknown name or a value outside 0 to 1.
    """
    path = Path(__file__).with_name("weights.yaml")
    try:
        return Weights.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        raise ConfigurationError(
            f"{path.name}: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}"
        ) from error
