"""Makes the font of the charts out of Noto Sans CJK: `python -m benchmarks.subset_font FONT.ttc`.

Every character of GB 2312, Latin letters with accents and the signs that texts use; without
hinting, under a name of its own, so that an installed font is never taken for it.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

OUT: Final = Path(__file__).resolve().parent.parent / "training_modules" / "fonts" / "libcoach.otf"
NAME: Final = "LibCoach Sans"
_LATIN: Final = ((0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2028), (0x2030, 0x203B), (0x2190, 0x2194),
                 (0x2200, 0x2210), (0x2260, 0x2266))  # fmt: skip
_MORE: Final = "⟨⟩≥≤≈−×÷±Σ①②③④⑤⑥⑦⑧⑨⑩●○■□▲△★☆✓✔※〈〉《》「」『』【】"
# The face for Simplified Chinese in the collection.
_FACE: Final = 2


def characters() -> set[str]:
    latin = {chr(code) for first, last in _LATIN for code in range(first, last)}
    return {*_gb2312(), *latin, *_MORE}


def _gb2312() -> Iterator[str]:
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes([row, cell]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def _options() -> Any:
    from fontTools.subset import Options

    options = Options(
        font_number=_FACE, hinting=False, layout_features=[], name_IDs=[0, 1, 2, 4, 6, 13, 14],
        notdef_outline=True,
    )  # fmt: skip
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GPOS", "GSUB"]
    return options


def main() -> None:
    from fontTools.subset import Subsetter, load_font, save_font

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("font", type=Path, help="NotoSansCJK-Regular.ttc")
    font = load_font(str(parser.parse_args().font), _options())
    subsetter = Subsetter(_options())
    subsetter.populate(unicodes=[ord(letter) for letter in characters()])
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4):
            record.string = NAME
        elif record.nameID == 6:
            record.string = NAME.replace(" ", "")
    top = font["CFF "].cff
    top.fontNames = [NAME.replace(" ", "")]
    top.topDictIndex[0].FamilyName = NAME
    top.topDictIndex[0].FullName = NAME
    save_font(font, str(OUT), _options())
    print(f"{OUT.name}: {OUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
