"""The heading ladder of Chinese and Western texts: which rung a line's marker stands on."""

import re
from dataclasses import dataclass
from typing import Final

_NUMERAL: Final = r"[〇零一二三四五六七八九十百千两0-9０-９]+"


@dataclass(frozen=True, slots=True)
class Rung:
    """A marker found at the start of a line: its kind, its height (less is higher), its text."""

    kind: str
    height: float
    marker: str
    rest: str


_RUNGS: Final[tuple[tuple[str, float, re.Pattern[str]], ...]] = tuple(
    (kind, height, re.compile(pattern))
    for kind, height, pattern in (
        ("编", 10, rf"第{_NUMERAL}编(?!辑|制|号|写|码|入)"),
        ("分编", 11, rf"第{_NUMERAL}分编"),
        ("附件", 12, rf"(?:附\s?[件录表])\s*{_NUMERAL}?(?=$|[\s:：])"),
        ("部分", 13, rf"第{_NUMERAL}(?:部分|篇)"),
        ("章", 14, rf"第{_NUMERAL}章"),
        ("节", 16, rf"第{_NUMERAL}节(?!课)"),
        ("条", 60, rf"第{_NUMERAL}条(?:之{_NUMERAL})?(?=[\s　:：【（]|$)"),
        ("一、", 30, r"[一二三四五六七八九十]{1,3}\s?[、.．](?=\D)"),
        ("（一）", 40, r"[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）]\s*、?"),
        ("1.1.1.1", 47, r"\d{1,2}(?:\s?[.．]\s?\d{1,2}){3}(?![\d.．%])"),
        ("1.1.1", 46, r"\d{1,2}(?:\s?[.．]\s?\d{1,2}){2}(?![\d.．%])"),
        ("1.1", 45, r"\d{1,2}\s?[.．]\s?\d{1,2}(?=[\s　]*[^\d\s.．%,，)）、~～-])"),
        ("1.", 44, r"\d{1,3}\s?(?:[.．](?!\d)|、)"),
        ("(1)", 50, r"[（(]\s*\d{1,2}\s*[)）]"),
        ("1)", 52, r"\d{1,2}\s?[)）]"),
        ("①", 54, r"[①-⑳]"),
        ("——", 58, r"(?:——|──|━━|--)(?=[^—─\s\d])"),
        ("1 ", 43, r"\d{1,2}(?=[ 　]{1,3}[^\d\s(（%.~年月日至到万亿个名所座家次项种类人-])"),
    )
)
_LABEL: Final = re.compile(rf"(?P<word>[\u4e00-\u9fff]{{2,6}}?)\s?(?P<n>{_NUMERAL})\s*[:：]\s*\S")
_SKIP: Final = re.compile(r"[^第附一二三四五六七八九十（(\d０-９①-⑳—─━-]")


def rung_of(text: str) -> Rung | None:
    """The rung of a line, or None when it carries no marker of the ladder."""
    if not text or _SKIP.match(text):
        return None
    for kind, height, pattern in _RUNGS:
        found = pattern.match(text)
        if found:
            return Rung(kind, height, found.group().strip(), text[found.end() :].strip())
    return None


def label_of(text: str) -> Rung | None:
    """A heading that counts in words of its own: 战略重点一：, 影响力领域 2：, 专栏3：."""
    found = _LABEL.match(text)
    if not found or len(text) > 60:
        return None
    return Rung(
        f"{found['word']}N：", 31, text[: found.end("n")], text[found.end("n") :].lstrip(":： ")
    )


def is_article(rung: Rung | None) -> bool:
    """第八条: a section of its own whose text begins on the same line."""
    return rung is not None and rung.kind == "条"
