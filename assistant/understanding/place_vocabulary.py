"""The maintained word lists of the place recogniser: their shape, and how they are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError
from assistant.understanding.geography_rows import parse_yaml, read_corpus_text
from assistant.understanding.place_tokens import fold

NAMES_FILE = "gazetteer/place_names.yaml"
WORDS_FILE = "gazetteer/place_words.yaml"
CUES_FILE = "gazetteer/place_cues.yaml"
FOREIGN_FILE = "gazetteer/foreign.yaml"
LOOKALIKES_FILE = "gazetteer/place_lookalikes.txt"

Words = frozenset[str]
M = TypeVar("M", bound=BaseModel)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PlaceNames(_Model):
    """Other names and irregular derived words, by official name; `glued_ends` may be stuck to a name."""

    aliases: dict[str, tuple[str, ...]]
    forms: dict[str, tuple[str, ...]]
    glued_ends: tuple[str, ...]


class PlaceWords(_Model):
    """Names that are also words, by how much evidence they need; the file explains each list."""

    soft: tuple[str, ...]
    strong: tuple[str, ...]
    function: tuple[str, ...]
    rare: tuple[str, ...]
    ignored: tuple[str, ...]


class PlaceCues(_Model):
    """Words around a name, all folded; see the file for the meaning of each list."""

    prepositions: Words
    loose_prepositions: Words
    close_prepositions: Words
    proximity: Words
    nouns: dict[str, Words]
    nouns_behind: dict[str, Words]
    fillers: Words
    locative: Words
    clause_openers: Words
    singular_verbs: Words
    coordinators: Words
    qualifiers: Words
    titles: Words
    surname_links: Words
    first_names: Words
    streets: Words
    expressions: tuple[str, ...]
    national: tuple[str, ...]
    not_national: Words
    foreign_not_places: Words


class ForeignPlace(_Model):
    """A place outside the European Netherlands; `word` when the name is also a Dutch word."""

    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    word: bool = False


class _Foreign(_Model):
    places: tuple[ForeignPlace, ...]


class PlaceVocabulary(_Model):
    """All word lists; `lookalikes` are common words close to a place name, so never a misspelt place."""

    names: PlaceNames
    words: PlaceWords
    cues: PlaceCues
    foreign: tuple[ForeignPlace, ...]
    lookalikes: frozenset[str]


def load_place_vocabulary(corpus_root: Path) -> PlaceVocabulary:
    """Read the word lists under the corpus root.

    Raises:
        CorpusError: a file is missing or broken.
        ConfigurationError: a list has a wrong value.
    """
    lookalikes = read_corpus_text(corpus_root, LOOKALIKES_FILE).split("\n")
    return PlaceVocabulary(
        names=_read(corpus_root, NAMES_FILE, PlaceNames),
        words=_read(corpus_root, WORDS_FILE, PlaceWords),
        cues=_read(corpus_root, CUES_FILE, PlaceCues, folded=True),
        foreign=_read(corpus_root, FOREIGN_FILE, _Foreign).places,
        lookalikes=frozenset(line for line in lookalikes if line and not line.startswith("#")),
    )


def _read(corpus_root: Path, file: str, model: type[M], *, folded: bool = False) -> M:
    data = parse_yaml(read_corpus_text(corpus_root, file), file=file)
    try:
        return model.model_validate(_folded(data) if folded else data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "(whole file)"
        raise ConfigurationError(f"{file}: field {field}: {first['msg']}. Mend the file.") from error


def _folded(value: Any) -> Any:
    """Fold every text in lists, so that the lists compare with folded tokens; keys stay."""
    if isinstance(value, dict):
        return {key: _folded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_folded(item) for item in value]
    return fold(value) if isinstance(value, str) else value
