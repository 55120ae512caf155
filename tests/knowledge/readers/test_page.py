import time

import pytest

from foundation.errors import UnreadableDocument
from knowledge.readers.page import read_page
from knowledge.source import Role

LAW = "".join(f"<p>第{n}条 公共图书馆应当免费开放，保障公民基本文化权益。</p>" for n in range(1, 9))


def page(body: str, title: str = "") -> bytes:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


def kept(source) -> list[str]:
    return [block.text for block in source.blocks if block.role is not Role.FURNITURE]


def test_headings_lists_quotes_and_definitions_keep_their_order_and_depth(shown):
    body = (
        "<h1>规划</h1><p>首段。</p><h2>目标</h2><ol><li>总馆<ul><li>分馆</li></ul></li>"
        "<li>服务点</li></ol><blockquote>引文。</blockquote>"
        "<dl><dt>公共图书馆</dt><dd>是指公益性场馆。</dd><dt>读者</dt></dl>"
        "<pre>甲 一\n\n乙 二</pre>"
    )

    assert shown(read_page(page(body))) == [
        "heading1 规划", "text 首段。", "heading2 目标",
        "item1 1. 总馆", "item2 分馆", "item1 2. 服务点", "text 引文。",
        "item1 公共图书馆：是指公益性场馆。", "item1 读者", "text 甲 一", "text 乙 二",
    ]  # fmt: skip


def test_ordered_lists_count_as_browsers_do_but_never_twice(shown):
    body = '<ol type="a" start="3"><li>甲</li><li value="9">乙</li><li>（一）丙</li></ol>'

    assert shown(read_page(page(body))) == ["item1 c. 甲", "item1 i. 乙", "item1 （一）丙"]


def test_navigation_and_footers_are_left_out_and_kept_as_furniture():
    body = (
        "<header><a href='/'>首页</a></header><nav>导航</nav>"
        "<div class='crumbs'>您现在的位置：<a href='/'>首页</a></div>"
        f"<article><h1>管理办法</h1>{LAW}<div class='share-box'>分享到微信</div></article>"
        "<div class='relatedList'><ul><li><a href='1'>一</a></li></ul></div>"
        "<p>浙ICP备05000000号</p><footer>版权所有</footer><script>var a=1;</script>"
    )

    source = read_page(page(body, "管理办法_市政府网"))

    assert source.title == "管理办法"
    assert len(kept(source)) == 9
    left_out = [block for block in source.blocks if block.role is Role.FURNITURE]
    assert {block.rule for block in left_out} == {"boilerplate"}
    assert "首页" in source.text
    assert "版权所有" in source.text
    assert "var a" not in source.text


@pytest.mark.parametrize(
    "body",
    [
        LAW,
        LAW.replace("<p>", "<div>").replace("</p>", "</div>"),
        LAW.replace("<p>", "").replace("</p>", "<br>"),
        LAW.replace("<p>", "").replace("</p>", "<br/><br/>\n"),
        f"<table><tr><td>{LAW}</td></tr></table>",
        f"<table><tr><td>导航</td><td><table><tr><td>{LAW}</td></tr></table></td></tr></table>",
        f"<div class='main menu-open'><div id='footer-wrap'>{LAW}</div></div>",
        f"<form action='x'><div class='sidebar'>{LAW}</div></form>",
        f"<footer>{LAW}</footer>",
        f"<nav>{LAW}</nav>",
        f"<div style='display:none'>{LAW}</div>",
        LAW.replace("公共图书馆", "<a href='/a'>公共</a><a href='/b'>图书馆</a>"),
        f"<main><p>摘要。</p></main><div>{LAW}</div>",
    ],
)  # fmt: skip
def test_a_law_comes_whole_however_its_page_is_built(body):
    lines = kept(read_page(page(body)))

    assert sum("条" in line[:4] for line in lines) == 8


def test_an_old_page_of_nested_tables_gives_its_law_and_nothing_else():
    row = "<tr><td><img src='i.jpg'></td><td class='dhfont'><a href='{0}'>{0}</a></td></tr>"
    menu = "".join(row.format(name) for name in ("首页", "机构职能", "校内制度", "文献资料"))
    body = (
        "<table><tbody><tr><td><table><tr><td><a href='javascript:f()'>添加收藏夹</a> | "
        "<a href='#'>设为首页</a> | 关于我们</td></tr></table>"
        f"<table><tr><td><table><tbody>{menu}</tbody></table><select><option>省内外高校</option>"
        "</select></td><td><table>"
        "<tr><td><span class='STYLE8'>\n中华人民共和国监察法\n</span></td></tr>"
        f"<tr><td>来源: | 发布时间: 2018-05-17</td></tr><tr><td>{LAW}</td></tr></table></td></tr>"
        "</table></td></tr></tbody></table>"
    )

    source = read_page(page(body, "中华人民共和国监察法-纪检"))

    assert source.title == "中华人民共和国监察法"
    assert kept(source)[:3] == [
        "中华人民共和国监察法",
        "来源: | 发布时间: 2018-05-17",
        LAW[3:].split("</p>")[0],
    ]
    assert len(kept(source)) == 10


