"""The last check: a claim its citations do not carry is not shown."""

from __future__ import annotations

import pytest

from assistant.answering.draft import Draft
from assistant.answering.groundedness import check_draft
from assistant.domain.match import Advice, Evidence
from assistant.grounding.checker import ClaimChecker
from tests.support.builders import match, record
from tests.support.library import draft, guide, library, texts
from tests.support.small import checker

ITEM = record("streek", region="Kust", figures=("160 leerplekken (2024)",))


def claimed(text: str, field: str = "figures", quote: str = "160 leerplekken (2024)") -> Draft:
    made = draft(library(ITEM))
    made.frame("Dit is bekend:", "answer")
    made.claim(text, (Evidence("record", "streek", field, quote),), "answer")
    return made


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        pytest.param("Streek: 160 leerplekken (2024).", True, id="says what the source says"),
        pytest.param("Streek: 999 leerplekken (2024).", False, id="another number"),
        pytest.param("Streek: 160 leerplekken (2031).", False, id="another year"),
    ],
)
def test_claim_is_kept_only_when_its_source_carries_it(text: str, is_kept: bool) -> None:
    made = claimed(text)

    dropped = check_draft(made, checker())

    assert dropped == (not is_kept)
    assert [s.text for s in made.sentences] == (["Dit is bekend:", text] if is_kept else [])


@pytest.mark.parametrize(
    ("lead", "claim", "kept"),
    [
        pytest.param("Dit is bekend.", "Streek: 999 leerplekken.", ["Dit is bekend."], id="a sentence stays"),
        pytest.param("Dit is bekend:", "Streek: 999 leerplekken.", [], id="a lead-in to nothing goes"),
    ],
)
def test_frames_have_no_verdict_and_announce_something(lead: str, claim: str, kept: list[str]) -> None:
    made = draft(library(ITEM))
    made.frame(lead, "abstain")
    made.claim(claim, (Evidence("record", "streek", "figures", "160 leerplekken (2024)"),), "answer")
    made.frame("Wilt u meer weten?", "more")

    check_draft(made, checker())

    assert [(s.text, s.verdict) for s in made.sentences] == [
        (text, None) for text in [*kept, "Wilt u meer weten?"]
    ]


FULL = record(
    "streek",
    region="Kust",
    sectors=("zorg", "agrofood"),
    education_levels=("mbo",),
    coordinator="de provincie",
    partners=("Hogeschool Kust",),
    financing=("geld van het Rijk",),
    contact_route="het programmateam van Kust",
)
WORDINGS = [
    pytest.param(
        "record.sectors",
        "sectors",
        "agrofood",
        {"name": "Streek", "value": "landbouw en voeding"},
        id="sector",
    ),
    pytest.param("record.contact", "contact_route", None, {}, id="contact route"),
    pytest.param("record.coordinator", "coordinator", None, {"name": "Streek"}, id="coordinator"),
    pytest.param("record.partners", "partners", None, {"name": "Streek"}, id="partners"),
    pytest.param("record.financing", "financing", None, {"name": "Streek"}, id="financing"),
    pytest.param("record.levels", "education_levels", None, {"name": "Streek"}, id="levels"),
    pytest.param("record.region", "region", None, {"name": "Streek"}, id="region"),
    pytest.param("advice.join_region", "region", None, {"name": "Streek", "region": "Kust"}, id="join"),
    pytest.param("advice.ask_region", "region", None, {"name": "Streek", "region": "Kust"}, id="ask"),
]


@pytest.mark.parametrize(("path", "field", "item", "values"), WORDINGS)
def test_wording_of_a_field_is_carried_by_the_field(
    path: str, field: str, item: str | None, values: dict[str, str]
) -> None:
    quote = item or FULL.field_texts(field)[0]
    made = draft(library(FULL))
    made.claim(
        texts()(path, **{"value": quote, **values}), (Evidence("record", "streek", field, quote),), "a"
    )

    assert check_draft(made, checker()) == 0


@pytest.mark.parametrize("path", ["advice.join_national", "advice.ask_national", "write.we_join_national"])
def test_national_scope_reads_as_the_whole_country(path: str) -> None:
    made = draft(library(record("landelijk")))
    made.claim(texts()(path, name="Landelijk"), (Evidence("record", "landelijk", "scope", "national"),), "a")

    assert check_draft(made, checker()) == 0


@pytest.mark.parametrize("language", [pytest.param("nl", id="Dutch"), pytest.param("en", id="English")])
def test_literal_quote_is_supported_as_it_stands(language: str) -> None:
    made = draft(language=language)
    made.quote_passage(guide(), ["Zoek eerst wie er al is."], "answer")

    assert check_draft(made, checker()) == 0
    assert [s.verdict for s in made.sentences] == ["supported"]


def test_english_wording_is_checked_as_it_reads_in_dutch() -> None:
    english, made = texts("en"), draft(library(ITEM), "en")
    proof = (Evidence("record", "streek", "region", "Kust"),)
    made.claim(english("record.region", name="Streek", value="Kust"), proof, "answer")
    made.claim(english("record.region", name="Streek", value="Groningen"), proof, "answer")

    assert check_draft(made, checker()) == 1
    assert [s.text for s in made.sentences] == ["The area of Streek is Kust."]


@pytest.mark.parametrize(
    ("asked", "is_kept"),
    [
        pytest.param("Emmen", True, id="what the applicant asked needs no source"),
        pytest.param("", False, id="unless it was not asked"),
    ],
)
def test_place_that_was_asked_may_be_repeated(asked: str, is_kept: bool) -> None:
    made = draft(library(ITEM))
    text = texts()("why_not.region", name="Streek", found="Kust", asked="Emmen")

    made.claim(text, (Evidence("record", "streek", "region", "Kust"),), "answer", asked=asked)

    assert check_draft(made, ClaimChecker(places=("Emmen",))) == (not is_kept)


VERBAL = record("verbaal", name="Talent trekken (programma Kust van Zee)", region="Zeeland")


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        pytest.param("Wij sluiten aan bij {name}, met als werkgebied Zeeland.", True, id="verb in a name"),
        pytest.param("Wij sluiten aan bij {name}, met als werkgebied Drenthe.", False, id="another region"),
        pytest.param("Wij sluiten aan bij Noorderpact, werkgebied Zeeland.", False, id="another name"),
    ],
)
def test_words_inside_a_name_say_nothing_by_themselves(text: str, is_kept: bool) -> None:
    made = draft(library(VERBAL))
    made.advice = Advice(((match(VERBAL), "join"),), (), ())
    made.claim(text.format(name=VERBAL.name), (Evidence("record", "verbaal", "region", "Zeeland"),), "write")

    assert check_draft(made, checker()) == (not is_kept)
