"""Has a model phrase the claims of a draft; every sentence is checked, what fails is put back as it was."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from assistant.domain.answer import Sentence
from assistant.domain.text import single_spaced, split_sentences
from assistant.llm.chat import Chat, ChatOptions, FailureKind
from assistant.llm.prompts import Prompt, load_prompt
from assistant.llm.reply import ReplySentence, parse_reply
from assistant.llm.segments import Segment, segments_of
from assistant.llm.texts import MadeBy, ModelTexts, load_model_texts

Language = Literal["nl", "en"]
RejectReason = Literal["markers", "markup", "length", "unsupported", "mixed_records", "double"]
VARIABLES = ("question", "understood", "records", "sentences", "mark")
BLOCK = "made"
"""Block of the line that says how the answer was made."""
MAX_QUESTION_CHARS = 2000
MAX_SENTENCE_CHARS = 600
MIN_WORDS_FOR_LANGUAGE = 6
_FORBIDDEN = re.compile(r"https?://|www\.|<[a-zA-Z/!]|\]\(|^\s*(?:#|[-*+•]\s|>)|```|[\x00-\x08\x0b-\x1f]")
_QUOTED = re.compile("“[^”]*”")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


class Judged(Protocol):
    """What a check of a sentence says."""

    @property
    def verdict(self) -> str: ...


class SentenceChecker(Protocol):
    """What phrasing needs of the claim checker."""

    def check_sentence(self, text: str, cited: Mapping[int, str]) -> Judged: ...


@dataclass(frozen=True, slots=True)
class PhrasingTask:
    """A checked draft, and what the model may know beside it.

    Attributes:
        question: guarded: cleaned, and personal data masked.
        understood: facet to its values.
        records: names of the records the answer recommends.
        sentences: of the draft, in reading order.
        quotes: marker number to literal quote.
        contexts: marker number to the text the claim check reads.
    """

    question: str
    language: Language
    sentences: Sequence[Sentence]
    quotes: Mapping[int, str]
    contexts: Mapping[int, str]
    understood: Mapping[str, Sequence[str]]
    records: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A sentence of the model that is not shown, and why; for the trace."""

    text: str
    citations: tuple[int, ...]
    reason: RejectReason


@dataclass(frozen=True, slots=True)
class Phrased:
    """The sentences to show.

    Attributes:
        sentences: with the quiet line at the end, unless there was nothing to phrase.
        made_by: None when there was nothing to phrase and no model was asked.
        prompt_version: of the prompt that was used.
    """

    sentences: tuple[Sentence, ...]
    made_by: MadeBy | None = None
    failure: FailureKind | None = None
    rejected: tuple[Rejected, ...] = ()
    prompt_version: int = 0


