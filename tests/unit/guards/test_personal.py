"""Personal data: forms and check digits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.guards.personal import find_personal_data, is_bsn, is_iban, mask_personal_data


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        pytest.param("111222333", True, id="passes"),
        pytest.param("123456782", True, id="passes too"),
        pytest.param("123456789", False, id="fails"),
        pytest.param("000000000", False, id="zeros are nobody"),
        pytest.param("1234567821", False, id="ten digits"),
    ],
)
def test_eleven_test(digits: str, expected: bool) -> None:
    assert is_bsn(digits) is expected


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        pytest.param("NL91 ABNA 0417 1643 00", True, id="dutch, in groups"),
        pytest.param("DE89370400440532013000", True, id="german"),
        pytest.param("NL91 ABNA 0417 1643 01", False, id="one digit wrong"),
        pytest.param("NL91", False, id="too short"),
    ],
)
def test_mod_97(account: str, expected: bool) -> None:
    assert is_iban(account) is expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Projectnummer 111222333 loopt.", id="project number that passes the 11-test"),
        pytest.param("KvK 12345678 en RSIN 123456782", id="chamber of commerce and tax number"),
        pytest.param("Het kost 123.456.782 euro.", id="amount that passes the 11-test"),
        pytest.param("Nummer 123456789 deed mee.", id="nine digits that fail the 11-test"),
        pytest.param("Van 2019-2023 en 2024 tot 2030", id="years"),
        pytest.param("Wij zitten in 8232 AB Lelystad.", id="postcode without house number"),
        pytest.param("In 2022 EU 12 landen", id="year, union and a number"),
        pytest.param("Rekening NL91 ABNA 0417 1643 01", id="account that fails mod 97"),
        pytest.param("Deel 1/2, pagina 10-20, 0,5 fte", id="small numbers"),
        pytest.param("Dossier 0612345678", id="dossier that looks like a telephone number"),
    ],
)
def test_harmless_numbers_stay(text: str) -> None:
    assert mask_personal_data(text).text == text


@given(st.integers(0, 10**9 - 1))
def test_a_citizen_number_is_masked_exactly_when_it_passes(number: int) -> None:
    digits = f"{number:09d}"
    found = any(d.kind == "bsn" for d in find_personal_data(f"Deelnemer {digits} komt."))

    assert found is is_bsn(digits)


@given(st.text(alphabet="0123456789 .-+()NLABab@\n", max_size=120))
def test_pieces_are_in_order_and_apart(text: str) -> None:
    found = find_personal_data(text)

    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= d.start < d.end <= len(text) for d in found)
