"""The claim checker: does the cited text say what the sentence says? No language model involved."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from assistant.errors import ConfigurationError
from assistant.grounding.answer_text import MarkedSentence, claims_nothing, marked_sentences
from assistant.grounding.check_coverage import Thresholds, check_coverage, doubtful_texts
from assistant.grounding.check_direction import check_direction
from assistant.grounding.check_meaning import check_cause, check_modality
from assistant.grounding.check_names import check_names
from assistant.grounding.check_numbers import check_numbers
from assistant.grounding.check_order import check_order
from assistant.grounding.check_polarity import check_polarity
from assistant.grounding.check_quantity import check_quantity
from assistant.grounding.check_roles import check_roles
from assistant.grounding.check_time import check_time
from assistant.grounding.context import Context, Finding
from assistant.grounding.crossing import check_crossing, crosses, crossing_texts
from assistant.grounding.deciding import VETOES, load_decision, score
from assistant.grounding.evidence import Sentence, make_sentence, passage_sentences
from assistant.grounding.lexicon import Lexicon, build_lexicon
from assistant.grounding.likeness import Vectors
from assistant.grounding.signals import signals
from assistant.grounding.text import clean, squeeze
from assistant.grounding.verdicts import AnswerVerdict, SentenceVerdict, Verdict

if TYPE_CHECKING:
    import numpy

    Embed = Callable[[Sequence[str]], "numpy.ndarray[Any, Any]"]

SecondOpinion = Callable[[str, str], float]
_CACHED_PASSAGES = 512
_MAX_SENTENCES = 400
_MAX_REASONS = 4
# A second opinion below this (0 contradicts, 1 entails) turns a supported sentence into a partial one.
_SECOND_OPINION_FLOOR = 0.5


@cache
def _reasons() -> dict[str, str]:
    path = Path(__file__).parent / "reasons.nl.yaml"
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        return {str(k): str(v) for k, v in loaded.items()}
    except (OSError, yaml.YAMLError, AttributeError) as error:
        raise ConfigurationError(f"Cannot use {path}: {error}. Mend the file or restore it.") from error


def _says_literally(passage: str, wanted: str) -> bool:
    """The passage holds these words as whole sentences."""
    flat = squeeze(clean(passage))
    at = flat.find(wanted) if wanted else -1
    if at < 0:
        return False
    end = at + len(wanted)
    return flat[:at].rstrip()[-1:] in ("", ".", "!", "?") and flat[end : end + 1] in ("", ".", "!", "?")


class ClaimChecker:
    """Decides per sentence whether its cited passages carry it.

    Args:
        embed: texts to vectors, shape (n_texts, dimension), unit length, all embedded alike (for E5: as
            queries); only asked where words leave doubt, once an answer.
        places: names of places and regions.
        aliases: groups of names for one and the same thing.
        abbreviations: short form to full form.
        synonyms: extra groups of words that may stand for each other.
        second_opinion: (passage text, sentence) to a score from 0 (not said) to 1 (said), such as an NLI
            model; only asked about sentences that passed.
    """

    def __init__(
        self,
        *,
        embed: Embed | None = None,
        places: Iterable[str] = (),
        aliases: Iterable[Iterable[str]] = (),
        abbreviations: Mapping[str, str] | None = None,
        synonyms: Iterable[Iterable[str]] = (),
        second_opinion: SecondOpinion | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        self._vectors = Vectors(embed) if embed is not None else None
        self._second_opinion = second_opinion
        self._thresholds = thresholds or Thresholds()
        self._lexicon: Lexicon = build_lexicon(
            places=places, aliases=aliases, abbreviations=abbreviations, synonyms=synonyms
        )
        self._passages: OrderedDict[str, tuple[Sentence, ...]] = OrderedDict()

    def check_answer(self, answer: str, passages: Mapping[int, str]) -> AnswerVerdict:
        """Split an answer in sentences and check each against the passages its markers name.

        Args:
            answer: text with markers [1], [2][3] or [1, 2] before or after the full stop.
            passages: marker number to passage text.
        """
        self.prepare([(answer, passages)])
        marked = marked_sentences(answer)[:_MAX_SENTENCES]
        return AnswerVerdict(tuple(self._check_marked(s, passages) for s in marked))

    def prepare(self, answers: Iterable[tuple[str, Mapping[int, str]]]) -> None:
        """Embed whatever is in doubt in several answers with their passages, in one go."""
        if self._vectors is None:
            return
        texts: list[str] = []
        for answer, passages in answers:
            texts += self._doubtful(marked_sentences(answer)[:_MAX_SENTENCES], passages)
        if texts:
            self._vectors.of(texts)

    def check_sentence(self, text: str, cited: Mapping[int, str]) -> SentenceVerdict:
        """Check one sentence (markers, if any, are ignored) against exactly these passages."""
        found = marked_sentences(text)
        plain = " ".join(s.text for s in found) or clean(text).strip()
        sentence = MarkedSentence(plain, tuple(cited), bool(found) and all(s.is_heading for s in found))
        return self._check_marked(sentence, cited)

    def _check_marked(self, sentence: MarkedSentence, passages: Mapping[int, str]) -> SentenceVerdict:
        if claims_nothing(sentence, self._lexicon.frame_starts):
            return SentenceVerdict(sentence.text, sentence.citations, Verdict.NO_CLAIM)
        if not sentence.citations:
            return self._without_marker(sentence, passages)
        reasons = [
            _reasons()["unknown_marker"].format(marker=f"[{n}]")
            for n in sentence.citations
            if n not in passages
        ]
        known = {n: passages[n] for n in sentence.citations if n in passages}
        empty = [n for n, text in known.items() if not text.strip()]
        reasons += [_reasons()["empty_passage"].format(marker=f"[{n}]") for n in empty]
        if not any(text.strip() for text in known.values()):
            return SentenceVerdict(sentence.text, sentence.citations, Verdict.UNSUPPORTED, tuple(reasons))
        findings, verdict = self._judged(sentence.text, known)
        marks = "".join(f"[{n}]" for n in known)
        reasons += [_reasons()[f.key].format(marks=marks, **f.values) for f in findings]
        if verdict is Verdict.UNSUPPORTED or any(f.key == "little" for f in findings):
            carrier = self._carrier(sentence.text, {n: t for n, t in passages.items() if n not in known})
            if carrier is not None:
                reasons.append(_reasons()["other_marker"].format(found=f"[{carrier}]", marks=marks))
        if reasons and verdict is Verdict.SUPPORTED:
            verdict = Verdict.PARTIAL
        if verdict is Verdict.SUPPORTED and self._second_opinion is not None:
            score = self._second_opinion("\n".join(known.values()), sentence.text)
            if score < _SECOND_OPINION_FLOOR:
                verdict = Verdict.PARTIAL
                reasons.append(_reasons()["second_opinion"].format(marks=marks))
        return SentenceVerdict(
            sentence.text, sentence.citations, verdict, tuple(dict.fromkeys(reasons))[:_MAX_REASONS]
        )

    def _without_marker(self, sentence: MarkedSentence, passages: Mapping[int, str]) -> SentenceVerdict:
        carrier = self._carrier(sentence.text, passages)
        if carrier is None:
            reason = _reasons()["no_marker"]
            return SentenceVerdict(sentence.text, (), Verdict.UNSUPPORTED, (reason,))
        reason = _reasons()["no_marker_but"].format(found=f"[{carrier}]")
        return SentenceVerdict(sentence.text, (), Verdict.PARTIAL, (reason,))

    def _carrier(self, text: str, passages: Mapping[int, str]) -> int | None:
        """Number of the first passage that carries the sentence whole, if any."""
        for number, passage in passages.items():
            if passage.strip() and self._judged(text, {number: passage})[1] is Verdict.SUPPORTED:
                return number
        return None

    def _doubtful(self, marked: Sequence[MarkedSentence], passages: Mapping[int, str]) -> list[str]:
        """Texts that words leave in doubt, and what they are compared with."""
        texts: list[str] = []
        for sentence in marked:
            known = {n: passages[n] for n in sentence.citations if n in passages and passages[n].strip()}
            if known and not claims_nothing(sentence, self._lexicon.frame_starts):
                context = self.context_of(sentence.text, known)
                if context is not None:
                    texts.extend(
                        crossing_texts(context)
                        if crosses(context)
                        else doubtful_texts(context, self._thresholds)
                    )
        return texts

    def _sentences(self, passage: str) -> tuple[Sentence, ...]:
        known = self._passages.get(passage)
        if known is None:
            known = passage_sentences(clean(passage), self._lexicon)
            self._passages[passage] = known
            if len(self._passages) > _CACHED_PASSAGES:
                self._passages.popitem(last=False)
        else:
            self._passages.move_to_end(passage)
        return known

    def context_of(self, text: str, cited: Mapping[int, str]) -> Context | None:
        """The claim beside its evidence; None when a passage says it word for word."""
        wanted = squeeze(text)
        evidence: list[Sentence] = []
        owners: list[int] = []
        for number, passage in cited.items():
            if _says_literally(passage, wanted):
                return None
            for sentence in self._sentences(passage):
                if sentence.squeezed == wanted:
                    return None
                evidence.append(sentence)
                owners.append(number)
        return Context(make_sentence(clean(text), self._lexicon), evidence, owners, self._lexicon)

    def _judged(self, text: str, cited: Mapping[int, str]) -> tuple[list[Finding], Verdict]:
        """What is wrong, and the verdict; without any wrong the sentence is supported."""
        context = self.context_of(text, cited)
        if context is None:
            return [], Verdict.SUPPORTED
        if not context.evidence:
            return [Finding("little", True, {})], Verdict.UNSUPPORTED
        findings = self.findings_of(context)
        if self._vectors is not None and not any(f.key in VETOES for f in findings):
            if score(self.signals_of(context, findings), load_decision()) >= 0:
                return [], Verdict.SUPPORTED
            findings = findings or [Finding("little", False, {})]
        return findings, _verdict_of(findings)

    def signals_of(self, context: Context, findings: Sequence[Finding]) -> dict[str, float]:
        """The figures by which a claim is decided."""
        in_doubt = context.coverage_all < self._thresholds.sure
        return signals(context, findings, self._vectors, in_doubt=in_doubt)

    def findings_of(self, context: Context) -> list[Finding]:
        """What the checks say against a claim, before it is weighed."""
        if self._vectors is not None and crosses(context):
            return list(check_crossing(context, self._vectors))
        findings = [*check_numbers(context), *check_names(context)]
        for check in (
            check_polarity,
            check_direction,
            check_modality,
            check_quantity,
            check_cause,
            check_time,
            check_order,
            check_roles,
        ):
            findings.extend(check(context))
        findings.extend(check_coverage(context, self._thresholds, self._vectors))
        return findings


def _verdict_of(findings: Sequence[Finding]) -> Verdict:
    if not findings:
        return Verdict.SUPPORTED
    return Verdict.UNSUPPORTED if any(f.hard for f in findings) else Verdict.PARTIAL
