"""A whole check on the real catalogue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.domain.text import single_spaced
from assistant.proposal.check import ProposalChecker
from assistant.proposal.report import PARTS, ProposalReport
from tests.unit.proposal.samples import (
    COMPLETE,
    ENGLISH,
    NATIONAL_FIGURES,
    PROPOSALS,
    RECIPE,
    VAGUE,
    Sample,
    write_docx,
    write_md,
    write_pdf,
    write_txt,
)

pytestmark = pytest.mark.model


def check(checker: ProposalChecker, sample: Sample, folder: Path) -> ProposalReport:
    return checker.check_file(write_md(sample, folder))


def test_complete_proposal_has_all_parts(checker: ProposalChecker, tmp_path: Path) -> None:
    report = check(checker, COMPLETE, tmp_path)

    assert {part: report.part(part).verdict for part in PARTS} == dict.fromkeys(PARTS, "present")


@pytest.mark.parametrize(
    ("heading", "part"),
    [("Analyse", "analyse"), ("Interventies", "interventies"), ("Samenwerking", "samenwerking")],
)
def test_part_taken_out_is_no_longer_present(
    checker: ProposalChecker, heading: str, part: str, tmp_path: Path
) -> None:
    report = check(checker, COMPLETE.without(heading), tmp_path)

    assert {p: report.part(p).verdict for p in PARTS if report.part(p).verdict != "present"}.keys() == {part}


def test_same_verdicts_in_every_format(checker: ProposalChecker, tmp_path: Path) -> None:
    paths = [write(COMPLETE, tmp_path) for write in (write_pdf, write_docx, write_md, write_txt)]

    verdicts = [{part: r.part(part).verdict for part in PARTS} for r in map(checker.check_file, paths)]

    assert all(found == verdicts[0] for found in verdicts)


@pytest.mark.parametrize("name", list(PROPOSALS))
def test_evidence_stands_literally_on_its_page(checker: ProposalChecker, name: str, tmp_path: Path) -> None:
    import pypdf

    path = write_pdf(PROPOSALS[name], tmp_path)
    pages = [single_spaced(page.extract_text()) for page in pypdf.PdfReader(path).pages]
    report = checker.check_file(path)
    proofs = [proof for part in PARTS for c in report.part(part).criteria for proof in c.evidence]

    assert [proof for proof in proofs if proof.quote not in pages[(proof.page or 0) - 1]] == []


def test_every_criterion_says_who_asks_for_it(checker: ProposalChecker, tmp_path: Path) -> None:
    report = check(checker, VAGUE, tmp_path)
    criteria = [c for part in PARTS for c in report.part(part).criteria]

    assert [
        c.id for c in criteria if c.asked_by is None or c.asked_by != report.citations[c.asked_by.n - 1]
    ] == []


def test_evidence_and_verdict_agree(checker: ProposalChecker, tmp_path: Path) -> None:
    criteria = [c for part in PARTS for c in check(checker, VAGUE, tmp_path).part(part).criteria]

    assert [c.id for c in criteria if (c.verdict == "missing") != (c.evidence == ())] == []


def test_agenda_of_the_place_is_recommended_first(checker: ProposalChecker, tmp_path: Path) -> None:
    report = check(checker, COMPLETE, tmp_path)

    assert "Lelystad" in report.understanding.places
    assert "Flevoland" in report.recommendations[0].name


def test_national_figures_alone_give_a_warning(checker: ProposalChecker, tmp_path: Path) -> None:
    told = " ".join(check(checker, NATIONAL_FIGURES, tmp_path).warnings)
    not_told = " ".join(check(checker, COMPLETE, tmp_path).warnings)

    assert "landelijke cijfers" in told
    assert "landelijke cijfers" not in not_told


def test_ended_agenda_as_partner_gives_a_cited_warning(checker: ProposalChecker, tmp_path: Path) -> None:
    ended = next(
        r
        for r in checker.pipeline.library.records.values()
        if r.status == "ended" and r.kind == "regional_hca"
    )
    partners = ("Samenwerking", (f"Wij sluiten aan bij {ended.name} en spraken met het team daarvan.",))
    sample = Sample("Ons voorstel", (("Plan", ("Wij willen 40 monteurs opleiden op mbo-niveau.",)), partners))

    warnings = [w for w in check(checker, sample, tmp_path).warnings if ended.name in w]

    assert "gestopt" in warnings[0]
    assert "[" in warnings[0]


def test_proposal_for_the_closed_fund_is_told_so(checker: ProposalChecker, tmp_path: Path) -> None:
    sample = Sample(
        "Voorstel Nationaal Groeifonds", (("Plan", ("Wij willen in Drenthe 40 monteurs opleiden.",)),)
    )

    assert any(
        "mei 2024" in warning and "[" in warning for warning in check(checker, sample, tmp_path).warnings
    )


def test_proposal_without_a_place_gets_no_regional_agenda(checker: ProposalChecker, tmp_path: Path) -> None:
    sample = Sample(
        "Ons voorstel",
        (("Plan", ("Dit project ontwikkelt een batterij. Wij willen 40 monteurs opleiden.",)),),
    )

    report = check(checker, sample, tmp_path)

    assert [r.id for r in report.recommendations if r.kind == "regional_hca"] == []
    assert any("geen plaats" in warning for warning in report.warnings)


def test_recipe_is_no_proposal(checker: ProposalChecker, tmp_path: Path) -> None:
    report = check(checker, RECIPE, tmp_path)

    assert not report.is_proposal
    assert report.recommendations == ()
    assert "geen voorstel" in report.warnings[0]


def test_english_proposal_gets_an_english_report(checker: ProposalChecker, tmp_path: Path) -> None:
    report = check(checker, ENGLISH, tmp_path)

    assert report.language == "en"
    assert report.analyse.criteria[0].label == "Labour market figures"


def test_same_file_gives_the_same_report(checker: ProposalChecker, tmp_path: Path) -> None:
    first, second = (check(checker, COMPLETE, tmp_path).model_dump_json() for _ in range(2))

    assert first == second


def test_command_prints_one_json_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from assistant.cli import main

    code = main(["check-proposal", str(write_md(VAGUE, tmp_path)), "--json"])

    printed = json.loads(capsys.readouterr().out)
    assert code == 0
    assert {"file", "is_proposal", *PARTS, "recommendations", "understanding", "warnings"} <= printed.keys()


def test_command_refuses_a_broken_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from assistant.cli import main

    path = tmp_path / "kapot.pdf"
    path.write_bytes(b"%PDF-1.7 kapot")

    assert main(["check-proposal", str(path)]) == 2
    assert "kapot.pdf" in capsys.readouterr().err
