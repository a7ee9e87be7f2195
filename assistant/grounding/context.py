"""What every check looks at: the claim, the cited sentences, and which of them carry which part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.grounding.direction import direction_of
from assistant.grounding.evidence import (
    PART,
    Fit,
    Sentence,
    Unit,
    coverage,
    is_content,
    number_matches,
    rank,
    strength,
    weight_of,
)
from assistant.grounding.lexicon import Lexicon
from assistant.grounding.names import NameIndex, names_in
from assistant.grounding.text import Token

_TOP = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        key: which text of reasons.nl.yaml tells it.
        hard: True makes the sentence unsupported, False partial.
        values: what the text fills in.
    """

    key: str
    hard: bool
    values: dict[str, str]


class Context:
    """A claim against the sentences of its cited passages; pieces are worked out on first use."""

    def __init__(
        self, claim: Sentence, evidence: Sequence[Sentence], owners: Sequence[int], lexicon: Lexicon
    ) -> None:
        self.claim = claim
        self.evidence = evidence
        self.owners = owners
        self.lexicon = lexicon
        self.marks = "".join(f"[{n}]" for n in dict.fromkeys(owners))

    @cached_property
    def fits(self) -> list[Fit]:
        return rank(self.claim, self.evidence, self.lexicon)

    @cached_property
    def top(self) -> list[int]:
        """Indexes of the best sentences, best first, at most three."""
        return [f.index for f in self.fits[:_TOP]]

    @property
    def best(self) -> Sentence:
        return self.evidence[self.top[0]]

    @cached_property
    def near(self) -> list[int]:
        """The best sentence and its neighbours in the same passage."""
        at = self.top[0]
        return [
            i
            for i in (at, at - 1, at + 1)
            if 0 <= i < len(self.evidence) and self.owners[i] == self.owners[at]
        ]

    @cached_property
    def units(self) -> list[Unit]:
        return [s.unit for s in self.evidence]

    @cached_property
    def coverage_all(self) -> float:
        total = sum(weight_of(t, self.lexicon) for t in self.claim.unit.tokens if is_content(t, self.lexicon))
        if not total:
            return 1.0
        return 1.0 - sum(weight * (1.0 - value) for _, weight, value in self.unmatched) / total

    @cached_property
    def coverage_near(self) -> float:
        """Coverage by the two best sentences together."""
        return coverage(self.claim.unit, [self.evidence[i].unit for i in self.top[:2]], self.lexicon)

    @cached_property
    def unmatched(self) -> list[tuple[Token, float, float]]:
        """Content words not well matched anywhere: token, weight, best strength."""
        out = []
        for token, concepts in zip(self.claim.unit.tokens, self.claim.unit.token_concepts, strict=True):
            if is_content(token, self.lexicon):
                value = strength(token, concepts, self.units, self.lexicon)
                if (
                    value < PART
                    and token.index not in self.named
                    and not self._turned(token)
                    and not (token.lemma in self._plan_words and self._plans)
                ):
                    out.append((token, weight_of(token, self.lexicon), value))
        return out

    @cached_property
    def named(self) -> frozenset[int]:
        """Positions of name words that the passages hold under this or another name."""
        index = NameIndex(self.evidence, self.lexicon)
        seen = frozenset(index.lower_seen)
        names = names_in(self.claim.unit.tokens, self.lexicon, seen)
        return frozenset(t.index for name in names if index.missing(name) is None for t in name)

    @property
    def _plan_words(self) -> frozenset[str]:
        modality = self.lexicon.modality
        return modality["want"] | modality["expect"] | self.lexicon.classes["plan_nouns"]

    @cached_property
    def _plans(self) -> bool:
        """The best sentence speaks of a plan, in whatever words."""
        return any(t.lower in self._plan_words or t.lemma in self._plan_words for t in self.best.unit.tokens)

    def _turned(self, token: Token) -> bool:
        """An opposite or a direction word stands in the passages: the polarity checks weigh the sign."""
        against = self.lexicon.opposites.get(token.root, frozenset())
        if any(against & u.roots for u in self.units):
            return True
        return bool(direction_of(token, self.lexicon)) and any(
            direction_of(t, self.lexicon) or len(self.evidence[i].unit.numbers) > 1
            for i in self.top
            for t in self.evidence[i].unit.tokens
        )

    @cached_property
    def aligned(self) -> list[tuple[Unit, Unit, int, float]]:
        """Per claim segment: itself, the passage segment that carries it best, its sentence, the coverage."""
        out = []
        for segment in self.claim.segments:
            options = []
            for place, index in enumerate(self.top):
                for order, unit in enumerate(self.evidence[index].segments):
                    score = coverage(segment, (unit,), self.lexicon)
                    if segment.numbers:
                        score += 0.4 * any(
                            number_matches(n, m) for n in segment.numbers for m in unit.numbers
                        )
                    options.append((score - 0.12 * place, -place, -order, index, unit, score))
            best = max(options, key=lambda o: o[:3])
            out.append((segment, best[4], best[3], best[5]))
        return out

    def matched(
        self, token: Token, concepts: frozenset[int], units: Sequence[Unit], least: float = PART
    ) -> bool:
        return strength(token, concepts, units, self.lexicon) >= least
