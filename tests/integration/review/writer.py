"""Writes to a store without end, to be killed; says what was confirmed as soon as it is.

Run as a program it waits for lines `<seed> <address>` and forks a writer for each, so that the slow imports
are done once. It says `pid <n>`, the writer says `ready` and one line for everything the store confirmed, and
when the writer is gone it says `gone`.
"""

from __future__ import annotations

import os
import random
import sys
from datetime import UTC, datetime

from assistant.domain.review import Feedback, Review
from assistant.errors import StoreError
from assistant.review.database import Database
from assistant.review.store import SqlReviewStore
from tests.support.reviews import trace_of, urk


def say(*words: object) -> None:
    """One line, in one write, so that a kill cannot cut it."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def write_without_end(url: str, seed: int) -> None:
    """Log, give feedback and judge in random order until killed; a broken connection is tried again."""
    dice = random.Random(seed)
    store = SqlReviewStore(Database(url))
    claim = next(n for n, s in enumerate(trace_of().answer.sentences) if s.kind == "claim")
    say("ready")
    ids: list[str] = []
    count = 0
    while True:
        count += 1
        try:
            deed = dice.choice(("answer", "feedback", "review")) if ids else "answer"
            if deed == "answer":
                trace = dice.choice((trace_of, urk))()
                ids.append(store.log(trace, conversation_id=f"gesprek-{seed}", turn=count) or "")
                say("answer", ids[-1])
            elif deed == "feedback":
                said = Feedback(dice.choice(ids), "not_helpful", datetime.now(UTC), text=f"{seed}-{count}")
                store.add_feedback(said)
                say("feedback", said.answer_id, said.text)
            else:
                verdict = Review(dice.choice(ids), "adviseur-1", sentences={claim: "partial"},
                                 comment=f"{seed}-{count}")  # fmt: skip
                saved = store.save_review(verdict, began_from={})
                say("review", verdict.answer_id, saved.review.comment)
        except StoreError:
            say("broken")


def main() -> None:
    """Fork a writer for each line on standard input."""
    trace_of(), urk()
    for line in sys.stdin:
        seed, url = line.split()
        child = os.fork()
        if child == 0:
            write_without_end(url, int(seed))
        say("pid", child)
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
