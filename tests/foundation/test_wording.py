from string import Formatter

import pytest
import yaml

from foundation.settings import LANGUAGES
from foundation.wording import FILE, keys, say


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", keys())
def test_every_text_is_there_in_every_language_with_the_same_places(key: str) -> None:
    texts = yaml.safe_load(FILE.read_text("utf-8"))[key]

    assert set(texts) == set(LANGUAGES)
    assert all(isinstance(text, str) and text.strip() for text in texts.values())
    assert len({frozenset(places(text)) for text in texts.values()}) == 1


def test_no_text_stands_twice_under_one_key() -> None:
    lines = FILE.read_text("utf-8").splitlines()
    written = [line.split(":")[0] for line in lines if line and line[0] not in " #"]

    assert sorted(written) == keys()


def test_the_places_of_a_text_are_filled() -> None:
    assert "1999" in say("answer.expired", "en", title="The plan", date="1999")
    assert say("answer.nearest", "zh") == "最接近的内容在："


def test_words_that_look_like_places_are_left_alone_in_what_is_filled_in() -> None:
    assert "{date}" in say("answer.expired", "zh", title="{date}", date="1999")


def test_chinese_texts_use_chinese_marks() -> None:
    for key in keys():
        text = say(key, "zh")
        assert not any(f"{letter}," in text for letter in "的了是有在不中"), key
