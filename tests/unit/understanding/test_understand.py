from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.domain.question import Conversation, Turn, Understanding
from tests.unit.understanding.question_support import understander

UNDERSTANDER = understander()


def ask(*turns: str, recommended: Sequence[str] = (), asked_back: str | None = None) -> Understanding:
    conversation = Conversation()
    for text in turns[:-1]:
        found = UNDERSTANDER.understand(text, conversation)
        conversation = conversation.then(Turn(found, tuple(recommended), asked_back))
    return UNDERSTANDER.understand(turns[-1], conversation)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        pytest.param("Goedemorgen!", "greeting", id="greeting"),
        pytest.param("Hartelijk dank", "thanks", id="thanks"),
        pytest.param("Wie bent u?", "about_assistant", id="about the assistant"),
        pytest.param("Wat betekent LLO?", "definition", id="definition"),
        pytest.param("Vertel over Staalhart Opleidingshuis", "about_record", id="about a record"),
        pytest.param("Wie betaalt Staalhart Opleidingshuis?", "financing", id="financing"),
        pytest.param("Waarom niet Staalhart Opleidingshuis?", "why_not", id="why not"),
        pytest.param("Verschil tussen SOH en Zonnelab?", "compare", id="compare"),
        pytest.param("Klopt het dat dit verplicht is?", "check_claim", id="check a claim"),
        pytest.param("Hoeveel technische vacatures zijn er?", "figure", id="figure"),
        pytest.param("Welke regionale agenda geldt in Breda?", "find_regional_hca", id="regional agenda"),
        pytest.param("Welke sectorale agenda gaat over chemie?", "find_sectoral_hca", id="sectoral agenda"),
        pytest.param("Welke campus leidt lassers op?", "find_initiative", id="initiative"),
    ],
)
def test_intent(question: str, intent: str) -> None:
    assert ask(question).intent == intent


def test_facets_of_a_plan() -> None:
    found = ask("Wij willen in Twente statushouders op het mbo opleiden tot lasser")

    assert [place.name for place in found.places] == ["Twente"]
    assert "techniek" in found.sector_ids
    assert "mbo" in {facet.value for facet in found.education_levels}
    assert "statushouders" in {facet.value for facet in found.target_groups}


def test_english_questions_get_the_same_facets() -> None:
    found = ask("We want to retrain refugees as nurses")

    assert (found.language, found.sector_ids) == ("en", ("zorg",))
    assert "statushouders" in {facet.value for facet in found.target_groups}


def test_a_denied_sector_does_not_count() -> None:
    assert "zorg" not in ask("Niet in de zorg maar in de bouw, in Breda").sector_ids


def test_abbreviations_are_written_out_in_the_query() -> None:
    found = ask("Is er een pps voor de bouw in Breda?")

    assert "publiek-private samenwerking" in found.query
    assert "publiek-private" not in found.question


def test_a_rejected_record_is_not_asked_for() -> None:
    found = ask("Niet bij Staalhart Opleidingshuis, liever een andere plek voor lassers in Breda")

    assert (found.records, found.rejected_records) == ((), ("staalhart",))


@pytest.mark.parametrize(
    ("question", "abstention"),
    [
        pytest.param("Schrijf een gedicht over de lente", "outside_subject", id="outside the subject"),
        pytest.param("Welke agenda geldt in Antwerpen?", "outside_netherlands", id="abroad"),
        pytest.param("Hoe groot is de kans dat ons voorstel wordt toegekend?", "no_source_says", id="odds"),
        pytest.param(
            "Wat verdient de directeur van Staalhart Opleidingshuis?", "no_source_says", id="private"
        ),
        pytest.param(
            "Klopt het dat het groeifonds in 2027 weer opengaat?", "false_premise", id="fund is closed"
        ),
        pytest.param("Hoe vraag ik STAP-budget aan?", "false_premise", id="takes for granted what ended"),
        pytest.param("qsdfg hjklm", "nonsense", id="mashed keyboard"),
        pytest.param("", "nonsense", id="empty"),
    ],
)
def test_abstention(question: str, abstention: str) -> None:
    assert ask(question).abstention == abstention


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Is STAP-budget gestopt?", id="asks whether it ended"),
        pytest.param(
            "Klopt het dat ronde 4 van het groeifonds is geschrapt?", id="what it takes for granted is so"
        ),
    ],
)
def test_no_false_premise(question: str) -> None:
    assert ask(question).abstention != "false_premise"


@pytest.mark.parametrize(
    ("question", "clarify"),
    [
        pytest.param(
            "Welke regionale agenda past bij ons plan?", "place", id="regional agenda without a place"
        ),
        pytest.param("Wij zoeken een partner", "need", id="nothing to rank on"),
        pytest.param("Welke agenda geldt in Bergen?", "which_place", id="ambiguous place"),
        pytest.param("Welke regionale agenda geldt in Breda?", None, id="all is said"),
    ],
)
def test_clarify(question: str, clarify: str | None) -> None:
    assert ask(question).clarify == clarify


def test_follow_up_replaces_the_place_only() -> None:
    found = ask("Wij willen in Twente lassers opleiden", "en in Drenthe?")

    assert [place.name for place in found.places] == ["Drenthe"]
    assert "techniek" in found.sector_ids
    assert "Twente" not in found.query
    assert {"sector", "intent"} <= set(found.carried_over)


