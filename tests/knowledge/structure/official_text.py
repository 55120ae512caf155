"""Official texts as a machine makes them up: every ladder, lists, tables, notes, page cuts."""

from hypothesis import strategies as st

_HAN = "图书馆服务读者文献阅读推广管理办法建设规划城市学习专业资源数字人民发展工作会议通知"
_NUMERALS = "一二三四五六七八九十"
WORDS = st.text(_HAN, min_size=1, max_size=24)
_LATIN = st.sampled_from(
    [
        "IFLA",
        "the library",
        "OCLC 2.0",
        "3.5",
        "2025年",
        "1,200册",
        "50%",
        "APP",
        "Wi-Fi",
        "m²",
        "①",
    ]
)
_ODD = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "👩‍💻📚", "\u200b", "\u00ad", "\x00", "\x0b", "\x85", "\u2028", "é\u0301",
            "\ud7ff", "︎",
            "<b>粗</b>", "**重点**", "*", "_x_", "`码`", "[链接](http://a.b/c)",
            "![图](x.png)", "&nbsp;",
            "&lt;", "&eacute;", "&#22270;", "<sup>1</sup>", "<sup>2,3</sup>", "m<sup>2</sup>",
            "［1］",
            "[^1]", "<!-- 注 -->", "\\*", "~~旧~~", "<br>", "a@b.cn", "<https://a.cn>", "<td>",
            "</p>",
            "<li>", "|", "\t", "《未完", "”", "（", "—— ", "……",
        ]
    ),
)  # fmt: skip
_INLINE = st.lists(st.one_of(WORDS, WORDS, WORDS, _LATIN, _ODD), min_size=1, max_size=6).map(
    "".join
)
_ENDS = st.sampled_from(["。", "；", "", "，", "：", "！", "？", ".", "……", "”。", "）"])
SENTENCE = st.builds(str.__add__, _INLINE, _ENDS)
_PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=12).map("".join)
_MARKER = st.one_of(
    st.builds("第{}{} ".format, st.sampled_from(_NUMERALS), st.sampled_from("编章节条")),
    st.builds("{}、".format, st.sampled_from(_NUMERALS)),
    st.builds("（{}）".format, st.sampled_from(_NUMERALS)),
    st.builds("({}) ".format, st.integers(1, 12)),
    st.builds("{}. ".format, st.integers(1, 12)),
    st.builds("{}.{} ".format, st.integers(1, 9), st.integers(1, 9)),
    st.builds("{}.{}.{} ".format, st.integers(1, 9), st.integers(1, 9), st.integers(1, 9)),
    st.sampled_from(
        [
            "——", "①", "1 ", "2 ", "a) ", "附件1 ", "附件：1. ", "专栏3：", "摘要：",
            "Abstract: ", "注：",
            "壹、", "I. ", "Chapter 2 ", "问：", "答：", "[1] ", "[^1]: ", "第一部分 ",
            "实施方案二：",
        ]
    ),
)  # fmt: skip
_MARKED = st.builds(str.__add__, _MARKER, st.one_of(WORDS, SENTENCE, _PARAGRAPH))
_HEADING = st.builds(
    "{} {}".format, st.integers(1, 8).map("#".__mul__), st.one_of(WORDS, _MARKED, SENTENCE)
)
_BULLET = st.builds(
    "{}{} {}".format, st.sampled_from(["", "  ", "\t"]), st.sampled_from("-*+•●"), SENTENCE
)
_CELL = st.one_of(
    WORDS, _LATIN, _ODD.map(lambda odd: odd.replace("\n", " ")), st.sampled_from(["", "——", "12.5"])
)
_CELLS = st.lists(_CELL, min_size=1, max_size=5)
_TABBED = st.lists(_CELLS.map("\t".join), min_size=1, max_size=5).map("\n".join)
_BARRED = st.lists(_CELLS.map(lambda c: "| " + " | ".join(c) + " |"), min_size=1, max_size=4).map(
    lambda rows: "\n".join([rows[0], "|---|---|", *rows[1:]])
)
_TAGGED = st.lists(
    _CELLS.map(lambda c: "<tr>" + "".join(f"<td rowspan=2>{x}</td>" for x in c) + "</tr>"),
    min_size=1,
    max_size=4,
).map(lambda rows: "前<table class='x'><caption>表</caption>" + "\n".join(rows) + "</table>后")
_WRAPPED = st.builds(
    lambda text, width: "\n".join(text[at : at + width] for at in range(0, len(text), width)),
    st.lists(SENTENCE, min_size=6, max_size=30).map("".join),
    st.integers(12, 40),
)
_ODDITIES = st.sampled_from(
    [
        "— 3 —", "12", "\f", "第 5 页 共 9 页", "目 录", "一、总则 ..... 1\n二、附则 ..... 2",
        "===", "---", "***",
        "```python\nx = 1\n# 码\n```", "```", "<!--\n多行\n-->", "<table>", "</table>",
        "<script>x()</script>",
        "指标说明:", "2024年5月1日", "〔2024〕3号", "> 引文", "[1]: http://a.b", "北京图书馆",
        "（代章）",
    ]
)  # fmt: skip
_LONG = st.lists(SENTENCE, min_size=12, max_size=60).map("".join)
_NUMBERINGS = st.sampled_from(
    [
        lambda n: f"第{_NUMERALS[n]}章 ",
        lambda n: f"第{_NUMERALS[n]}条 ",
        lambda n: f"{_NUMERALS[n]}、",
        lambda n: f"（{_NUMERALS[n]}）",
        lambda n: f"{n + 1}. ",
        lambda n: f"({n + 1}) ",
        lambda n: f"{n + 1} ",
        lambda n: f"2.{n + 1} ",
        lambda _n: "——",
    ]
)


