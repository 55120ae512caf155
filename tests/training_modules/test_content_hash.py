from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.training_modules import guide
from training_modules.content_hash import content_hash
from training_modules.module import Approval, Bilingual, Module, Status
from training_modules.parsing import parse


def test_status_approvals_and_places_are_no_content() -> None:
    module = guide.module()
    other = replace(
        module, status=Status.APPROVED, path=Path("x.md"), lines={},
        approvals=(Approval("a", "b", date(2026, 11, 21), module.sha256),),
    )  # fmt: skip

    assert content_hash(other) == module.sha256


def test_the_layout_of_a_file_is_no_content() -> None:
    loose = guide.text().replace("\n## item", "\n\n\n## item").replace("minutes: 4", "minutes:   4")
    module = parse(loose).module

    assert module is not None
    assert module.sha256 == guide.module().sha256


def test_any_word_is_content() -> None:
    module = guide.module()
    card, item = module.cards[0], module.items[0]
    changed: list[Module] = [
        replace(module, version=2),
        replace(module, title=Bilingual(module.title.zh, "Other")),
        replace(module, cards=(replace(card, beyond=True), *module.cards[1:])),
        replace(module, items=(replace(item, key=("a",)), *module.items[1:])),
        replace(module, items=module.items[::-1]),
    ]

    hashes = {content_hash(one) for one in (module, *changed)}
    assert len(hashes) == len(changed) + 1