def test_the_title_is_kept_wherever_it_stands_and_the_name_of_the_site_is_not_it(shown):
    body = (
        f"<header><h1>市图书馆</h1></header><div><h1>年度工作总结报告</h1></div><main>{LAW}</main>"
    )

    source = read_page(page(body, "年度工作总结报告 - 市图书馆"))

    assert source.title == "年度工作总结报告"
    assert shown(source)[1] == "heading1 年度工作总结报告"


def test_without_a_heading_the_title_is_the_part_that_the_text_says():
    body = f"<div class='tit'>关于开展活动的通知</div>{LAW}"

    assert (
        read_page(page(body, "关于开展活动的通知-新闻中心--市图书馆")).title == "关于开展活动的通知"
    )


def test_tables_of_data_become_rows_with_their_headers():
    body = (
        "<p>见下表。</p><table><caption>表1</caption><thead>"
        "<tr><th rowspan=2>指标</th><th colspan=2>目标</th></tr>"
        "<tr><th>2020年</th><th>2025年</th></tr></thead><tr><td>藏书<sup>1</sup></td>"
        "<td>0.9</td><td><ul><li>1.2册</li><li>电子书</li></ul></td></tr>"
        "<tr><td colspan=3>资源建设</td></tr><tr><td rowspan=2>读者</td><td>1</td><td>2</td></tr>"
        "<tr><td>3</td><td>4</td></tr></table>"
    )

    source = read_page(page(body))

    assert [block.cells for block in source.blocks if block.role is Role.ROW] == [
        (("指标",), ("目标 2020年",), ("目标 2025年",)),
        (("藏书",), ("0.9",), ("1.2册", "电子书")),
        (("资源建设",),),
        (("读者",), ("1",), ("2",)),
        (("读者",), ("3",), ("4",)),
    ]
    assert [block.text for block in source.blocks[:2]] == ["见下表。", "表1"]
    assert source.blocks[3].marks == ("1",)


def test_footnotes_are_linked_by_their_marks(shown):
    body = (
        '<p>藏书量<a href="#n1" id="r1"><sup>[1]</sup></a>每千人20m<sup>2</sup>。</p>'
        '<p>见<a href="#later">第2节</a>。</p><h2 id="later">第2节</h2>'
        '<ol><li id="n1"><p>按常住人口计。 <a href="#r1">↩</a></p></li></ol>'
    )

    assert shown(read_page(page(body))) == [
        "text 藏书量每千人20m²。 ^1", "text 见第2节。", "heading2 第2节", "note 按常住人口计。 ^1",
    ]  # fmt: skip


def test_lines_broken_at_a_width_are_said_to_be_wrapped():
    line = "公共图书馆是社会主义公共文化服务体系的重要组成部分"
    wrapped = read_page(page("<br>".join([line] * 8)))
    poem = read_page(
        page("<br>".join(["床前明月光，", "疑是地上霜。", "举头望明月，", "低头思故乡。"] * 2))
    )

    assert all(block.wrapped for block in wrapped.blocks)
    assert not any(block.wrapped for block in poem.blocks)


def test_source_line_breaks_leave_no_spaces_between_han(shown):
    assert shown(read_page(page("<p>公共\n  图书馆 and\nlibrary</p>"))) == [
        "text 公共图书馆 and library"
    ]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gb18030", '<meta charset="gb2312">'),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=GBK">'),
        ("big5", '<meta charset="big5">'),
        ("utf-8", '<meta charset="gb2312">'),
        ("utf-8", '<?xml version="1.0" encoding="utf-8"?>'),
        ("utf-8-sig", '<meta charset="gb2312">'),
        ("utf-16", ""),
        ("gb18030", ""),
        ("gb18030", '<meta charset="no-such-thing">'),
    ],
)
def test_pages_are_read_in_their_true_encoding(encoding, declared):
    text = f"{declared}<html><body><p>公共圖書館應當免費開放，服務讀者。</p></body></html>"

    assert kept(read_page(text.encode(encoding))) == ["公共圖書館應當免費開放，服務讀者。"]


def test_entities_and_files_named_in_a_page_stay_unread():
    data = (
        b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "boom">]>'
        b"<p>a &x; &y; b &amp; c</p><iframe src='file:///etc/passwd'></iframe>"
    )

    text = read_page(data).text

    assert "root:" not in text
    assert "boom" not in text.split("]>")[-1]
    assert "b & c" in text


@pytest.mark.parametrize("data", [b"", b"   ", b"<html><body><script>x</script></body></html>"])
def test_pages_without_text_are_refused(data):
    with pytest.raises(UnreadableDocument):
        read_page(data)


def test_a_page_nested_beyond_reason_is_refused_rather_than_cut():
    with pytest.raises(UnreadableDocument, match="nested"):
        read_page(b"<p>a</p>" + b"<div>" * 50_000 + b"deep")


@pytest.mark.slow
def test_a_page_of_many_megabytes_is_read_in_seconds():
    data = page(LAW * 10_000)

    start = time.perf_counter()
    source = read_page(data)

    assert len(source.blocks) == 80_000
    assert time.perf_counter() - start < 20


def test_spans_that_claim_thousands_of_cells_cost_nothing():
    rows = "<tr><td colspan=1000 rowspan=65534>甲</td><td>乙</td></tr>" * 2000

    start = time.perf_counter()
    source = read_page(page(f"<table>{rows}</table>"))

    assert "甲" in source.text
    assert time.perf_counter() - start < 5