@st.composite
def _families(draw: st.DrawFn) -> str:
    """Lines that count on one another, with text beneath, behind, or nowhere."""
    numbering, between = draw(_NUMBERINGS), draw(st.sampled_from(["\n", "\n\n"]))
    lines = []
    for number in range(draw(st.integers(2, 5))):
        text = draw(st.sampled_from(["", "\n\n{}", "。{}", "\n{}"])).format(draw(_PARAGRAPH))
        lines.append(numbering(number) + draw(WORDS) + text)
    return between.join(lines)


@st.composite
def _with_contents(draw: st.DrawFn) -> str:
    """Contents, with or without leaders, and the headings that they list."""
    titles = [f"第{_NUMERALS[n]}章 {draw(WORDS)}" for n in range(draw(st.integers(1, 6)))]
    leaders = draw(st.sampled_from(["", " ..... 3", "\t7", "………………12"]))
    named = draw(st.sampled_from(["目录\n", "# 目 录\n\n", ""]))
    listed = "\n".join(title + leaders for title in titles)
    return named + listed + "\n\n" + "\n".join(f"{t}\n\n{draw(_PARAGRAPH)}" for t in titles)


@st.composite
def _noted(draw: st.DrawFn) -> str:
    """A table with marks, and the notes that they call."""
    rows = [f"{draw(WORDS)}<sup>{n}</sup>\t{n}.5\t{draw(_CELL)}" for n in range(1, 4)]
    notes = [f"{n}. {draw(SENTENCE)}" for n in range(1, draw(st.integers(1, 5)))]
    return "\n".join(["指标\t2020年\t2025年", *rows, "", "说明：", *notes])


@st.composite
def _letters(draw: st.DrawFn) -> str:
    """A letter with its list of what comes with it, its signature, and an annex."""
    head = f"市图书馆文件\n\n关于{draw(WORDS)}工作的通知\n\n各单位：\n\n{draw(_LONG)}\n\n"
    attached = f"附件：1. {draw(WORDS)}\n2. {draw(WORDS)}\n\n市图书馆\n2024年5月1日\n\n"
    return head + attached + f"附件1\n\n{draw(WORDS)}办法\n\n{draw(_families())}"


BLOCKS = st.one_of(
    _PARAGRAPH, _PARAGRAPH, WORDS, _MARKED, _HEADING, _BULLET, _TABBED, _BARRED, _TAGGED, _WRAPPED,
    _LONG, _families(), _families(), _families(), _with_contents(), _noted(), _letters(),
    _ODDITIES, st.text(max_size=40),
)  # fmt: skip
_GAPS = st.sampled_from(["\n", "\n", "\n\n", "\n\n", "\n\n\n", "\n　　", "\n\f", " \n"])


@st.composite
def official_texts(draw: st.DrawFn) -> str:
    """Up to a dozen blocks of any kind, one below another."""
    blocks = draw(st.lists(BLOCKS, max_size=12))
    return "".join(block + draw(_GAPS) for block in blocks)
