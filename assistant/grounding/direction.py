"""Words that say more or less, rising or falling."""

from __future__ import annotations

from assistant.grounding.lexicon import Lexicon
from assistant.grounding.text import Token
from assistant.grounding.words import compound_parts

_UP, _DOWN = 1, -1


def direction_of(token: Token, lexicon: Lexicon) -> int:
    """+1 for a word that says more, -1 for less, 0 for neither."""
    for name, sign in (("up", _UP), ("down", _DOWN)):
        if token.lower in lexicon.classes[name]:
            return sign
    for name, sign in (("up", _UP), ("down", _DOWN)):
        prefixes = lexicon.prefixes[name]
        if (
            prefixes
            and not compound_parts(token.lemma)
            and (token.lower.startswith(prefixes) or token.lemma.startswith(prefixes))
        ):
            return sign
    return 0