class Phraser:
    """Phrases drafts with one chat model; holds nothing of a question.

    Args:
        prompts: per language.
        language_of: the language a text is in; its second argument when the text does not tell.
        is_suspect: whether a text gives orders to a machine; such a sentence is never sent.
    """

    def __init__(
        self,
        chat: Chat,
        prompts: Mapping[Language, Prompt],
        texts: ModelTexts,
        checker: SentenceChecker,
        *,
        language_of: Callable[[str, Language], str],
        is_suspect: Callable[[str], bool],
    ) -> None:
        self._chat = chat
        self._prompts = prompts
        self._texts = texts
        self._checker = checker
        self._language_of = language_of
        self._is_suspect = is_suspect

    def phrase(self, task: PhrasingTask) -> Phrased:
        """The draft in the model's words where they hold, in its own words elsewhere."""
        segments = segments_of(task.sentences, is_kept=lambda s: self._is_kept(s, task.quotes))
        offered = [sentence for segment in segments if segment.is_open for sentence in segment.sentences]
        if not offered:
            return Phrased(tuple(task.sentences))
        prompt = self._prompts[task.language]
        completion = self._chat.complete(*prompt.fill(**_values(task, offered)))
        if completion.failure is not None:
            return self._unphrased(task, completion.failure, prompt)
        reply = parse_reply(completion.text)
        if not reply:
            return self._unphrased(task, "unusable", prompt)
        if self._is_wrong_language(reply, task.language, {single_spaced(s.text) for s in offered}):
            return self._unphrased(task, "wrong_language", prompt)
        return self._judged(task, segments, reply, prompt)

    def _is_kept(self, sentence: Sentence, quotes: Mapping[int, str]) -> bool:
        texts = [sentence.text, *(quotes[n] for n in sentence.citations if n in quotes)]
        return any(self._is_suspect(text) for text in texts)

    def _is_wrong_language(
        self, reply: Sequence[ReplySentence], language: Language, given: Collection[str]
    ) -> bool:
        """Whether what the model wrote itself is in another language; what it copied does not count."""
        own = (sentence.text for sentence in reply if single_spaced(sentence.text) not in given)
        text = _QUOTED.sub("", " ".join(own))
        return len(text.split()) >= MIN_WORDS_FOR_LANGUAGE and self._language_of(text, language) != language

    def _judged(
        self,
        task: PhrasingTask,
        segments: Sequence[Segment],
        reply: Sequence[ReplySentence],
        prompt: Prompt,
    ) -> Phrased:
        rejected: list[Rejected] = []
        for sentence in reply:
            segment, reason = self._place(sentence, segments, task)
            if segment is not None and reason is None:
                segment.accept(sentence.text, sentence.citations)
                continue
            rejected.append(Rejected(sentence.text, sentence.citations, reason or "markers"))
            if segment is not None and reason != "double":
                segment.put_back(sentence.citations)
        accepted = sum(len(segment.accepted) for segment in segments)
        if not accepted:
            return self._unphrased(task, "unusable", prompt, tuple(rejected))
        finished = [segment.finished(_names) for segment in segments]
        was_replaced = bool(rejected) or any(was_mended for _, was_mended in finished)
        made_by: MadeBy = "mixed" if was_replaced else "model"
        sentences = [sentence for sentences, _ in finished for sentence in sentences]
        if rejected:
            logging.getLogger(__name__).info("language model: %d sentences not shown", len(rejected))
        return Phrased(
            (*sentences, self._line(task.language, made_by, None)),
            made_by,
            None,
            tuple(rejected),
            prompt.version,
        )

    def _place(
        self, sentence: ReplySentence, segments: Sequence[Segment], task: PhrasingTask
    ) -> tuple[
        Segment | None,
        RejectReason | None,
    ]:
        """Where a sentence belongs, and why it may not be shown (None when it may)."""
        opened = [segment for segment in segments if segment.is_open]
        known = {n for segment in opened for n in segment.numbers}
        cited = [n for n in sentence.citations if n in known]
        nearest = max(opened, key=lambda s: len(s.numbers & set(cited))) if cited else None
        if not sentence.citations or len(cited) < len(sentence.citations):
            return nearest, "markers"
        whole = [segment for segment in opened if set(cited) <= segment.numbers]
        if not whole:
            return nearest, "mixed_records"
        segment = min(whole, key=lambda s: (len(s.accepted), s.place)) if len(whole) > 1 else whole[0]
        if len(sentence.text) > MAX_SENTENCE_CHARS:
            return segment, "length"
        if any(single_spaced(a.text) == single_spaced(sentence.text) for s in opened for a in s.accepted):
            return segment, "double"
        if segment.literally(sentence.text, sentence.citations) is not None:
            return segment, None
        if _FORBIDDEN.search(sentence.text):
            return segment, "markup"
        contexts = {n: task.contexts[n] for n in sentence.citations if n in task.contexts}
        plain = sentence.text.replace("**", "")
        parts = [plain[start:end] for start, end in split_sentences(plain)]
        if parts and all(self._checker.check_sentence(p, contexts).verdict == "supported" for p in parts):
            return segment, None
        return segment, "unsupported"

    def _unphrased(
        self, task: PhrasingTask, failure: FailureKind, prompt: Prompt, rejected: tuple[Rejected, ...] = ()
    ) -> Phrased:
        line = self._line(task.language, "sources", failure)
        return Phrased((*task.sentences, line), "sources", failure, rejected, prompt.version)

    def _line(self, language: Language, made_by: MadeBy, failure: FailureKind | None) -> Sentence:
        return Sentence(text=self._texts.line(language, made_by, failure), kind="frame", block=BLOCK)


def _names(text: str) -> frozenset[str]:
    """Names in bold: those an answer is about."""
    return frozenset(_BOLD.findall(text))


def _values(task: PhrasingTask, offered: Sequence[Sentence]) -> dict[str, str]:
    """What the model reads, as JSON without angle brackets, so that no text can close its own quotation."""
    given = []
    for sentence in offered:
        item: dict[str, object] = {"citations": list(sentence.citations), "text": sentence.text}
        quotes = [task.quotes[n] for n in sentence.citations if n in task.quotes]
        literal = single_spaced(sentence.text.strip("“”"))
        if quotes != [literal]:
            item["quotes"] = quotes
        given.append(item)
    values = {
        "question": _quoted(task.question[:MAX_QUESTION_CHARS]),
        "understood": _quoted({name: list(found) for name, found in task.understood.items() if found}),
        "records": _quoted(list(task.records)),
        "sentences": _quoted(given),
    }
    mark = hashlib.sha256("\n".join(values.values()).encode("utf-8")).hexdigest()[:16]
    return values | {"mark": mark}


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")


def make_phraser(
    options: ChatOptions,
    prompts_dir: Path,
    checker: SentenceChecker,
    *,
    language_of: Callable[[str, Language], str],
    is_suspect: Callable[[str], bool],
) -> Phraser:
    """A phraser on the model the options name.

    Raises:
        ConfigurationError: the model, a prompt or a text cannot be used.
    """
    prompts: dict[Language, Prompt] = {
        language: load_prompt(prompts_dir / f"phrase.{language}.md", variables=VARIABLES)
        for language in ("nl", "en")
    }
    return Phraser(
        Chat.open(options),
        prompts,
        load_model_texts(prompts_dir),
        checker,
        language_of=language_of,
        is_suspect=is_suspect,
    )
