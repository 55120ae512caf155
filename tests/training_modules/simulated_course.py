"""A course of four modules that was made for simulations, so that its figures never change."""

from dataclasses import replace
from datetime import date

from training_modules.module import (
    Approval,
    Bilingual,
    Item,
    ItemType,
    Module,
    Number,
    Option,
    Status,
    Track,
)
from training_modules.simulated_learner import Course

_TITLES = (
    ("四项核心价值", "Four core values"),
    ("读者隐私", "Readers' privacy"),
    ("中立与包容", "Neutrality and inclusion"),
    ("把价值写进计划", "Values in the annual plan"),
)
_COMPETENCIES = (("values",), ("ethics",), ("equality", "ethics"), ("planning", "values"))


def course(track: str = "values-and-ethics") -> Course:
    modules = tuple(_module(track, number) for number in range(1, len(_TITLES) + 1))
    confidence = tuple(Bilingual(f"我能做到第{n}件事", f"I can do thing {n}") for n in range(1, 4))
    title = Bilingual("价值与职业道德", "Values and ethics")
    return Course(
        Track(track, title, title, confidence, tuple(m.id for m in modules)), modules
    )  # fmt: skip


def _module(track: str, number: int) -> Module:
    zh, en = _TITLES[number - 1]
    module = Module(
        id=f"{track.partition('-')[0]}-{number:02}-sample", track=track, version=1,
        title=Bilingual(zh, en), objectives=(Bilingual("能辨认", "Recognise it"),),
        competencies=_COMPETENCIES[number - 1], ifla_area=1 if number < 4 else 3, minutes=4,
        sources=(), cards=(), items=tuple(_items(number, zh, en)), status=Status.APPROVED,
    )  # fmt: skip
    return approved(module)


def approved(module: Module) -> Module:
    hashed = replace(module, sha256=f"{module.id:0<64}")
    names = (("first reader", "content"), ("second reader", "ethics"))
    approvals = [Approval(by, role, date(2026, 2, 2), hashed.sha256) for by, role in names]
    return replace(hashed, approvals=tuple(approvals))


def _items(number: int, zh: str, en: str) -> list[Item]:
    prompts = [
        Bilingual(f"《{zh}》里，哪一句说得对？", f"“{en}”: which sentence is right?"),
        Bilingual(f"关于{zh}：读者问起，先做哪一步？", f"{en}: a reader asks; what comes first?"),
    ]
    return [
        _choice("q1", prompts[0]),
        Item("n1", ItemType.NUMERIC, prompts[0], number=Number(4.0 + number)),
        _dilemma("d1", prompts[1]),
        _choice("a1", prompts[0], "A") if number % 2 else _dilemma("a1", prompts[1], "A"),
        _choice("b1", prompts[0], "B") if number % 2 else _dilemma("b1", prompts[1], "B"),
        Item("do", ItemType.APPLICATION, prompts[1]),
    ]


def _options(*scores: float) -> tuple[Option, ...]:
    text = Bilingual("一个选项", "an option")
    return tuple(
        Option(letter, text, text, score) for letter, score in zip("abcd", scores, strict=False)
    )


def _choice(id_: str, prompt: Bilingual, form: str = "") -> Item:
    return Item(id_, ItemType.CHOICE, prompt, _options(0, 1, 0, 0), ("b",), form=form)


def _dilemma(id_: str, prompt: Bilingual, form: str = "") -> Item:
    return Item(id_, ItemType.DILEMMA, prompt, _options(0, 0.5, 1), ("c",), form=form)
