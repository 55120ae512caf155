"""The passages that a model is given."""

from collections.abc import Iterator

import pytest

from bot.wiring import App
from knowledge.document import Reading
from retrieval.evidence import gather, sources_of
from tests.small_library import small_library


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with small_library(tmp_path_factory.mktemp("evidence")) as app:
        yield app


def the_reading(app: App) -> tuple[str, Reading]:
    (version,) = app.library.records
    return version, app.library.reading(version)


def places_of(app: App, *words: str) -> list[tuple[str, int]]:
    version, reading = the_reading(app)
    return [
        (version, n) for word in words for n, p in enumerate(reading.passages) if word in p.text
    ]


def texts(app: App, *words: str, largest: int = 6_000) -> list[str]:
    extracts = gather(places_of(app, *words), app.library, largest=largest)
    return [source.text for source in sources_of(extracts).values()]


def test_a_section_comes_whole_and_numbered_from_one(rules: App) -> None:
    (extract,) = gather(places_of(rules, "押金为50元"), rules.library)

    assert [s.number for s in extract.sources] == list(range(1, len(extract.sources) + 1))
    assert {"未成年人可以凭监护人的身份证明办理读者证，押金为50元。", "读者证每年审验一次。"} <= {
        s.text for s in extract.sources
    }
    assert extract.title == "临江图书馆读者服务规则"
    assert extract.section == ("第一章 办证",)


def test_a_row_brings_the_names_of_its_columns(rules: App) -> None:
    sources = sources_of(gather(places_of(rules, "外借量"), rules.library))
    row = next(s for s in sources.values() if "外借量" in s.text)

    assert row.header == ("服务", "2022年", "2024年")
    assert row.cells == ("外借量（万册）", "32.5", "41")


def test_a_passage_is_given_whole_or_not_at_all(rules: App) -> None:
    every = {passage.text for passage in the_reading(rules)[1].passages}

    for largest in (10, 40, 60, 100, 200):
        given = texts(rules, "押金", "借阅", "解释", largest=largest)
        assert sum(map(len, given)) <= largest
        assert set(given) <= every


def test_all_places_come_before_the_neighbours_of_any(rules: App) -> None:
    given = texts(rules, "每年审验", "负责解释", largest=60)

    assert "读者证每年审验一次。" in given
    assert "本规则由临江图书馆负责解释。" in given


def test_orders_to_a_machine_are_left_out(rules: App) -> None:
    given = texts(rules, "忽略以上", "负责解释")

    assert "本规则由临江图书馆负责解释。" in given
    assert not any("忽略" in text for text in given)


def test_a_place_in_a_document_that_is_gone_is_passed_over(rules: App) -> None:
    assert gather([("no such version", 3)], rules.library) == ()
