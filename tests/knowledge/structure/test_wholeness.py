from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.document import Reading, Span
from knowledge.founding import FOLDER, founding_ids
from knowledge.readers.decoding import decode
from knowledge.readers.lines import read_lines
from knowledge.source import Role, SourceBuilder
from knowledge.structure.understanding import understand
from tests.knowledge.structure.official_text import BLOCKS, official_texts
from tests.wholeness import assert_tree, assert_whole

WRITTEN = Path(__file__).parent / "documents"
patient = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> Reading:
    return understand(read_lines(text), "name")


def files() -> Iterator[Path]:
    yield from sorted(WRITTEN.iterdir())
    yield from (FOLDER / f"{document}.txt" for document in founding_ids())


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_no_letter_of_a_real_document_is_lost_or_doubled(path: Path) -> None:
    reading = read(decode(path.read_bytes()))
    assert_whole(reading)
    assert_tree(reading)


@patient
@given(official_texts())
def test_no_letter_of_an_official_text_is_lost_or_doubled(text: str) -> None:
    reading = read(text)
    assert_whole(reading)
    assert_tree(reading)


@patient
@given(st.text())
def test_any_text_at_all_is_read_whole(text: str) -> None:
    reading = read(text)
    assert_whole(reading)
    assert_tree(reading)


@patient
@given(
    st.lists(
        st.tuples(
            st.sampled_from([Role.TEXT, Role.HEADING, Role.ITEM, Role.NOTE, Role.FURNITURE]),
            BLOCKS,
            st.integers(0, 9),
            st.booleans(),
        ),
        max_size=20,
    )
)
def test_whatever_a_reader_hands_over_is_understood(
    blocks: list[tuple[Role, str, int, bool]],
) -> None:
    builder = SourceBuilder()
    for page, (role, text, level, wrapped) in enumerate(blocks):
        builder.add(role, text, level=level, page=1 + page // 4, wrapped=wrapped, gap=level % 2)
        if level == 9:
            builder.add_row(builder.open_table(), ((text,), ("2024",)), page=page)
    reading = understand(builder.build(), "name")
    assert_whole(reading)
    assert_tree(reading)


@patient
@given(official_texts())
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


def test_pictures_in_a_text_are_kept() -> None:
    reading = read("# 公告 📢\n\n欢迎👩‍💻来图书馆📚。\n")
    assert [passage.text for passage in reading.passages] == ["公告 📢", "欢迎👩‍💻来图书馆📚。"]


def test_the_pieces_of_a_long_paragraph_know_their_places_past_links_and_tags() -> None:
    sentence = "<b>全民阅读</b>见[通知](http://a.cn/very/long/address)第三条&mdash;办法。"
    reading = read(sentence * 60)
    assert len(reading.passages) > 2
    for passage in reading.passages:
        written = reading.text[passage.span.start : passage.span.end]
        assert written.startswith("<b>全民阅读")
        assert passage.text.startswith("全民阅读")
        assert passage.text.endswith("办法。")
    assert reading.passages[0].span == Span(0, reading.passages[1].span.start)
    assert_whole(reading)
