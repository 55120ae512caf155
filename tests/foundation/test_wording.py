from pathlib import Path
from string import Formatter

import pytest
import yaml

from foundation.settings import LANGUAGES
from foundation.wording import FOLDER, family, keys, say

FILES = sorted(FOLDER.glob("*.yaml"))


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_is_there_in_every_language_with_the_same_places(path: Path) -> None:
    for key, texts in yaml.safe_load(path.read_text("utf-8")).items():
        assert set(texts) == set(LANGUAGES), key
        assert all(isinstance(text, str) and text.strip() for text in texts.values()), key
        assert len({frozenset(places(text)) for text in texts.values()}) == 1, key


def test_no_text_stands_twice_and_each_stands_in_the_file_of_its_family() -> None:
    written = []
    for path in FILES:
        lines = path.read_text("utf-8").splitlines()
        here = [line.split(":")[0] for line in lines if line and line[0] not in " #"]
        assert {family(key) for key in here} == {path.stem}
        written += here

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
