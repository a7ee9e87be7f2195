"""The cue language: words, gaps and detectors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ConfigurationError
from assistant.proposal.cues import compile_cues
from assistant.understanding.text import fold


@pytest.mark.parametrize(
    ("cue", "text", "hits"),
    [
        pytest.param("krapte", "De krapte is groot.", True, id="word itself"),
        pytest.param("krapte", "De krapteindicator stijgt.", False, id="word does not hold a longer one"),
        pytest.param("vacature*", "Er zijn vacatures.", True, id="start of a word"),
        pytest.param("*tekort*", "Het personeelstekort groeit.", True, id="part of a word"),
        pytest.param("na afloop", "Na  afloop betalen zij.", True, id="two words side by side"),
        pytest.param("na afloop", "Na een lange afloop.", False, id="words apart are not side by side"),
        pytest.param(
            "sluit* .. aan", "Wij sluiten met ons plan aan bij de agenda.", True, id="gap of a few words"
        ),
        pytest.param(
            "sluit* .. aan",
            "Wij sluiten, en dat doen wij na lang nadenken met zijn allen, ook aan.",
            False,
            id="gap too wide",
        ),
        pytest.param("in-kind", "Een bijdrage in kind.", True, id="hyphen or space"),
        pytest.param("<number>", "Wij zoeken 40 mensen.", True, id="number"),
        pytest.param("<number>", "Dat gebeurt in 2028.", False, id="year is no number"),
        pytest.param("<number>", "Op mbo-niveau 4.", False, id="level is no number"),
        pytest.param("<number>", "Er zijn 11.200 vacatures.", True, id="thousands"),
        pytest.param("<number>", "Er zijn tweehonderd vacatures.", True, id="number in words"),
        pytest.param("<year>", "In 2028.", True, id="year"),
        pytest.param("<money>", "Dat kost € 300.000.", True, id="money"),
        pytest.param("<percent>", "Dat is 28%.", True, id="share"),
    ],
)
def test_cue(cue: str, text: str, hits: bool) -> None:
    assert compile_cues([cue], where="test").hits(fold(text)) is hits


def test_fact_is_looked_up() -> None:
    cues = compile_cues(["<place>"], where="test")

    assert cues.hits("een zin", {"place"})
    assert not cues.hits("een zin", {"record"})


@pytest.mark.parametrize("cue", ["<nummer>", ".. aan", "sluit ..", " "])
def test_wrong_cue_is_refused(cue: str) -> None:
    with pytest.raises(ConfigurationError, match=r"criteria\.yaml"):
        compile_cues([cue], where="criteria.yaml")


@given(st.text(max_size=200))
def test_spans_lie_in_the_text_and_are_what_hits_says(text: str) -> None:
    cues = compile_cues(["<number>", "vacature*", "sluit* .. aan"], where="test")
    folded = fold(text)

    spans = cues.spans(folded)

    assert all(0 <= start < end <= len(folded) for start, end in spans)
    assert bool(spans) == cues.hits(folded)
