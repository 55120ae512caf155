import pytest

from foundation.errors import UnreadableDocument
from knowledge.readers.book import read_book

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
)
XHTML = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
    "<head><title/></head><body>{}</body></html>"
)


@pytest.fixture
def book_of(zip_of):
    """An EPUB of chapters by file name, in their order; `nav` is its contents list."""

    def make(chapters, *, nav="", more=None):
        items = "".join(
            f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>'
            for n, name in enumerate(chapters)
        )
        refs = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
        members = {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/content.opf": '<package xmlns="http://www.idpf.org/2007/opf" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>阅读推广手册</dc:title>'
            f"</metadata><manifest>{items}"
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
            f'</manifest><spine><itemref idref="nav"/>{refs}</spine></package>',
            "OEBPS/nav.xhtml": XHTML.format(f"<nav>{nav}</nav>"),
        }
        members |= {f"OEBPS/{name}": text for name, text in chapters.items()}
        return zip_of(members | (more or {}))

    return make


def test_chapters_come_in_the_order_of_the_spine_with_the_title_of_the_book(book_of, shown):
    data = book_of(
        {
            "z.xhtml": XHTML.format("<h1>第一章&nbsp;总论</h1><p>甲&mdash;乙。</p>"),
            "a.xhtml": XHTML.format("<h1>第二章</h1><ul><li>项</li></ul>"),
        }
    )

    source = read_book(data)

    assert source.title == "阅读推广手册"
    assert shown(source) == [
        "heading1 第一章 总论", "text 甲—乙。", "heading1 第二章", "item1 项",
    ]  # fmt: skip


def test_a_chapter_without_a_heading_takes_the_one_of_the_contents_list(book_of, shown):
    nav = '<a href="a.xhtml">前言</a><a href="b%201.xhtml#x">正文</a>'
    data = book_of(
        {
            "a.xhtml": XHTML.format("<p>前言</p><p>写在前面。</p>"),
            "b 1.xhtml": XHTML.format("<p>第一段。</p>"),
        },
        nav=nav,
    )

    assert shown(read_book(data)) == [
        "heading1 前言", "text 写在前面。", "heading1 正文", "text 第一段。",
    ]  # fmt: skip


def test_a_contents_page_is_furniture_and_page_marks_are_gone(book_of, shown):
    links = "".join(f'<p><a href="c{n}.xhtml">第{n}章 标题</a></p>' for n in range(6))
    data = book_of(
        {
            "toc.xhtml": XHTML.format(f"<p>目录</p>{links}"),
            "c.xhtml": XHTML.format('<p>前半<span epub:type="pagebreak">12</span>后半。</p>'),
        }
    )

    lines = shown(read_book(data))

    assert lines[0].startswith("furniture 目录")
    assert lines[1:] == ["text 前半后半。"]


def test_notes_of_a_chapter_are_linked(book_of, shown):
    data = book_of(
        {
            "a.xhtml": XHTML.format(
                '<p>藏书<a epub:type="noteref" href="#n">1</a>增加。</p>'
                '<aside epub:type="footnote" id="n"><p>1. 含电子书。</p></aside>'
            )
        }
    )

    assert shown(read_book(data)) == ["text 藏书增加。 ^1", "note 含电子书。 ^1"]


def test_chapters_that_are_no_xml_are_read_like_pages(book_of, shown):
    data = book_of({"a.xhtml": "<html><body><p>一段<br>二段</p><p>未闭合</body>"})

    assert shown(read_book(data)) == ["text 一段", "text 二段", "text 未闭合"]


def test_entities_of_a_book_expand_to_nothing(book_of):
    data = book_of({"a.xhtml": XHTML.format("<p>前&x;后</p>")})

    assert "root:" not in read_book(data).text


def test_a_locked_book_is_refused_and_one_with_scrambled_fonts_is_read(book_of, shown):
    def locked(algorithm):
        encryption = (
            '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
            'xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
            f'<e:EncryptionMethod Algorithm="{algorithm}"/></e:EncryptedData></encryption>'
        )
        chapter = {"a.xhtml": XHTML.format("<p>文。</p>")}
        return book_of(chapter, more={"META-INF/encryption.xml": encryption})

    assert shown(read_book(locked("http://www.idpf.org/2008/embedding"))) == ["text 文。"]
    with pytest.raises(UnreadableDocument, match="unprotected copy"):
        read_book(locked("http://www.w3.org/2001/04/xmlenc#aes256-cbc"))


def test_other_archives_and_books_of_pictures_are_refused(book_of, zip_of):
    with pytest.raises(UnreadableDocument, match="not an EPUB"):
        read_book(zip_of({"a.txt": "x"}))
    with pytest.raises(UnreadableDocument, match="pictures"):
        read_book(book_of({"a.xhtml": XHTML.format('<img src="x.png"/>')}))
