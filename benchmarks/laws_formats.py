"""Ten laws in the formats in which people load them: Markdown, Word, a web page, PDF."""

import html
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

LAWS: Final = (
    "社会法/无障碍环境建设法(2023-06-28).md",
    "行政法规/博物馆条例(2015-02-09).md",
    "行政法规/志愿服务条例(2017-08-22).md",
    "行政法/档案法(2020-06-20).md",
    "社会法/劳动合同法(2012-12-28).md",
    "社会法/家庭教育促进法(2021-10-23).md",
    "行政法/非物质文化遗产法(2011-02-25).md",
    "民法商法/著作权法(2020-11-11).md",
    "社会法/未成年人保护法(2024-04-26).md",
    "DLC/浙江地方法规/地方性法规/浙江/杭州市生活垃圾管理条例(2019-08-15).md",
)
_LINE: Final = re.compile(r"^(#*)\s*(.*)$")
_FONTS: Final = ("NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "wqy-microhei.ttc")
_PLACES: Final = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))


@dataclass(frozen=True)
class Law:
    """A law as its file has it: a name, and lines that are headings of a depth, or text (0)."""

    name: str
    markdown: str

    def lines(self) -> Iterator[tuple[int, str]]:
        for line in self.markdown.splitlines():
            found = _LINE.match(line.strip())
            if found and found[2] and not found[2].startswith("<!--"):
                yield len(found[1]), found[2]


def read_laws(data: Path) -> list[Law]:
    """The ten laws, out of the archive that lies in a folder."""
    wanted = {f"laws/{path}" for path in LAWS}
    found: list[Law] = []
    with tarfile.open(data / "laws.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name in wanted else None
            if file is not None:
                found.append(Law(Path(member.name).stem, file.read().decode("utf-8")))
    return found


def write_markdown(law: Law, folder: Path) -> Path:
    path = folder / f"{law.name}.md"
    path.write_text(law.markdown, "utf-8")
    return path


def write_word(law: Law, folder: Path) -> Path:
    """Chapters have Word's own heading styles; articles are plain paragraphs."""
    from docx import Document

    document = Document()
    for depth, text in law.lines():
        if depth:
            document.add_heading(text, depth - 1)
        else:
            document.add_paragraph(text)
    path = folder / f"{law.name}.docx"
    document.save(str(path))
    return path


def write_page(law: Law, folder: Path) -> Path:
    """A page as a government site would have it, with a menu before and links after."""
    body = "\n".join(
        f"<h{depth}>{html.escape(text)}</h{depth}>" if depth else f"<p>{html.escape(text)}</p>"
        for depth, text in law.lines()
    )
    title = next(text for _, text in law.lines())
    page = (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>'
        '<body><nav><ul><li><a href="/">首页</a></li><li><a href="/laws">法律法规</a></li>'
        f'<li><a href="/news">新闻动态</a></li></ul></nav><main>{body}</main>'
        '<footer><a href="/about">关于我们</a> <a href="/map">网站地图</a> 主办单位：某某办公室'
        "</footer></body></html>"
    )
    path = folder / f"{law.name}.html"
    path.write_text(page, "utf-8")
    return path


def write_pdf(law: Law, folder: Path) -> Path:
    """A4 pages with the title large and centred, chapters centred, and page numbers."""
    from fpdf import FPDF

    class Pages(FPDF):
        def footer(self) -> None:
            self.set_y(-40)
            self.set_font("chinese", size=9)
            self.cell(0, 10, f"- {self.page_no()} -", align="C")

    font = chinese_font()
    if font is None:
        raise FileNotFoundError(f"No Chinese font: install one of {', '.join(_FONTS)}.")
    pages = Pages(unit="pt", format="A4")
    pages.add_font("chinese", fname=font)
    pages.set_auto_page_break(auto=True, margin=60)
    pages.add_page()
    for depth, text in law.lines():
        size = {0: 11, 1: 20, 2: 15}.get(depth, 13)
        pages.set_font("chinese", size=size)
        indent = "" if depth else "　　"
        pages.multi_cell(
            0, size * 1.6, indent + text, align="C" if depth else "L", new_x="LMARGIN", new_y="NEXT"
        )
    path = folder / f"{law.name}.pdf"
    pages.output(str(path))
    return path


@cache
def chinese_font() -> Path | None:
    """A font with Chinese letters, where one is installed."""
    for name in _FONTS:
        for place in _PLACES:
            found = next(place.rglob(name), None) if place.is_dir() else None
            if found:
                return found
    return None


FORMATS: Final[dict[str, Callable[[Law, Path], Path]]] = {
    "markdown": write_markdown,
    "word": write_word,
    "page": write_page,
    "pdf": write_pdf,
}
