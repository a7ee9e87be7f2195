"""The labelled sentences are what the runner says they are."""

from __future__ import annotations

from collections import Counter

from eval.claim_checker import labelled_sentences


def test_ids_are_unique_and_splits_do_not_share_passages() -> None:
    items = list(labelled_sentences())
    texts = {split: {i.passages[1] for i in items if i.split == split} for split in ("dev", "opened", "test")}

    assert len({i.id for i in items}) == len(items)
    assert not texts["dev"] & texts["test"]
    assert not texts["opened"] & texts["test"]


def test_the_set_is_large_and_balanced_enough() -> None:
    hand = Counter(i.expected for i in labelled_sentences() if i.origin == "hand")

    assert hand["supported"] + hand["unsupported"] >= 400
    assert min(hand["supported"], hand["unsupported"]) / max(hand["supported"], hand["unsupported"]) > 0.6
