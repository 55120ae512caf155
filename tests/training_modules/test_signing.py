from datetime import date
from pathlib import Path

import pytest

from foundation.errors import InvalidModule
from tests.training_modules import guide
from training_modules.module import Status
from training_modules.parsing import parse, parse_file
from training_modules.register import read_registers
from training_modules.signing import sign_file, signed, with_approvals

TODAY = date(2026, 11, 21)


def test_one_approval_is_a_review_and_the_second_approves() -> None:
    one = signed(guide.module(), "Li Wen", "content", TODAY)
    two = signed(one, "Wang Fang", "ethics", TODAY)

    assert (one.status, one.is_approved) == (Status.IN_REVIEW, False)
    assert (two.status, two.is_approved) == (Status.APPROVED, True)
    assert [approval.by for approval in two.approvals] == ["Li Wen", "Wang Fang"]


@pytest.mark.parametrize("again", ["Li Wen", " li  wen "])
def test_nobody_approves_twice(again: str) -> None:
    one = signed(guide.module(), "Li Wen", "content", TODAY)

    with pytest.raises(InvalidModule, match="another person"):
        signed(one, again, "ethics", TODAY)


def test_an_approval_has_a_name() -> None:
    with pytest.raises(InvalidModule, match="--by"):
        signed(guide.module(), "  ", "content", TODAY)


def test_approvals_of_other_words_are_dropped() -> None:
    one = signed(guide.module(), "Li Wen", "content", TODAY)
    text = with_approvals(guide.text(), one).replace("Where outsourcing ends", "Changed")
    changed = parse(text).module
    assert changed is not None

    after = signed(changed, "Wang Fang", "ethics", TODAY)
    assert [approval.by for approval in after.approvals] == ["Wang Fang"]
    assert after.status is Status.IN_REVIEW


def test_signing_a_file_touches_nothing_but_status_and_approvals(tmp_path: Path) -> None:
    path = tmp_path / f"{guide.NAME}.md"
    path.write_text(guide.text(), "utf-8")

    sign_file(path, "Li Wen", "content", TODAY)
    module = sign_file(path, "Wang: Fang", "ethics, wording", TODAY)
    text = path.read_text("utf-8")

    assert module == parse_file(path).module
    assert module.is_approved
    front, body = text.split("status: approved")
    assert guide.text().startswith(front)
    assert body.endswith(guide.text().split("status: draft\n")[1])
    assert list(tmp_path.glob("*.part")) == []


def test_what_was_approved_is_registered_with_its_keys(tmp_path: Path) -> None:
    path = tmp_path / f"{guide.NAME}.md"
    path.write_text(guide.text(), "utf-8")

    sign_file(path, "Li Wen", "content", TODAY)
    assert read_registers([tmp_path]) == {}
    sign_file(path, "Wang Fang", "ethics", TODAY)

    known = read_registers([tmp_path])[guide.NAME]
    assert (known.version, known.keys["d1"]) == (1, "dilemma a=0 b=1 c=0.5")


def test_an_approval_before_the_file_was_edited_is_seen_to_be_stale(tmp_path: Path) -> None:
    path = tmp_path / f"{guide.NAME}.md"
    path.write_text(guide.text(), "utf-8")
    sign_file(path, "Li Wen", "content", TODAY)
    sign_file(path, "Wang Fang", "ethics", TODAY)
    path.write_text(path.read_text("utf-8").replace("三句都答", "三句全答"), "utf-8")

    module = parse_file(path).module
    assert module is not None
    assert module.status is Status.APPROVED
    assert not module.is_approved
