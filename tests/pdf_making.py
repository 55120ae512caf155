"""PDF files for tests: written with fpdf2, or printed by LibreOffice from a Word document."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from fpdf import FPDF

_FONTS = (
    "NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "NotoSansCJKsc-Regular.otf",
    "wqy-microhei.ttc", "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf",
)  # fmt: skip
_PLACES = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))


@cache
def _font() -> Path | None:
    for name in _FONTS:
        for place in _PLACES:
            found = next(place.rglob(name), None) if place.is_dir() else None
            if found:
                return found
    return None


def chinese_font() -> Path:
    """A font with Chinese letters; a test that needs one is skipped where there is none."""
    font = _font()
    if font is None:
        pytest.skip(f"no Chinese font is installed: install one of {', '.join(_FONTS)}")
    return font


class Paper(FPDF):
    """A document whose words are put at exact places, in points from the upper left corner."""

    def __init__(self) -> None:
        super().__init__(unit="pt", format="A4")
        self.set_auto_page_break(auto=False)
        self.set_font("helvetica", size=11)

    def chinese(self, size: float = 12) -> "Paper":
        font = chinese_font()
        if "chinese" not in self.fonts:
            self.add_font("chinese", fname=font)
        self.set_font("chinese", size=size)
        return self

    def say(self, x: float, y: float, text: str, *, size: float = 0, bold: bool = False) -> None:
        """Words with their baseline at y."""
        if self.font_family == "helvetica":
            self.set_font("helvetica", style="B" if bold else "", size=size or 11)
        elif size:
            self.set_font_size(size)
        self.text(x, y, text)

    def column(self, x: float, y: float, lines: list[str], *, pitch: float = 16) -> None:
        for number, line in enumerate(lines):
            self.say(x, y + number * pitch, line)

    def bytes(self) -> bytes:
        return bytes(self.output())


def printed(document: Path) -> bytes:
    """The PDF that LibreOffice makes of a document."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed, so no document can be printed")
    home = document.parent / "office-home"
    subprocess.run(
        [
            office, f"-env:UserInstallation={home.as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(document.parent), str(document),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return document.with_suffix(".pdf").read_bytes()
