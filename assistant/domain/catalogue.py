"""The catalogue: human capital agendas (HCAs), programmes and initiatives, as validated records."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.domain.documents import Confidence

RecordId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Year = Annotated[int, Field(ge=1950, le=2100)]

RecordKind = Literal["regional_hca", "sectoral_hca", "programme", "initiative"]
RecordStatus = Literal["active", "unknown", "ended"]
Scope = Literal["national", "regional", "local"]
Sector = Literal[
    "agrofood", "bouw", "chemie", "creatief", "energie", "hightech", "ict", "intersectoraal",
    "life-sciences", "logistiek", "maritiem", "onderwijs", "techniek", "tuinbouw", "water", "zorg",
]  # fmt: skip
EducationLevel = Literal["po", "vmbo", "vo", "mbo", "hbo", "wo", "post-initieel"]
Province = Literal[
    "Drenthe", "Flevoland", "Friesland", "Gelderland", "Groningen", "Limburg", "Noord-Brabant",
    "Noord-Holland", "Overijssel", "Utrecht", "Zeeland", "Zuid-Holland",
]  # fmt: skip
Intervention = Literal[
    "campus", "community", "docentprofessionalisering", "erkenning-vaardigheden", "leerwerkplek", "llo",
    "loket", "makerspace", "matching", "omscholing", "onderzoeksprogramma", "other", "pps",
    "promotie-techniek",
]  # fmt: skip


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Model):
    """Where a fact of a record is written.

    Attributes:
        supports: record fields the source supports, sometimes with a detail ("figures 160").
    """

    title: Text
    url: Url | None = None
    publisher: Text | None = None
    year: Year | None = None
    supports: tuple[Text, ...] = ()


class Record(_Model):
    """One agenda, programme or initiative; one organisation is one record.

    Attributes:
        summary: two to four full sentences that say what it is; each can be quoted on its own.
        figures: each a phrase with its value, unit and, when the source is dated, its year.
        offer: our reading of what a source makes possible for an applicant, not a promise.
        status_note: what the newest evidence says about the status.
        as_of: year of the newest evidence.
        contact_route: office or role to ask, never a private person.
        part_of: ids of the agendas it belongs to.
        related: ids of records to weigh beside it.
        successors: ids of records that took over when this one ended.
    """

    id: RecordId
    name: Text
    aliases: tuple[Text, ...] = ()
    kind: RecordKind
    interventions: tuple[Intervention, ...] = ()
    status: RecordStatus
    status_note: Text
    start_year: Year | None = None
    end_year: Year | None = None
    period: Text | None = None
    as_of: Year | None = None
    confidence: Confidence
    summary: Text
    offer: Text
    scope: Scope
    region: Text | None = None
    provinces: tuple[Province, ...] = ()
    municipalities: tuple[Text, ...] = ()
    sectors: tuple[Sector, ...]
    education_levels: tuple[EducationLevel, ...] = ()
    target_groups: tuple[Text, ...] = ()
    themes: tuple[Text, ...] = ()
    routes: tuple[Text, ...] = ()
    financing: tuple[Text, ...] = ()
    figures: tuple[Text, ...] = ()
    coordinator: Text | None = None
    partners: tuple[Text, ...] = ()
    part_of: tuple[RecordId, ...] = ()
    related: tuple[RecordId, ...] = ()
    successors: tuple[RecordId, ...] = ()
    physical_location: bool | None = None
    website: Url | None = None
    contact_route: Text | None = None
    sources: tuple[Source, ...] = Field(min_length=1)

    @property
    def is_hca(self) -> bool:
        """True for an agenda or programme, False for an initiative."""
        return self.kind != "initiative"

    def field_texts(self, field: str) -> tuple[str, ...]:
        """Literal texts of one field, one per list item; empty when the field is empty."""
        value = getattr(self, field)
        if value is None or value == ():
            return ()
        if isinstance(value, tuple):
            return tuple(str(item) for item in value)
        return (str(value),)


CoverageLevel = Literal["sub-regional", "regional", "provincial", "supra-provincial", "national"]


class Coverage(_Model):
    """Which municipalities one agenda covers.

    Attributes:
        municipalities: names as in gemeenten.csv; empty when whole provinces take part.
        provinces: provinces that take part as a whole.
        labour_market_regions: regions that lie in the area as a whole.
        labour_market_regions_partial: regions that lie in it in part.
        umbrella: ids of larger agendas this one fits in.
        basis: `bron` when a source names the members, `afgeleid` when they follow from the CBS division.
        only_sectors: when not empty, the entry holds for these sectors only.
    """

    id: RecordId
    level: CoverageLevel
    municipalities: tuple[Text, ...] = ()
    provinces: tuple[Province, ...] = ()
    labour_market_regions: tuple[Text, ...] = ()
    labour_market_regions_partial: tuple[Text, ...] = ()
    umbrella: tuple[RecordId, ...] = ()
    basis: Literal["bron", "afgeleid", "eigen-kennis"]
    only_sectors: tuple[Sector, ...] = ()
    sources: tuple[Source, ...] = ()
    note: Text | None = None
