"""Verdicts per criterion: proof, denial, intention, headings and neighbours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.proposal.criteria import Criteria
from assistant.proposal.judge import Judgement, part_verdict, without_replaced

Judged = Callable[..., dict[str, Judgement]]
NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("criterion", "text", "names", "verdict"),
    [
        pytest.param(
            "labour-market",
            "UWV telt 640 openstaande vacatures voor elektriciens.",
            NOTHING,
            "present",
            id="shortage with a number",
        ),
        pytest.param(
            "labour-market",
            "Goede elektriciens zijn schaars door de krapte.",
            NOTHING,
            "weak",
            id="shortage without a number",
        ),
        pytest.param(
            "labour-market",
            "De turbine levert 4 megawatt.",
            NOTHING,
            "missing",
            id="number without a shortage",
        ),
        pytest.param(
            "regional-figures",
            "In Drenthe zijn 300 vacatures.",
            frozenset({"place"}),
            "present",
            id="figure of a region",
        ),
        pytest.param(
            "regional-figures",
            "Landelijk zijn er 9.000 vacatures.",
            NOTHING,
            "weak",
            id="national figure only",
        ),
        pytest.param(
            "people-needed", "Wij hebben 25 lassers nodig.", NOTHING, "present", id="people and number"
        ),
        pytest.param(
            "people-needed", "Wij hebben veel lassers nodig.", NOTHING, "weak", id="people without a number"
        ),
        pytest.param(
            "people-needed",
            "Hoeveel van de 25 lassers nodig zijn, is nog onbekend.",
            NOTHING,
            "weak",
            id="put off",
        ),
        pytest.param(
            "talked-to-hca",
            "Wij hebben gesproken met de human capital agenda.",
            NOTHING,
            "present",
            id="talk took place",
        ),
        pytest.param(
            "talked-to-hca",
            "Met de human capital agenda is nog geen gesprek gevoerd.",
            NOTHING,
            "weak",
            id="talk denied",
        ),
        pytest.param(
            "talked-to-hca",
            "Wij gaan in gesprek met de human capital agenda.",
            NOTHING,
            "weak",
            id="talk only meant",
        ),
        pytest.param(
            "talked-to-hca",
            "Wij hebben gesproken met drie bakkers.",
            NOTHING,
            "missing",
            id="talk with others",
        ),
        pytest.param(
            "joins-existing",
            "Wij sluiten aan bij de bestaande campus.",
            NOTHING,
            "present",
            id="joins what exists",
        ),
        pytest.param(
            "joins-existing",
            "Wij sluiten nergens bij aan en kijken niet naar de bestaande campus.",
            NOTHING,
            "weak",
            id="joining denied",
        ),
        pytest.param(
            "joins-existing",
            "Wij werken samen met de makers van het gebouw.",
            NOTHING,
            "missing",
            id="working together is no joining",
        ),
        pytest.param(
            "joins-existing",
            "Wij werken samen met Techport.",
            frozenset({"record"}),
            "present",
            id="working with a known initiative is",
        ),
        pytest.param("commitments", "De bedrijven leggen 900 uur in.", NOTHING, "present", id="hours"),
        pytest.param(
            "commitments",
            "Bijdragen van partners moeten nog worden bepaald.",
            NOTHING,
            "weak",
            id="contribution put off",
        ),
        pytest.param(
            "small-firms", "Het mkb doet mee via de branche.", NOTHING, "present", id="small firms and how"
        ),
        pytest.param(
            "small-firms", "Ook het mkb is belangrijk.", NOTHING, "weak", id="small firms named only"
        ),
        pytest.param(
            "lasting",
            "Na afloop van het project betalen de bedrijven de cursus.",
            NOTHING,
            "present",
            id="who pays afterwards",
        ),
    ],
)
def test_verdict(judged: Judged, criterion: str, text: str, names: frozenset[str], verdict: str) -> None:
    assert judged(text, names=names)[criterion].verdict == verdict


def test_own_need_in_a_place_is_no_figure_of_the_region(judged: Judged) -> None:
    found = judged("Wij zoeken 30 operators in Zwolle.", names=frozenset({"place"}))

    assert found["regional-figures"].verdict == "missing"


def test_number_in_the_next_sentence_counts(judged: Judged) -> None:
    found = judged("De arbeidsmarkt in de techniek is krap.", "Er waren 1.200 plekken niet bezet.")[
        "labour-market"
    ]

    assert found.verdict == "present"
    assert [s.text for s in found.sentences] == [
        "De arbeidsmarkt in de techniek is krap.",
        "Er waren 1.200 plekken niet bezet.",
    ]


def test_denial_in_another_sentence_does_not_weaken(judged: Judged) -> None:
    texts = ("Met de human capital agenda is het plan besproken.", "Het gebouw is nog niet klaar.")

    assert judged(*texts)["talked-to-hca"].verdict == "present"


def test_proof_beats_a_denial_elsewhere(judged: Judged) -> None:
    texts = (
        "Met de human capital agenda van de sector is nog geen gesprek gevoerd.",
        "Met de regionale agenda hebben wij in mei gesproken.",
    )

    assert judged(*texts)["talked-to-hca"].verdict == "present"


def test_activity_under_cooperation_is_no_figure_of_the_region(judged: Judged) -> None:
    text = "In de regio zijn 80 studenten betrokken."

    assert judged(text, heading="Samenwerking")["regional-figures"].verdict == "missing"
    assert judged(text, heading="Analyse")["regional-figures"].verdict == "present"


def test_argued_gap_takes_the_place_of_joining(judged: Judged) -> None:
    found = judged(
        "Wij hebben de bestaande initiatieven bekeken: geen van deze vult de leemte in de zeewierteelt."
    )
    kept = {
        j.criterion.text.id
        for j in without_replaced([j for j in found.values() if j.criterion.part == "samenwerking"])
    }

    assert found["unique-gap"].verdict == "present"
    assert "unique-gap" in kept
    assert "joins-existing" not in kept


def test_part_without_anything_is_missing(judged: Judged) -> None:
    found = judged("De turbine draait.")

    assert part_verdict([j for j in found.values() if j.criterion.part == "analyse"]) == "missing"


def test_meaning_alone_never_proves(criteria: Criteria, judged: Judged) -> None:
    from assistant.proposal.facts import ProposalFacts, SentenceFacts
    from assistant.proposal.judge import judge
    from assistant.proposal.reading import ProposalSentence

    sentence = ProposalSentence("Ondernemers krijgen hun ploegen niet rond.", None, 0, (), 0)
    found = judge([sentence], ProposalFacts((SentenceFacts(),)), criteria, by_meaning={"labour-market": {0}})

    assert found["labour-market"].verdict == "weak"
