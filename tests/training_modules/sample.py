"""A small module and track, for tests of what is played."""

from training_modules.module import (
    Bilingual,
    Card,
    Item,
    ItemType,
    Module,
    Number,
    Option,
    Source,
    Track,
)


def both(words: str) -> Bilingual:
    return Bilingual(words, f"{words} (en)")


def options(
    *ids: str, right: tuple[str, ...] = (), scores: tuple[float, ...] = ()
) -> tuple[Option, ...]:
    given = scores or tuple(float(one in right) for one in ids)
    return tuple(
        Option(one, both(f"选项{one}"), both(f"反馈{one}"), score)
        for one, score in zip(ids, given, strict=True)
    )


CHOICE = Item("q1", ItemType.CHOICE, both("选一个"), options("a", "b", "c", right=("b",)),
              ("b",), sources=(1,))  # fmt: skip
MULTI = Item("m1", ItemType.MULTI, both("选几个"), options("a", "b", "c", right=("a", "c")),
             ("a", "c"), sources=(1,))  # fmt: skip
TRUE = Item("t1", ItemType.TRUE_FALSE, both("对不对"), options("true", "false", right=("true",)),
            ("true",), sources=(1,))  # fmt: skip
ORDER = Item("o1", ItemType.ORDER, both("排一排"), options("a", "b", "c"), ("c", "a", "b"))
NUMERIC = Item("n1", ItemType.NUMERIC, both("写一个数"), number=Number(500.0, 1.0, both("TB")))
DILEMMA = Item("d1", ItemType.DILEMMA, both("怎么办"),
               options("a", "b", "c", scores=(0.0, 1.0, 0.5)))  # fmt: skip
REFLECTION = Item("r1", ItemType.REFLECTION, both("想一想"))
TASK = Item("do", ItemType.APPLICATION, both("试一试"))
FORM_A = Item("a1", ItemType.CHOICE, both("前测"), options("a", "b", right=("a",)), ("a",),
              form="A")  # fmt: skip
FORM_B = Item("b1", ItemType.CHOICE, both("后测"), options("a", "b", right=("b",)), ("b",),
              form="B")  # fmt: skip
EVERY = (CHOICE, MULTI, TRUE, ORDER, NUMERIC, DILEMMA, REFLECTION, TASK, FORM_A, FORM_B)


def module(name: str = "values-01-sample", *items: Item) -> Module:
    quote = Source("professionalization-initiative-2021", "一", "坚守初心使命")
    return Module(
        name, "values-and-ethics", 1, both("一课"), (both("能辨认"),), ("values",), 1, 4, (quote,),
        (Card(both("卡片一"), (1,)), Card(both("卡片二"), (1,))), items or EVERY,
    )  # fmt: skip


TRACK = Track(
    "values-and-ethics", both("伦理"), both("关于伦理"),
    (both("我能说明"), both("我能处理"), both("我能推动")), ("values-01-sample",),
)  # fmt: skip
