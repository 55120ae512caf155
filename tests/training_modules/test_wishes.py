import pytest

from training_modules.shelf import Shelf
from training_modules.topics import topics_of
from training_modules.wishes import matching, wish_in

SHIPPED = Shelf.open().modules()


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("我想学编目", "编目"),
        ("想学习怎么选书。", "怎么选书"),
        ("I would like to learn about privacy.", "privacy"),
        ("I'd like to improve my writing", "writing"),
        ("Teach me about statistics!", "statistics"),
        ("什么是终身学习？", None),
        ("I would like a cup of tea", None),
    ],
)
def test_a_wish_is_heard_in_what_people_say(said: str, what: str | None) -> None:
    assert wish_in(said) == what


def test_every_shipped_module_has_topics_in_both_languages() -> None:
    for module in SHIPPED:
        topics = topics_of(module.id)
        assert any(topic.isascii() for topic in topics), module.id
        assert any(not topic.isascii() for topic in topics), module.id
    assert topics_of("nobody-wrote-this") == ()


@pytest.mark.parametrize(
    ("wish", "module"),
    [
        ("隐私", "values-04-open-and-discreet"),
        ("怎样保护读者隐私", "values-04-open-and-discreet"),
        ("privacy", "values-08-enough-and-no-more"),
        ("managing volunteers", "leading-05-volunteers"),
        ("古籍修复", "practice-06-local-and-ancient"),
    ],
)
def test_a_wish_is_met_by_what_a_module_is_called(wish: str, module: str) -> None:
    assert module in [found.id for found in matching(wish, SHIPPED)[:2]]


@pytest.mark.parametrize("wish", ["做菜", "cooking", "开车", "？", ""])
def test_what_nobody_teaches_meets_nothing(wish: str) -> None:
    assert matching(wish, SHIPPED) == []
