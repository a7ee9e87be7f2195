"""What all groups of texts have in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Words = Annotated[str, StringConstraints(min_length=1)]


class Group(BaseModel):
    """Texts that belong together; an unknown or missing one is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
