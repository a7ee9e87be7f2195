"""A proposal is told from what people hand in by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.proposal.admission import score_of
from assistant.proposal.criteria import Criteria
from assistant.proposal.reading import read_proposal
from tests.unit.proposal.samples import OTHERS, PROPOSALS, Sample, write_md

SHORT = Sample(
    "",
    (("", ("Wij willen in Lelystad drijvende zonneparken bouwen en leiden daarvoor 40 mbo-studenten op.",)),),
)
MINUTES = Sample(
    "Notulen van 4 april",
    (
        (
            "",
            (
                "Aanwezig: drie leden. De voorzitter opent de vergadering.",
                "Actiepunten: iemand belt het mbo over de open dag.",
            ),
        ),
    ),
)
NEWS = Sample(
    "Meer mbo-studenten",
    (("", ("Het aantal studenten in de techniek steeg, meldt de MBO Raad. Werkgevers zijn blij.",)),),
)


@pytest.mark.parametrize(
    "sample", [*(pytest.param(s, id=n) for n, s in PROPOSALS.items()), pytest.param(SHORT, id="one sentence")]
)
def test_proposals_are_proposals(sample: Sample, criteria: Criteria, tmp_path: Path) -> None:
    read = read_proposal(write_md(sample, tmp_path))

    assert score_of(read.sentences, read.headings, criteria.gate).is_proposal


@pytest.mark.parametrize(
    "sample",
    [
        *(pytest.param(s, id=n) for n, s in OTHERS.items()),
        pytest.param(MINUTES, id="minutes"),
        pytest.param(NEWS, id="news"),
    ],
)
def test_other_documents_are_not(sample: Sample, criteria: Criteria, tmp_path: Path) -> None:
    read = read_proposal(write_md(sample, tmp_path))

    assert not score_of(read.sentences, read.headings, criteria.gate).is_proposal


def test_our_own_summary_of_the_handreiking_is_not(criteria: Criteria) -> None:
    corpus = Path(__file__).resolve().parents[3] / "corpus" / "documents"
    read = read_proposal(corpus / "handreiking-talent-voor-innovatie.pdf")

    assert not score_of(read.sentences, read.headings, criteria.gate).is_proposal
