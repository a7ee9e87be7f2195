"""Composes advice: with whom to link up, why, what they do, and how to write it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.draft import Draft
from assistant.answering.standing import Standing
from assistant.answering.texts import Texts
from assistant.domain.answer import LinkUp
from assistant.domain.match import Advice, Evidence, FacetFit, Match
from assistant.domain.question import Place, Understanding
from assistant.domain.text import split_sentences
from assistant.understanding.geography import Geography

SHOWN_IN_TEXT = 3
"""Recommendations that the text itself speaks of; the cards show all."""
OVERLAP_TEXT = 0.99
"""Text score from which an initiative seems to do already what the plan describes."""


@dataclass(frozen=True, slots=True)
class AdviceComposer:
    """Writes the blocks of an advice into a draft."""

    texts: Texts
    geography: Geography
    standing: Standing

    def compose(
        self, draft: Draft, understanding: Understanding, advice: Advice, *, is_first_turn: bool
    ) -> None:
        """Fill the draft; with nothing to recommend it argues the gap instead."""
        draft.advice = advice
        if not advice.recommended:
            self._nothing_fits(draft, advice)
        else:
            self._who(draft, understanding, advice)
            self._what(draft, advice)
        self._statuses(draft, advice)
        if is_first_turn:
            self.standing.add(draft, "fund_closed", "notice", heading=self.texts("headings.notice"))
            self.standing.add(draft, "still_useful", "notice")
        self._write(draft, advice)

    def names(self, draft: Draft, advice: Advice, *, leading: str | None = None) -> None:
        """Only name whom to ask, below an answer to another question.

        Args:
            leading: id of a record the answer is about; it comes first.
        """
        ordered = sorted(advice.recommended, key=lambda pair: pair[0].record.id != leading)
        draft.advice = replace(advice, recommended=tuple(ordered))
        others = [match.record.name for match, _ in ordered if match.record.id != leading][:2]
        if others:
            bold = [f"**{name}**" for name in others]
            draft.frame(self.texts("advice.more", value=self.texts.joined(bold)), "more")

    def _who(self, draft: Draft, understanding: Understanding, advice: Advice) -> None:
        place = understanding.places[0] if understanding.places else None
        told = _told(advice)
        for position, (match, link_up) in enumerate(told):
            record = match.record
            if record.id == advice.nearest_id:
                draft.frame(self.texts("advice.comes_near", name=record.name), "advice", opens=position > 0)
            elif position == 0:
                self._lead(draft, match, link_up, _place_meant(match, understanding.places) or place)
            else:
                key = "advice.also_ask" if link_up == "ask_first" else "advice.also_join"
                draft.frame(self.texts(key, name=record.name), "advice", opens=True)
            draft.quote_field(record.id, "summary", record.summary, "advice", limit=1)
            if position == 0:
                self._other_sectors(draft, match)
            if _is_already_done(match):
                draft.frame(self.texts("advice.overlap"), "advice")
        others = [f"**{m.record.name}**" for m, _ in advice.recommended if (m, _) not in told]
        if others:
            draft.frame(self.texts("advice.others", value=self.texts.joined(others)), "advice", opens=True)

    def _other_sectors(self, draft: Draft, match: Match) -> None:
        """Say so when the first one does not list the sector asked."""
        sector = match.facet("sector")
        if sector is None or sector.fit != "does_not_fit" or not sector.evidence:
            return
        text = self.texts(
            "advice.other_sectors", name=match.record.name, found=sector.found, asked=sector.asked
        )
        if draft.claim(text, sector.evidence, "advice", asked=sector.asked):
            draft.frame(self.texts("advice.ask_whether_it_fits"), "advice")

    def _lead(self, draft: Draft, match: Match, link_up: LinkUp, place: Place | None) -> None:
        """The first sentence: whom to join, and why there."""
        record = match.record
        region = match.facet("region")
        verb = "ask" if link_up == "ask_first" else "join"
        has_reason = region is not None and region.fit == "fits" and bool(region.evidence)
        if region is not None and place is not None and has_reason:
            has_reason = self._lead_with_region(draft, match, region, place, verb)
            if has_reason:
                return
        if not record.is_hca:
            key = "advice.first_initiative_ask" if verb == "ask" else "advice.first_initiative"
            draft.frame(self.texts(key, name=record.name), "advice")
            return
        draft.frame(self.texts(f"advice.{verb}_plain", name=record.name), "advice")

    def _lead_with_region(
        self, draft: Draft, match: Match, region: FacetFit, place: Place, verb: str
    ) -> bool:
        name = match.record.name
        last = region.evidence[-1]
        shown = place.name
        if place.kind == "settlement" and place.municipalities:
            self._settlement(draft, place)
            shown = place.municipalities[0]
        if last.field == "municipalities":
            text = self.texts(f"advice.{verb}_municipality", name=name, place=last.quote)
        elif last.field == "provinces" and len(region.evidence) > 1:
            text = self.texts(f"advice.{verb}_province", name=name, place=shown, province=last.quote)
        elif last.field == "provinces":
            text = self.texts(f"advice.{verb}_whole_province", name=name, province=last.quote)
        elif last.field == "region":
            text = self.texts(f"advice.{verb}_region", name=name, region=last.quote)
        elif last.field == "scope":
            text = self.texts(f"advice.{verb}_national", name=name)
        else:
            return False
        return draft.claim(text, region.evidence, "advice")

    def _settlement(self, draft: Draft, place: Place) -> None:
        file, locator, quote = self.geography.settlement_row_text(place.name, place.municipalities[0])
        text = self.texts("advice.settlement", place=place.name, value=place.municipalities[0])
        draft.claim(text, (Evidence("gazetteer", f"{file}|{locator}", None, quote),), "advice")

    def _what(self, draft: Draft, advice: Advice) -> None:
        """What they offer: the rest of the summary of the first, then how to link up with each."""
        draft.heading("what", self.texts("headings.what"))
        first = advice.recommended[0][0].record
        self._rest_of_summary(draft, first.id, first.summary)
        draft.heading("offer", self.texts("headings.offer"))
        for match, _ in _told(advice):
            record = match.record
            draft.frame(self.texts("advice.at", name=record.name), "offer", opens=True)
            said = draft.quote_field(record.id, "offer", record.offer, "offer", limit=1)
            if record.id == first.id and record.contact_route:
                text = self.texts("record.contact", value=record.contact_route)
                proof = Evidence("record", record.id, "contact_route", record.contact_route)
                said += draft.claim(text, (proof,), "offer")
            if not said:
                draft.sentences.pop()

    def _rest_of_summary(self, draft: Draft, record_id: str, summary: str) -> None:
        sentences = split_sentences(summary)[1:3]
        if sentences:
            rest = summary[sentences[0][0] : sentences[-1][1]]
            draft.quote_field(record_id, "summary", rest, "what", limit=2)

    def _statuses(self, draft: Draft, advice: Advice) -> None:
        """What is uncertain about those advised, and what has ended."""
        draft.heading("status", self.texts("headings.status"))
        for match, link_up in _told(advice):
            if link_up == "ask_first":
                record = match.record
                draft.quote_field(record.id, "status_note", record.status_note, "status", limit=1)
        for match in advice.ended:
            record = match.record
            text = self.texts("status.ended", name=record.name)
            if draft.claim(text, (Evidence("record", record.id, "status", "ended"),), "status", opens=True):
                draft.quote_field(record.id, "status_note", record.status_note, "status", limit=2)

    def _nothing_fits(self, draft: Draft, advice: Advice) -> None:
        draft.frame(self.texts("advice.none"), "advice")
        near = [m for m in advice.considered if m.obstacle in ("region", "sector")][:2]
        if near:
            draft.frame(self.texts("advice.nearest"), "advice")
        for match in near:
            draft.quote_field(match.record.id, "summary", match.record.summary, "advice", limit=1)
            region = match.facet("region")
            if region is not None and region.fit == "does_not_fit" and region.evidence:
                text = self.texts(
                    "advice.not_in_region", name=match.record.name, found=region.found, asked=region.asked
                )
                draft.claim(text, region.evidence, "advice", asked=region.asked)
        self.standing.add(draft, "unique_gap", "write")
        draft.frame(self.texts("advice.gap"), "write")

    def _write(self, draft: Draft, advice: Advice) -> None:
        draft.heading("write", self.texts("headings.write"))
        if not advice.recommended:
            return
        draft.frame(self.texts("write.lead"), "write")
        self.standing.add(draft, "join_existing", "write")
        self._example(draft, *advice.recommended[0])

    def _example(self, draft: Draft, match: Match, link_up: LinkUp) -> None:
        record = match.record
        verb = "we_seek" if link_up == "ask_first" else "we_join"
        if record.region:
            text = self.texts(f"write.{verb}", name=record.name, region=record.region)
            proof = Evidence("record", record.id, "region", record.region)
        elif record.scope == "national":
            text = self.texts(f"write.{verb}_national", name=record.name)
            proof = Evidence("record", record.id, "scope", "national")
        else:
            return
        draft.frame(self.texts("write.example"), "write", opens=True)
        draft.claim(text, (proof,), "write")
        draft.frame(self.texts("write.we_add"), "write")


def _place_meant(match: Match, places: Sequence[Place]) -> Place | None:
    """Of several places the one that the region facet of a match is about."""
    region = match.facet("region")
    return next((place for place in places if region is not None and place.name == region.asked), None)


def _told(advice: Advice) -> tuple[tuple[Match, LinkUp], ...]:
    """Those the text speaks of: the first, the best of the other kind, and the next in order."""
    if not advice.recommended:
        return ()
    first, *rest = advice.recommended
    other_kind = next((pair for pair in rest if pair[0].record.is_hca != first[0].record.is_hca), None)
    chosen = [first, *([other_kind] if other_kind else [])]
    chosen += [pair for pair in rest if pair is not other_kind]
    kept = chosen[:SHOWN_IN_TEXT]
    return tuple(pair for pair in advice.recommended if pair in kept)


def _is_already_done(match: Match) -> bool:
    """An initiative that runs, in the region and sector asked, whose text answers the need best of all."""
    facets = {fit.facet: fit.fit for fit in match.facets}
    return (
        match.record.kind == "initiative"
        and match.record.status == "active"
        and match.text_score >= OVERLAP_TEXT
        and facets.get("sector") == "fits"
        and facets.get("region", "fits") == "fits"
    )
