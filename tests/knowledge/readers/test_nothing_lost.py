"""Whatever a file holds is in the text that was read: once, and in its order."""

from html import escape
from io import BytesIO

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.readers.page import read_page
from knowledge.readers.word import read_word

WORDS = st.sampled_from(
    [
        "公共图书馆应当免费开放。",
        "第一条 总则",
        "首页",
        "（一）甲；",
        "2025年",
        "Library",
        "打印",
        "版权所有",
        "1. 乙",
    ]
)
WRAPPERS = st.sampled_from(
    ["p", "div", "span", "b", "h2", "ul", "li", "nav", "header", "footer", "aside", "article",
     "main", "section", "blockquote", "center", "form", "button", "a href='/x'",
     "table", "tr", "td", "div class='nav share'", "div style='display:none'", "pre"]
)  # fmt: skip


def wrap(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def element(tag: str, inner: list[str]) -> str:
        return f"<{tag}>{' '.join(inner)}</{tag.split()[0]}>"

    return st.builds(element, WRAPPERS, st.lists(children, max_size=5))


ROWS = st.lists(
    st.lists(WORDS.map(lambda word: f"<td>{word}</td>"), min_size=2, max_size=3).map(
        lambda cells: f"<tr>{''.join(cells)}</tr>"
    ),
    min_size=2,
    max_size=4,
)
TABLES = st.builds(
    lambda rows, loose: f"<table>{loose.join(rows)}</table>",
    ROWS,
    st.sampled_from(["", "<form>", "序号", "<tbody>", "<script>x</script>"]),
)
PAGES = st.recursive(st.one_of(WORDS.map(escape), st.just("<br>"), TABLES), wrap, max_leaves=40)


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum() or sign in "。；（）")


@settings(max_examples=300, deadline=None)
@given(PAGES)
def test_no_letter_of_a_page_is_lost_or_doubled(body):
    from lxml import etree

    tree = etree.fromstring(f"<html><body><p>始。</p>{body}</body></html>", etree.HTMLParser())

    source = read_page(f"<html><body><p>始。</p>{body}</body></html>".encode())

    etree.strip_elements(tree, "script", with_tail=False)
    assert letters(source.text) == letters("".join(tree.itertext()))
    for block in source.blocks:
        assert source.text[block.span.start : block.span.end] == block.text


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Normal", "Heading 1", "Title", "List Bullet", "Body Text"]),
            st.lists(st.one_of(WORDS, st.sampled_from(["\n", "\t", " ", "　"])), max_size=6),
        ),
        min_size=1,
    )
)
def test_no_letter_of_a_document_is_lost_or_doubled(paragraphs):
    document = Document()
    document.add_paragraph("始。")
    for style, runs in paragraphs:
        paragraph = document.add_paragraph(style=style)
        for run in runs:
            paragraph.add_run(run)
    stream = BytesIO()
    document.save(stream)

    source = read_word(stream.getvalue())

    written = "始。" + "".join("".join(runs) for _, runs in paragraphs)
    assert letters(source.text) == letters(written)
    for block in source.blocks:
        assert source.text[block.span.start : block.span.end] == block.text