def test_correction_replaces_the_sector_only() -> None:
    found = ask("Lassers in Breda", "sorry, verpleegkundigen")

    assert found.sector_ids == ("zorg",)
    assert [place.name for place in found.places] == ["Breda"]
    assert "assers" not in found.query


def test_whole_country_drops_the_place() -> None:
    found = ask("Een campus voor lassers in Breda", "liever iets voor het hele land")

    assert (found.places, found.national) == ((), True)


def test_pointing_at_a_recommendation() -> None:
    found = ask(
        "Een campus voor lassers in Breda", "wie betaalt de tweede?", recommended=("staalhart", "zonnekring")
    )

    assert (found.intent, found.records, found.carried_over) == ("financing", ("zonnekring",), ("record",))


def test_need_survives_a_turn_about_a_record() -> None:
    found = ask("Lassers opleiden in Breda", "wie betaalt dat?", "en in Drenthe?", recommended=("staalhart",))

    assert [place.name for place in found.places] == ["Drenthe"]
    assert "techniek" in found.sector_ids
    assert found.records == ()


def test_others_rejects_what_was_shown() -> None:
    found = ask("Een campus voor lassers in Breda", "zijn er nog andere?", recommended=("staalhart",))

    assert found.rejected_records == ("staalhart",)


def test_a_new_question_drops_the_old_one() -> None:
    found = ask("Lassers opleiden in Breda", "Welke initiatieven zijn er voor verpleegkundigen in Drenthe?")

    assert (found.sector_ids, found.carried_over) == (("zorg",), ())
    assert "Breda" not in found.query


def test_answer_to_which_place_picks_the_reading() -> None:
    found = ask("Welke agenda geldt in Bergen?", "die in Limburg", asked_back="Welk Bergen?")

    assert [place.name for place in found.places] == ["Bergen (L.)"]
    assert found.clarify is None


def test_a_question_is_embedded_once() -> None:
    seen: list[str] = []

    def embed(text: str) -> list[float]:
        seen.append(text)
        return [1.0] * 24

    from dataclasses import replace

    found = replace(UNDERSTANDER, embed_query=embed).understand(
        "Wij willen lassers opleiden in Breda via een pps"
    )

    assert seen == [found.query]


def test_long_input_is_cut_at_a_word() -> None:
    found = ask("lassers opleiden in Breda " * 1000)

    assert len(found.question) <= UNDERSTANDER.max_chars


@pytest.mark.parametrize(
    ("reply", "place"),
    [
        pytest.param("niet Breda maar Emmen", "Emmen", id="denied"),
        pytest.param("Tilburg", "Tilburg", id="bare name"),
    ],
)
def test_reply_with_a_place_alone(reply: str, place: str) -> None:
    found = ask("Lassers opleiden in Breda", reply)

    assert [p.name for p in found.places] == [place]
    assert "Breda" not in found.query


def test_a_place_goes_back_to_the_need_before_a_definition() -> None:
    found = ask("Welke campus leidt lassers op in Breda?", "Wat betekent LLO?", "en in Drenthe?")

    assert "techniek" in found.sector_ids
    assert [place.name for place in found.places] == ["Drenthe"]


def test_naming_another_sort_of_record_changes_what_is_looked_for() -> None:
    found = ask("Welke regionale agenda geldt in Breda?", "en welke initiatieven zijn er?")

    assert found.intent == "find_initiative"
    assert [place.name for place in found.places] == ["Breda"]


def test_counting_on_what_ended_is_a_false_premise() -> None:
    assert ask("Hoe schrijven wij ons volgende maand in voor STAP-budget?").abstention == "false_premise"


@pytest.mark.parametrize(
    ("turns", "places"),
    [
        pytest.param(
            ("Agenda in Breda", "en in Emmen?", "toch weer terug naar de eerste"), ["Breda"], id="back"
        ),
        pytest.param(("Zorg in Breda", "bedankt, en Emmen?"), ["Emmen"], id="thanks before a place"),
        pytest.param(
            ("Zorg in Breda", "nee niet Breda, gewoon heel Nederland"), [], id="denied for the country"
        ),
    ],
)
def test_place_after_a_turn(turns: tuple[str, ...], places: list[str]) -> None:
    assert [place.name for place in ask(*turns).places] == places


def test_place_abroad_in_a_follow_up_drops_the_one_before() -> None:
    found = ask("Agenda in Breda", "en in Antwerpen?")

    assert (found.places, found.abstention) == ((), "outside_netherlands")


def test_question_that_names_nothing_is_about_what_was_recommended() -> None:
    found = ask("Welke agenda geldt in Breda?", "hoeveel legt de provincie in?", recommended=["zonnelab"])

    assert found.records == ("zonnelab",)


def test_figure_about_the_labour_market_is_not_about_what_was_recommended() -> None:
    found = ask(
        "Welke agenda geldt in Breda?", "hoeveel vacatures zijn er in Nederland?", recommended=["zonnelab"]
    )

    assert found.records == ()


def test_agenda_for_people_of_every_sector_needs_a_place() -> None:
    assert ask("Wij zoeken een agenda voor onze technici").clarify == "place"
