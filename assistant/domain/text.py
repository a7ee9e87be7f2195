"""Plain text tools that every stage may use: spaces and sentences, with offsets."""

from __future__ import annotations

import re

_SPACES = re.compile(r"\s+")

# Abbreviations after which a full stop never ends a sentence. Lower case, without the last stop.
_NEVER_FINAL = frozenset(
    """
    bijv bv b.v o.a o.m i.v.m m.b.t t.a.v t.b.v n.a.v d.w.z i.p.v i.s.m i.t.t t/m m.u.v m.i.v t.w
    d.m.v o.b.v a.d.h.v o.l.v c.q ca circa resp incl excl max min dr drs ir ing mr prof ds mevr
    dhr st nr nrs art hfdst blz pag p pp vgl evt afb fig vs bijl hr ong
    mln mld tel jl sr jr dd e.g i.e mrs ms cf approx z.g zgn zg z.s.m w.o m.a.w
    """.split()  # noqa: SIM905
)
# Abbreviations that may end a sentence: a following capital decides.
_MAY_BE_FINAL = frozenset(
    """
    enz etc e.d e.a e.v a.s j.l d.d v.chr n.chr b.v n.v co inc ltd a.u.b u.s e.o
    """.split()  # noqa: SIM905
)
_INITIAL = re.compile(r"(?:^|[\s(\[\"'‘“])[A-Z]$")
_CLITIC = re.compile(r"^['’‘][stn] ")  # 's Avonds, 't Gooi
_BOUNDARY = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_WORD_BEFORE = re.compile(r"[^\s(\[\"'‘“«]+$")
_OPENING = "\"'‘“«([-–—•*·▪◦‣"
_LIST_NUMBER = re.compile(r"(?:^|\s)(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})$")


def single_spaced(text: str) -> str:
    """The text with every run of whitespace as one space, NULs dropped, and no space at either end."""
    return _SPACES.sub(" ", text.replace("\x00", "")).strip()


def _ends_sentence(text: str, stop: int, after: int) -> bool:
    """Whether the stop characters at `stop`..`after` end a sentence."""
    rest = text[after:].lstrip()
    if not rest:
        return True
    following = _CLITIC.sub("", rest).lstrip(_OPENING).lstrip()[:1]
    mark = text[stop]
    if mark in "!?":
        return not following.islower()
    if text[stop:after].startswith("..") or mark == "…":
        return following.isupper()
    word_match = _WORD_BEFORE.search(text, max(0, stop - 40), stop)
    word = word_match.group().lower() if word_match else ""
    if word in _MAY_BE_FINAL:
        return following.isupper() and word not in {"b.v", "n.v"}
    if word in _NEVER_FINAL:
        return False
    if _INITIAL.search(text, max(0, stop - 2), stop):
        return False
    if following.islower():
        return rest[0] in "•▪◦‣"
    if re.fullmatch(r"(?:[a-z]\.)+[a-z]", word) and following.isupper() is False:
        return False
    # "2. Tweede punt": a list number at the start of a sentence belongs to what follows.
    return not (_LIST_NUMBER.search(text, max(0, stop - 5), stop) and _starts_list_item(text, stop, word))


def _starts_list_item(text: str, stop: int, word: str) -> bool:
    before = text[max(0, stop - len(word) - 40) : stop - len(word)].rstrip()
    if not before or before[-1] in "!?:;•":
        return True
    last = _WORD_BEFORE.search(before)
    return before[-1] == "." and (last is None or last.group()[:-1].lower() not in _NEVER_FINAL)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Sentences of a Dutch or English text.

    Args:
        text: any text; line ends count as spaces, so give paragraphs or list items one at a time.

    Returns:
        `(start, end)` offsets in reading order; they do not overlap, start and end without space, and
        together hold every character that is not a space.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BOUNDARY.finditer(text):
        if _ends_sentence(text, match.start(), match.end()):
            _add_trimmed(spans, text, start, match.end())
            start = match.end()
    _add_trimmed(spans, text, start, len(text))
    return spans


def _add_trimmed(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    if stripped:
        spans.append((start + left, start + left + len(stripped)))
