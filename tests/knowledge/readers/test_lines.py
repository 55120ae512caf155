from knowledge.readers.lines import read_lines
from knowledge.source import Block, Role, Source


def read(text: str) -> list[tuple[str, str]]:
    return [(block.role.value, block.text) for block in read_lines(text).blocks]


def dropped(source: Source) -> list[tuple[str, str]]:
    return [(d.rule, source.text[d.span.start : d.span.end]) for d in source.drops]


def test_marks_of_headings_with_and_without_a_space() -> None:
    assert read("# 标题\n##二级\n### C#\n#### 完 ####\n#1 priority\n#话题# 今天") == [
        ("heading", "标题"),
        ("heading", "二级"),
        ("heading", "C#"),
        ("heading", "完"),
        ("text", "#1 priority"),
        ("text", "#话题# 今天"),
    ]


def test_a_line_under_a_line_makes_it_a_heading() -> None:
    blocks = read_lines("开放时间\n====\n\n周一闭馆\n---\n\n图书馆应当免费开放。\n---\n").blocks
    assert [(block.role, block.level) for block in blocks] == [
        (Role.HEADING, 1), (Role.HEADING, 2), (Role.TEXT, 0)
    ]  # fmt: skip


def test_list_items_of_every_sign_know_their_depth() -> None:
    blocks = read_lines("- 一\n  - 二\n* 三\n• 四\n+ 五\n*注：六*\n**七** 八九").blocks
    assert [(block.role.value, block.text, block.level) for block in blocks] == [
        ("item", "一", 1),
        ("item", "二", 2),
        ("item", "三", 1),
        ("item", "四", 1),
        ("item", "五", 1),
        ("text", "注：六", 0),
        ("text", "七 八九", 0),
    ]


def test_code_is_one_block_as_it_stands() -> None:
    source = read_lines("说明\n```sh\n# 不是标题\n| 不是 | 表 |\n<b>不是标签</b>\n```\n完")
    assert [block.text for block in source.blocks] == [
        "说明", "# 不是标题\n| 不是 | 表 |\n<b>不是标签</b>", "完"
    ]  # fmt: skip
    assert dropped(source) == [("code fence", "sh")]


def test_a_fence_that_nothing_closes_means_nothing() -> None:
    assert read("```\n# 标题\n正文。") == [("heading", "标题"), ("text", "正文。")]


def test_keys_above_a_text_are_dropped_and_give_its_title() -> None:
    source = read_lines('---\ntitle: "开放时间"\ntags:\n  - a\n---\n正文。')
    assert source.title == "开放时间"
    assert [block.text for block in source.blocks] == ["正文。"]
    assert [rule for rule, _ in dropped(source)] == ["front matter"]


def test_a_ruler_at_the_top_is_no_front_matter() -> None:
    assert read("---\n正文。\n---\n") == [("text", "正文。")]


def test_comments_and_scripts_over_several_lines_are_dropped() -> None:
    source = read_lines("甲<!-- 一\n二 -->乙\n<script>\nx()\n</script>丙\n<!-- 未完")
    assert [block.text for block in source.blocks] == ["甲", "乙", "丙", "<!-- 未完"]
    assert [rule for rule, _ in dropped(source)] == ["comment", "script"]


def test_form_feeds_part_pages() -> None:
    blocks = read_lines("一\n\f二\n三\f\n四").blocks
    assert [(block.text, block.page) for block in blocks] == [
        ("一", 1), ("二", 2), ("三", 2), ("四", 3)
    ]  # fmt: skip


def test_a_text_without_form_feeds_has_no_pages() -> None:
    source = read_lines("一\n二")
    assert source.pages is None
    assert source.blocks[0].page is None


def test_spans_point_at_the_line_with_its_marks() -> None:
    text = "  ## **标题**  \n\n- 见[通知](http://a.b)第三条\n"
    source = read_lines(text)
    spans = [text[block.span.start : block.span.end] for block in source.blocks]
    assert spans == ["**标题**", "见[通知](http://a.b)第三条"]
    assert [block.text for block in source.blocks] == ["标题", "见通知第三条"]


def test_pieces_of_a_page_in_a_line_are_what_their_tags_say() -> None:
    source = read_lines("<h2>要求</h2><p>须知：</p><ol><li>甲</li><li><p>乙</p></li></ol>尾")
    assert [(block.role.value, block.text) for block in source.blocks] == [
        ("heading", "要求"), ("text", "须知："), ("item", "甲"), ("item", "乙"), ("text", "尾")
    ]  # fmt: skip


def test_definitions_of_links_are_dropped_and_footnotes_kept() -> None:
    source = read_lines("见[1]。\n\n[1]: https://a.b/c\n[^a]: 脚注。")
    assert [(block.role, block.text, block.marks) for block in source.blocks] == [
        (Role.TEXT, "见[1]。", ()), (Role.NOTE, "脚注。", ("a",))
    ]  # fmt: skip
    assert dropped(source)[0] == ("link target", "[1]: https://a.b/c")


def test_quoted_lines_lose_their_sign() -> None:
    assert read("> > 引文\n> - 项") == [("text", "引文"), ("item", "项")]


def wrapped(blocks: tuple[Block, ...]) -> bool:
    return any(block.wrapped for block in blocks)


def test_a_text_of_lines_of_one_width_is_wrapped_and_a_list_is_not() -> None:
    assert wrapped(read_lines("图书馆的发展与终身学习有着深厚的渊源其服\n" * 15).blocks)
    assert not wrapped(read_lines("图书馆的发展与终身学习有着深厚的渊源。\n" * 15).blocks)
    assert not wrapped(read_lines("图书\n图书馆的发展与终身学习有着深厚的渊\n" * 15).blocks)
