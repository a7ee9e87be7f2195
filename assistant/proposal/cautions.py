"""What an applicant should know besides: an ended partner, a partner elsewhere, a closed fund."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.answering.draft import Draft
from assistant.answering.standing import Standing
from assistant.domain.catalogue import Record
from assistant.domain.match import Evidence, Match
from assistant.domain.question import Language, Understanding
from assistant.proposal.criteria import Criteria
from assistant.proposal.cues import DETECTORS
from assistant.proposal.facts import ProposalFacts
from assistant.proposal.judge import Judgement
from assistant.proposal.reading import ProposalText
from assistant.understanding.text import fold

MAX_NAMED = 6
"""Named agendas and initiatives that get a warning each."""
_FUND = re.compile(r"\b(?:\w*groeifonds\w*|ngf|national growth fund)\b")
_NATIONAL = re.compile(
    r"\b(?:landelijk\w*|nederland|nationa(?:al|le)|heel het land|nationwide|national|in the netherlands)\b"
)
_NUMBER = re.compile(DETECTORS["number"])


class Cautions:
    """Writes warnings into a draft, each in a block of its own so that its markers can be found again."""

    def __init__(self, draft: Draft, criteria: Criteria, language: Language) -> None:
        self._draft = draft
        self._criteria = criteria
        self._language = language
        self.blocks: list[str] = []

    def _block(self) -> str:
        self.blocks.append(f"warning-{len(self.blocks) + 1}")
        return self.blocks[-1]

    def say(self, key: str, **values: object) -> None:
        """A warning without a fact from a source."""
        self._draft.frame(self._criteria.say(key, self._language, **values), self._block())

    def about_text(self, proposal: ProposalText) -> None:
        """Pages that could not be read."""
        if proposal.empty_pages:
            self.say("empty_pages", pages=", ".join(map(str, proposal.empty_pages)))

    def about_content(
        self,
        proposal: ProposalText,
        facts: ProposalFacts,
        judgements: Mapping[str, Judgement],
        understanding: Understanding,
    ) -> None:
        """What is missing as a whole."""
        if not understanding.places and not understanding.national:
            self.say("no_place")
        if all(j.verdict == "missing" for j in judgements.values()):
            self.say("no_talent")
        regional = judgements.get("regional-figures")
        if regional is not None and regional.verdict != "present" and _has_national_figures(proposal, facts):
            self.say("national_only")
        provinces = tuple(dict.fromkeys(p.provinces[0] for p in understanding.places if p.provinces))
        if len(provinces) > 1:
            self.say("more_regions", provinces=", ".join(provinces))

    def about_fund(self, proposal: ProposalText, standing: Standing) -> None:
        """The fund takes no new proposals."""
        if not _FUND.search(fold(f"{proposal.title} {' '.join(proposal.headings)} {proposal.text}")):
            return
        block = self._block()
        self._draft.frame(self._criteria.say("fund", self._language), block)
        if not standing.add(self._draft, "fund_closed", block):
            self._draft.sentences.pop()
            self.blocks.pop()
            return
        standing.add(self._draft, "still_useful", block)

    def about_named(
        self, named: Sequence[str], records: Mapping[str, Record], matches: Sequence[Match]
    ) -> None:
        """Agendas and initiatives the proposal names that have ended, are uncertain, or work elsewhere."""
        by_id = {match.record.id: match for match in matches}
        count = 0
        for record_id in named:
            record = records.get(record_id)
            if record is None or count == MAX_NAMED:
                continue
            count += self._about_record(record, records, by_id.get(record_id))

    def _about_record(self, record: Record, records: Mapping[str, Record], match: Match | None) -> bool:
        if record.status == "ended":
            self._status(record, "ended", "ended")
            for successor in record.successors[:1]:
                if successor in records:
                    text = self._criteria.say("successor", self._language, name=records[successor].name)
                    self._draft.claim(
                        text, (Evidence("record", record.id, "successors", successor),), self.blocks[-1]
                    )
            return True
        region = match.facet("region") if match is not None else None
        if region is not None and region.fit == "does_not_fit" and record.region:
            text = self._criteria.say("other_region", self._language, name=record.name, region=record.region)
            self._draft.claim(text, (Evidence("record", record.id, "region", record.region),), self._block())
            return True
        if record.status == "unknown":
            self._status(record, "unknown", "unknown_status")
            return True
        return False

    def _status(self, record: Record, status: str, key: str) -> None:
        block = self._block()
        text = self._criteria.say(key, self._language, name=record.name)
        self._draft.claim(text, (Evidence("record", record.id, "status", status),), block)
        self._draft.quote_field(record.id, "status_note", record.status_note, block, limit=1)


def _has_national_figures(proposal: ProposalText, facts: ProposalFacts) -> bool:
    """Whether a figure is given for the whole country in a sentence that names no place."""
    return any(
        _NATIONAL.search(folded := fold(sentence.text)) and _NUMBER.search(folded) and not found.places
        for sentence, found in zip(proposal.sentences, facts.by_sentence, strict=True)
    )
