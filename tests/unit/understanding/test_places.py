"""Places are recognised by name, other name, derived word or misspelling, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.understanding.places import needs_asking
from tests.unit.understanding.places_support import found, geography, recogniser


@pytest.mark.parametrize("name", [pytest.param(n, id=n) for n in geography().municipalities])
def test_every_municipality_is_found_by_its_name(name: str) -> None:
    (place,) = recogniser().find(f"Ons bedrijf is gevestigd in {name}.").places

    readings = (place, *place.alternatives)
    assert (name,) in {reading.municipalities for reading in readings}


@pytest.mark.parametrize(
    "name",
    [*geography().provinces, *geography().areas],
)
def test_every_region_is_found_by_its_name(name: str) -> None:
    (place,) = recogniser().find(f"Wij werken in {name}.").places

    assert place.name == name
    assert place.municipalities


@pytest.mark.parametrize("name", [*geography().labour_market_regions])
def test_every_labour_market_region_is_found_when_named_as_one(name: str) -> None:
    (place,) = recogniser().find(f"Wij werken in de arbeidsmarktregio {name}.").places

    assert (place.kind, place.name) == ("labour_market_region", name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("wij zitten in zaltbommel", ["municipality:Zaltbommel"], id="lower case"),
        pytest.param("WIJ ZITTEN IN ZALTBOMMEL", ["municipality:Zaltbommel"], id="capitals only"),
        pytest.param("Noord Holland", ["province:Noord-Holland"], id="space for hyphen"),
        pytest.param("in Noordholland", ["province:Noord-Holland"], id="written as one"),
        pytest.param("in ’s-Hertogenbosch", ["municipality:'s-Hertogenbosch"], id="typographic apostrophe"),
        pytest.param("in den bosch", ["municipality:'s-Hertogenbosch"], id="short form"),
        pytest.param("in Ljouwert", ["municipality:Leeuwarden"], id="frisian"),
        pytest.param("in Flushing", ["municipality:Vlissingen"], id="english"),
        pytest.param("in Krimpen a/d IJssel", ["municipality:Krimpen aan den IJssel"], id="river shortened"),
        pytest.param("in St. Anthonis", ["settlement:Sint Anthonis"], id="saint shortened"),
        pytest.param("Vlaardingse bedrijven", ["municipality:Vlaardingen"], id="adjective by rule"),
        pytest.param("Haagse bedrijven", ["municipality:Den Haag"], id="irregular adjective"),
        pytest.param("Apeldoorners zonder werk", ["municipality:Apeldoorn"], id="inhabitants"),
        pytest.param("Tilburgs idee", ["municipality:Tilburg"], id="genitive"),
        pytest.param("de Waalwijkregio", ["municipality:Waalwijk"], id="glued to a common end"),
        pytest.param("Bergen op Zoom", ["municipality:Bergen op Zoom"], id="longest name wins"),
        pytest.param("Noord- en Zuid-Limburg", ["area:Noord-Limburg", "area:Zuid-Limburg"], id="cut short"),
        pytest.param("in heel Nederland", ["country:Nederland"], id="whole country"),
        pytest.param(
            "in Wierden, Almelo en Borne",
            ["municipality:Wierden", "municipality:Almelo", "municipality:Borne"],
            id="list",
        ),
    ],
)
def test_names_and_their_variants_are_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("een school in Doetichem", "Doetinchem", id="letter dropped"),
        pytest.param("een school in doetinhcem", "Doetinchem", id="letters swapped, lower case"),
        pytest.param("een school in Veenendal", "Veenendaal", id="vowel dropped"),
        pytest.param("een school in krimpen aan de ijsel", "Krimpen aan den IJssel", id="phrase"),
        pytest.param("een school in Katwjik", "Katwijk", id="ij turned round"),
    ],
)
def test_misspelt_names_are_mended_and_marked(text: str, name: str) -> None:
    (place,) = recogniser().find(text).places

    assert (place.name, place.is_corrected) == (name, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ons bedrijf zit in Best", ["municipality:Best"], id="capital and preposition"),
        pytest.param("Wat werkt het best", [], id="plain word"),
        pytest.param("De gemeente Huizen", ["municipality:Huizen"], id="noun before it"),
        pytest.param("We isoleren huizen", [], id="plural in lower case"),
        pytest.param("Bedrijven die kampen met tekorten", [], id="verb"),
        pytest.param("In Zorg en Handel", [], id="sector with a capital"),
        pytest.param("In de wijk", [], id="article and noun"),
        pytest.param("wij wonen in putten", ["municipality:Putten"], id="lower case with a clear frame"),
        pytest.param("Werk in Leek (Groningen)", ["settlement:Leek"], id="province behind it"),
        pytest.param(
            "Oss, Uden en Veghel", ["municipality:Oss", "settlement:Uden", "settlement:Veghel"], id="list"
        ),
    ],
)
def test_names_that_are_words_need_evidence(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Mevrouw Van Dongen belde", id="title and surname"),
        pytest.param("Kees van Deventer belde", id="first name and surname"),
        pytest.param("Ons kantoor aan de Goudse Singel", id="street"),
        pytest.param("Wij bakken Limburgse vlaai", id="product"),
        pytest.param("Is dat haagse bluf?", id="saying"),
        pytest.param("", id="empty"),
        pytest.param("?! ...", id="no words"),
    ],
)
def test_other_uses_of_a_name_are_no_place(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "known",
    [pytest.param("Hogeschool Rotterdam", id="name"), pytest.param((13, 33), id="offsets")],
)
def test_places_inside_known_names_do_not_count(known: str | tuple[int, int]) -> None:
    assert found("Met steun van Hogeschool Rotterdam in Delft", known) == ["municipality:Delft"]


def test_a_known_name_that_is_a_place_still_counts() -> None:
    assert found("Wij zitten in Twente", "Twente") == ["area:Twente"]


@pytest.mark.parametrize(
    ("text", "places", "foreign"),
    [
        pytest.param("Wij zitten in Antwerpen", [], ("Antwerpen",), id="city"),
        pytest.param("Een Belgische school", [], ("België",), id="adjective"),
        pytest.param("Bij Venlo, aan de Duitse grens", ["municipality:Venlo"], (), id="border"),
        pytest.param("Oekraïense vluchtelingen in Ede", ["municipality:Ede"], (), id="people"),
        pytest.param("Vluchtelingen uit Syrië", [], (), id="origin of people"),
        pytest.param("Lessen in het Engels", [], (), id="language"),
        pytest.param("Venlo en Keulen", ["municipality:Venlo"], ("Keulen",), id="both"),
    ],
)
def test_places_abroad_are_told_apart(text: str, places: list[str], foreign: tuple[str, ...]) -> None:
    assert found(text) == places
    assert recogniser().find(text).foreign == foreign


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        pytest.param("in Bergen", True, id="two municipalities"),
        pytest.param("in Utrecht", False, id="city and its province"),
        pytest.param("in Hengelo", False, id="city and a village elsewhere"),
        pytest.param("in Bergen in Limburg", False, id="said which one"),
    ],
)
def test_only_real_doubt_needs_asking(text: str, asks: bool) -> None:
    (place,) = recogniser().find(text).places

    assert needs_asking(place) is asks


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(max_size=200))
def test_any_text_is_read_and_offsets_hold(text: str) -> None:
    for place in recogniser().find(text).places:
        assert text[place.start : place.end] == place.surface


@settings(deadline=None)  # a busy machine is no failure
@given(
    st.lists(st.sampled_from(sorted(geography().municipalities)), min_size=1, max_size=4, unique=True),
    st.sampled_from(["Wij zitten in {}.", "Bedrijven uit {} doen mee", "Is er iets bij {}?"]),
)
def test_places_come_in_reading_order_with_their_surface(names: list[str], pattern: str) -> None:
    text = pattern.format(" en in ".join(names))
    places = recogniser().find(text).places

    assert [place.start for place in places] == sorted(place.start for place in places)
    assert all(text[place.start : place.end] == place.surface for place in places)
    assert all(set(place.provinces) <= set(geography().provinces) for place in places)
