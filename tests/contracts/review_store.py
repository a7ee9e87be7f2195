"""What every store of reviews does; a subclass supplies the fixture `url`, an empty database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from assistant.domain.review import Feedback, QueueFilter, Review
from assistant.errors import StoreError, UsageError
from assistant.review.store import SqlReviewStore
from tests.support.reviews import START, drenthe, store_at, trace_of, urk, without_doubt

SECRETS = ("jan.pietersen@voorbeeld.nl", "06-12345678", "111222333", "NL91ABNA0417164300")
Open = Callable[..., SqlReviewStore]
"""Opens one more store on the same database; takes the arguments of SqlReviewStore."""


class ReviewStoreContract:
    """Answers, feedback, queue and reviews."""

    @pytest.fixture
    def url(self) -> str:
        raise NotImplementedError

    @pytest.fixture
    def open_store(self, url: str) -> Iterator[Open]:
        with ExitStack() as stack:

            def opened(**changes: Any) -> SqlReviewStore:
                store = store_at(url, **changes)
                stack.callback(store.close)
                return store

            yield opened

    @pytest.fixture
    def store(self, open_store: Open) -> SqlReviewStore:
        return open_store()

    def log(self, store: SqlReviewStore, *, conversation: str = "gesprek", turn: int = 0) -> str:
        answer_id = store.log(trace_of(), conversation_id=conversation, turn=turn)
        assert answer_id is not None
        return answer_id

    def claims(self, store: SqlReviewStore, answer_id: str) -> list[int]:
        logged = store.answer(answer_id)
        assert logged is not None
        return [n for n, sentence in enumerate(logged.answer.sentences) if sentence.kind == "claim"]

    def test_answer_comes_back_as_it_was_given(self, store: SqlReviewStore) -> None:
        adjustment = {"places": ["Urk"], "sectors": None}

        answer_id = store.log(trace_of(), conversation_id="a", turn=3, adjustment=adjustment)

        logged = store.answer(answer_id or "")
        assert logged is not None
        assert logged.answer == trace_of().answer
        assert (logged.conversation_id, logged.turn, logged.adjustment) == ("a", 3, adjustment)
        assert logged.asked_at == START + timedelta(minutes=1)
        assert logged.trace["rankings"]["fused"]
        assert logged.confidence == pytest.approx(min(1, trace_of().advice.recommended[0][0].score), abs=1e-4)

    def test_unknown_answer_is_none(self, store: SqlReviewStore) -> None:
        assert store.answer("nergens") is None

    def test_reopened_store_has_what_was_stored(self, store: SqlReviewStore, open_store: Open) -> None:
        answer_id = self.log(store)
        store.close()

        assert open_store().answer(answer_id) is not None

    def test_conversation_lists_its_own_answers_oldest_first(self, store: SqlReviewStore) -> None:
        first, _, third = (self.log(store, conversation=c, turn=t) for c, t in (("a", 0), ("b", 0), ("a", 1)))

        assert [x.answer_id for x in store.conversation("a")] == [first, third]

    def test_deleted_conversation_takes_along_what_was_said_of_it(self, store: SqlReviewStore) -> None:
        gone, kept = self.log(store, conversation="a"), self.log(store, conversation="b")
        store.add_feedback(Feedback(gone, "not_helpful", START))
        store.save_review(Review(gone, "adviseur-1"), began_from={})

        assert store.delete_conversation("a") == 1

        assert store.answer(gone) is None
        assert not store.feedback(gone)
        assert not store.reviews(gone, all_revisions=True)
        assert store.answer(kept) is not None
        assert store.problems() == []

    def test_purge_removes_what_is_older_and_nothing_else(self, store: SqlReviewStore) -> None:
        old, young = self.log(store), self.log(store)

        assert store.purge(START + timedelta(minutes=2)) == 1

        assert store.answer(old) is None
        assert store.answer(young) is not None

    def test_nothing_is_kept_when_logging_is_off(self, open_store: Open) -> None:
        store = open_store(is_logging=False)

        assert store.log(trace_of(), conversation_id="a", turn=0) is None
        assert store.queue(QueueFilter(state="all")).total == 0

    def test_answers_whose_time_is_over_go_when_the_next_is_logged(self, open_store: Open) -> None:
        clock = [START]
        store = open_store(retention_days=30, clock=lambda: clock[0])
        old = self.log(store)
        clock[0] += timedelta(days=31)

        self.log(store)

        assert store.answer(old) is None

    def test_feedback_is_kept_in_order_and_masked(self, store: SqlReviewStore) -> None:
        answer_id = self.log(store)
        store.add_feedback(Feedback(answer_id, "wrong_source", START, citation=2))
        store.add_feedback(Feedback(answer_id, "comment", START, text=f"Mail {SECRETS[0]}"))
        store.add_feedback(Feedback(answer_id, "missing_initiative", START, record_id="project"))

        said = store.feedback(answer_id)

        assert [f.kind for f in said] == ["wrong_source", "comment", "missing_initiative"]
        assert (said[0].citation, said[1].text, said[2].record_id) == (2, "Mail [e-mailadres]", "project")

    def test_feedback_on_an_answer_that_is_gone_is_told(self, store: SqlReviewStore) -> None:
        with pytest.raises(StoreError, match="not in the log"):
            store.add_feedback(Feedback("weg", "helpful", START))

    def test_queue_lists_the_most_urgent_first_then_the_newest(self, store: SqlReviewStore) -> None:
        ids = [
            store.log(without_doubt(t), conversation_id="a", turn=n) or ""
            for n, t in enumerate((trace_of(), urk(), drenthe(), trace_of(), trace_of()))
        ]
        store.add_feedback(Feedback(ids[1], "not_helpful", START))

        page = store.queue(QueueFilter())

        singled_out = {i.answer_id: i.reasons[0] for i in page.items if i.reasons[0] != "random_sample"}
        assert singled_out == {ids[1]: "not_helpful", ids[2]: "first_of_kind", ids[0]: "first_of_kind"}
        assert [i.answer_id for i in page.items][:3] == [ids[1], ids[2], ids[0]]
        assert page.regions == ("Drenthe", "Flevoland", *page.regions[2:])
        assert page.sectors == ("energie", "zorg")

    def test_doubtful_answer_is_low_confidence(self, store: SqlReviewStore) -> None:
        sentences = trace_of().answer.sentences
        doubted = next(n for n, s in enumerate(sentences) if s.kind == "claim")
        trace = without_doubt(trace_of())
        changed = [
            s.model_copy(update={"verdict": "partial"}) if n == doubted else s
            for n, s in enumerate(trace.answer.sentences)
        ]
        answer = trace.answer.model_copy(update={"sentences": tuple(changed)})

        store.log(replace(trace, answer=answer), conversation_id="a", turn=0)

        assert store.queue(QueueFilter(reason="low_confidence")).total == 1

    def test_last_thumb_decides_whether_an_answer_helped(self, store: SqlReviewStore) -> None:
        answer_id = self.log(store)
        store.add_feedback(Feedback(answer_id, "not_helpful", START))
        assert store.queue(QueueFilter(reason="not_helpful")).total == 1

        store.add_feedback(Feedback(answer_id, "helpful", START))

        assert store.queue(QueueFilter(reason="not_helpful")).total == 0

    @pytest.mark.parametrize(
        ("chosen", "expected"),
        [
            pytest.param(QueueFilter(state="all"), [2, 1, 0], id="all, newest first"),
            pytest.param(QueueFilter(state="all", region="Drenthe"), [2], id="region"),
            pytest.param(QueueFilter(state="all", sector="energie"), [1, 0], id="sector"),
            pytest.param(QueueFilter(state="all", status="abstained"), [], id="status"),
            pytest.param(QueueFilter(state="all", region="Drenthe", sector="energie"), [], id="two at once"),
            pytest.param(QueueFilter(state="all", since=START + timedelta(minutes=2)), [2, 1], id="from"),
            pytest.param(QueueFilter(state="all", until=START + timedelta(minutes=2)), [1, 0], id="until"),
            pytest.param(QueueFilter(state="all", limit=1, offset=1), [1], id="second page of one"),
            pytest.param(QueueFilter(state="judged"), [0], id="judged"),
            pytest.param(QueueFilter(state="judged", reader="adviseur-2"), [], id="judged by another"),
            pytest.param(QueueFilter(state="open"), [2, 1], id="open"),
            pytest.param(QueueFilter(state="open", reader="adviseur-2"), [2, 1, 0], id="open for another"),
        ],
    )
    def test_filters(self, store: SqlReviewStore, chosen: QueueFilter, expected: list[int]) -> None:
        ids = []
        for turn, trace in enumerate((trace_of(), urk(), drenthe())):
            ids.append(store.log(without_doubt(trace), conversation_id="a", turn=turn))
        store.save_review(Review(ids[0] or "", "adviseur-1"), began_from={})

        page = store.queue(chosen)

        by_moment = sorted(page.items, key=lambda item: item.asked_at, reverse=True)
        assert [ids.index(item.answer_id) for item in by_moment] == expected
        assert page.total == (3 if chosen.limit == 1 else len(expected))

    def test_review_is_added_and_nothing_is_overwritten(self, store: SqlReviewStore) -> None:
        answer_id = self.log(store)
        first, second, *_ = self.claims(store, answer_id)
        store.save_review(Review(answer_id, "adviseur-1", sentences={first: "supported"}), began_from={})
        later = Review(
            answer_id, "adviseur-1", sentences={first: "unsupported", second: "partial"},
            recommendations={"streek": "wrong"}, missing=("project",), comment="Niet waar.",
            corrected_answer="Sluit aan bij het project.",
        )  # fmt: skip

        saved = store.save_review(later, began_from={"adviseur-1": 1})

        assert saved.overtaken == ()
        assert [r.revision for r in store.reviews(answer_id, all_revisions=True)] == [1, 2]
        (latest,) = store.reviews(answer_id)
        assert latest == saved.review
        assert (latest.sentences, latest.missing) == ({first: "unsupported", second: "partial"}, ("project",))
        assert latest.at is not None

    @pytest.mark.parametrize(
        ("reader", "began_from"),
        [
            pytest.param("adviseur-1", {}, id="same reader in two windows"),
            pytest.param("adviseur-2", {}, id="another reader"),
        ],
    )
    def test_second_of_two_at_once_is_told_and_both_are_kept(
        self, store: SqlReviewStore, reader: str, began_from: dict[str, int]
    ) -> None:
        answer_id = self.log(store)
        store.save_review(Review(answer_id, "adviseur-1", comment="eerst"), began_from=began_from)

        saved = store.save_review(Review(answer_id, reader, comment="daarna"), began_from=began_from)

        assert [r.comment for r in saved.overtaken] == ["eerst"]
        kept = store.reviews(answer_id, all_revisions=True)
        assert [r.comment for r in kept] == ["eerst", "daarna"]

    def test_reader_who_saw_the_other_review_is_not_overtaken(self, store: SqlReviewStore) -> None:
        answer_id = self.log(store)
        store.save_review(Review(answer_id, "adviseur-1"), began_from={})

        saved = store.save_review(Review(answer_id, "adviseur-2"), began_from={"adviseur-1": 1})

        assert saved.overtaken == ()

    def test_many_at_once_lose_nothing(self, store: SqlReviewStore) -> None:
        answer_id = self.log(store)
        seen: list[int] = []

        def judge(number: int) -> None:
            for _ in range(5):
                saved = store.save_review(Review(answer_id, f"adviseur-{number % 2}"), began_from={})
                seen.append(saved.review.revision)

        threads = [threading.Thread(target=judge, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(seen) == sorted([*range(1, 11)] * 2)
        assert len(store.reviews(answer_id, all_revisions=True)) == 20
        assert store.problems() == []

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"sentences": {999: "supported"}}, id="sentence that is not there"),
            pytest.param({"recommendations": {"nergens": "right"}}, id="record that was not recommended"),
        ],
    )
    def test_review_that_does_not_fit_the_answer_is_refused(
        self, store: SqlReviewStore, changes: dict[str, dict[object, str]]
    ) -> None:
        answer_id = self.log(store)

        with pytest.raises(UsageError, match="nothing was stored"):
            store.save_review(Review(answer_id, "adviseur-1", **changes), began_from={})  # type: ignore[arg-type]

        assert not store.reviews(answer_id)

    def test_agreement_counts_the_latest_of_each_reader(self, store: SqlReviewStore) -> None:
        answer_id = self.log(store)
        one, two, three, *_ = self.claims(store, answer_id)
        for reader, verdicts in (
            ("adviseur-1", {one: "unsupported", two: "supported", three: "unsupported"}),
            ("adviseur-1", {one: "supported", two: "supported", three: "unsupported"}),
            ("adviseur-2", {one: "supported", two: "unsupported", three: "unsupported"}),
        ):
            store.save_review(Review(answer_id, reader, sentences=verdicts), began_from={})  # type: ignore[arg-type]

        found = store.agreement()

        assert (found.pairs, found.judged_sentences, found.judged_answers) == (3, 3, 1)
        assert [d.subject for d in found.disagreements] == [f"sentence:{two}"]
        assert found.kappa == pytest.approx(0.4)

    def test_personal_data_is_masked_everywhere(self, store: SqlReviewStore) -> None:
        secret = " ".join(SECRETS)
        answer_id = store.log(trace_of(f"Mijn gegevens: {secret}"), conversation_id="a", turn=0) or ""
        store.add_feedback(Feedback(answer_id, "comment", START, text=secret))
        review = Review(answer_id, "adviseur-1", comment=secret, corrected_answer=secret)
        store.save_review(review, began_from={})

        kept = f"{store.answer(answer_id)} {store.feedback(answer_id)} {store.reviews(answer_id)}"

        assert "[e-mailadres]" in kept
        assert not [word for word in SECRETS if word in kept]

    def test_text_that_no_database_holds_is_kept_readable(self, store: SqlReviewStore) -> None:
        answer_id = self.log(store)

        store.add_feedback(Feedback(answer_id, "comment", START, text="a\x00b\ud83dc 🙂"))

        assert store.feedback(answer_id)[0].text == "a\ufffdb\ufffdc 🙂"

    def test_ids_can_be_found_by_their_beginning(self, store: SqlReviewStore) -> None:
        ids = [self.log(store) for _ in range(3)]

        assert list(store.ids_starting_with("0000")) == sorted(ids)
        assert list(store.ids_starting_with(ids[1])) == [ids[1]]
        assert list(store.ids_starting_with("%")) == []
