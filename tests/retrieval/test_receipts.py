from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from foundation.clock import FixedClock
from foundation.database import open_engine, open_sessions
from foundation.errors import UnknownReceipt
from foundation.migrating import migrate
from retrieval.answer import Answer, Citation, Nearest, Verdict
from retrieval.receipts import Receipts

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def receipts(tmp_path: Path) -> Receipts:
    engine = open_engine(f"sqlite:///{tmp_path / 'libcoach.db'}")
    migrate(engine, NOW)
    return Receipts(open_sessions(engine), FixedClock(NOW))


def _found() -> Answer:
    citation = Citation(1, "d", "《d》", ("一",), None, "原话", "v", 3)
    return Answer("原话[1]", Verdict.FOUND, "zh", (citation,), question="问什么？")


def _not_found(question: str) -> Answer:
    near = (Nearest("d", "《d》", ("一",), "v", 0),)
    return Answer("没有", Verdict.NOT_FOUND, "zh", nearest=near, question=question, is_gap=True)


def test_an_answer_can_be_reopened_by_its_code(receipts: Receipts) -> None:
    answer = receipts.keep("那呢？", _found(), {"sureness_needed": 0.4})

    kept = receipts.open(answer.receipt.lower())

    assert kept["said"] == "那呢？"
    assert kept["question"] == "问什么？"
    assert kept["citations"][0]["version"] == "v"
    assert kept["settings"] == {"sureness_needed": 0.4}


def test_a_rating_is_kept_and_may_be_changed(receipts: Receipts) -> None:
    code = receipts.keep("问", _found(), {}).receipt

    receipts.rate(code, 1)
    receipts.rate(code, -1, "不全")

    assert (receipts.open(code)["rating"], receipts.open(code)["rating_reason"]) == (-1, "不全")


def test_an_unknown_code_is_said_in_one_sentence(receipts: Receipts) -> None:
    with pytest.raises(UnknownReceipt, match="ZZZZZZ"):
        receipts.open("ZZZZZZ")


def test_the_same_gap_is_counted_however_it_is_punctuated(receipts: Receipts) -> None:
    receipts.keep("x", _not_found("馆长是谁？"), {})
    assert isinstance(receipts.clock, FixedClock)
    receipts.clock.advance(timedelta(hours=1))
    receipts.keep("x", _not_found("馆长是谁"), {})
    receipts.keep("x", _not_found("几点开门"), {})

    gaps = receipts.gaps()

    assert [(gap.question, gap.times) for gap in gaps] == [("馆长是谁？", 2), ("几点开门", 1)]
    assert gaps[0].nearest == ("《d》 › 一",)


def test_an_answer_leaves_no_gap(receipts: Receipts) -> None:
    receipts.keep("x", _found(), {})

    assert receipts.gaps() == []
