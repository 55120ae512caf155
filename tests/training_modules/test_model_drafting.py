from typing import Any

import pytest

from bot.wiring import App
from foundation.errors import InvalidModule
from knowledge.document import Reading
from tests.scripted_model import ScriptedModel
from training_modules.model_drafting import ModuleDrafting, find_section
from training_modules.module import ItemType, Module, Status
from training_modules.parsing import parse
from training_modules.writing import as_markdown

DOCUMENT = "professionalization-initiative-2021"
QUOTE = "标准规范是专业化水平的重要体现"


@pytest.fixture
def reading(app: App) -> Reading:
    version = app.library.version_of(DOCUMENT)
    assert version is not None
    return app.library.reading(version)


def both(words: str) -> dict[str, str]:
    return {"zh": words, "en": f"{words} (en)"}


def item(kind: str, quote: str = QUOTE, form: str = "", **more: Any) -> dict[str, Any]:
    options = [
        {**both(f"选项{n}"), "feedback_zh": "因为如此", "feedback_en": "Because", "score": score}
        for n, score in enumerate((0, 1, 0.5))
    ]
    return {"type": kind, "form": form, "quote": quote, **both("问"), "options": options, **more}


SPOKEN: dict[str, Any] = {
    "title": both("标准先行"), "objective": both("能说出"), "task": both("本周"),
    "cards": [
        {"quote": QUOTE, **both("一张卡")},
        {"quote": "这句话文件里没有", **both("编造的卡")},
        {"quote": QUOTE, **both("到2035年要有500个")},
    ],
    "items": [
        item("choice"), item("dilemma"), item("choice", form="A"), item("choice", form="B"),
        item("choice", "凭空的引文"), item("riddle"), "nonsense",
    ],
}  # fmt: skip


def drafted(reading: Reading, spoken: dict[str, Any]) -> tuple[Module, ScriptedModel]:
    model = ScriptedModel([spoken])
    section = find_section(reading, "四、发挥体系优势，注重规范引领")
    return (
        ModuleDrafting(model).draft(
            DOCUMENT, reading, section, "practice-91-x", "professional-practice", "zh"
        ),
        model,
    )


def test_only_what_stands_on_a_quote_of_the_section_is_taken_over(reading: Reading) -> None:
    module, model = drafted(reading, SPOKEN)

    assert module.status is Status.DRAFT
    assert [card.text.zh for card in module.cards] == ["一张卡"]
    assert [source.quote for source in module.sources] == [QUOTE]
    assert [one.id for one in module.items] == ["c1", "d1", "a1", "b1", "do"]
    assert module.items[1].type is ItemType.DILEMMA
    assert [option.score for option in module.items[1].options] == [0, 1, 0.5]
    assert module.form("A")[0].key == ("b",)
    assert QUOTE in model.prompts[0].material


def test_a_draft_can_be_read_back_and_is_not_approved(reading: Reading) -> None:
    module, _ = drafted(reading, SPOKEN)
    again = parse(as_markdown(module)).module

    assert again is not None
    assert again.items == module.items
    assert not again.is_approved


@pytest.mark.parametrize("spoken", [{"cards": []}, {"cards": "x"}, {"cards": [{"quote": 1}]}, {}])
def test_a_model_that_says_nothing_of_use_makes_no_draft(
    reading: Reading, spoken: dict[str, Any]
) -> None:
    with pytest.raises(InvalidModule, match="rests on words"):
        drafted(reading, spoken)


def test_a_quote_from_another_section_does_not_count(reading: Reading) -> None:
    with pytest.raises(InvalidModule, match="rests on words"):
        drafted(reading, {"cards": [{"quote": "加强特色馆藏和灰色文献建设", **both("卡")}]})


def test_a_section_that_is_not_there_is_named_with_some_that_are(reading: Reading) -> None:
    with pytest.raises(InvalidModule, match="some are: "):
        find_section(reading, "第九十九条")
