"""The heading ladder of Chinese and Western texts: which rung a line's marker stands on."""

import re
from dataclasses import dataclass
from typing import Final

_NUMERAL: Final = r"[〇零一二三四五六七八九十百千两兩0-9０-９]+"
_WESTERN: Final = r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z]|One|Two|Three|Four|Five)"
_UNIT: Final = r"(?:[万亿倍米]|平方|公[里斤顷]|元(?!数据)|个(?:百分点|月|小时))"
# What follows begins anew: “Section 4 of the Act” in mid-sentence is no heading.
_AFTER: Final = r"\b(?=[\s.:：—–-]*(?:$|[^\sa-z.:：—–-]))"


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
        ("编", 10, rf"第{_NUMERAL}[编編](?![辑輯制号號写寫码碼入])"),
        ("分编", 11, rf"第{_NUMERAL}分[编編]"),
        ("附件", 12, rf"附\s?[件录錄表]\s*(?:{_NUMERAL})?(?=$|[\s:：])"),
        ("附件", 12, rf"(?i:Appendix|Annex)\s+{_WESTERN}{_AFTER}"),
        ("部分", 13, rf"第{_NUMERAL}(?:部分|篇)"),
        ("部分", 13, rf"(?:Part|PART)\s+{_WESTERN}{_AFTER}"),
        ("章", 14, rf"第{_NUMERAL}章"),
        ("章", 14, rf"(?:Chapter|CHAPTER)\s+{_WESTERN}{_AFTER}"),
        ("节", 16, rf"第{_NUMERAL}[节節](?![课課点點])"),
        ("节", 16, rf"(?:Section|SECTION)\s+{_WESTERN}{_AFTER}"),
        ("条", 60, rf"第{_NUMERAL}[条條](?:之{_NUMERAL})?(?=[\s　:：【（(]|$)"),
        ("条", 60, rf"(?:Article|ARTICLE)\s+{_WESTERN}{_AFTER}[.:：]?"),
        ("壹、", 28, r"[壹贰貳叁參肆伍陆陸柒捌玖拾]{1,3}\s?[、.．](?=\D)"),
        ("I.", 29, r"(?:[IVX]{1,5}|[Ⅰ-Ⅻ])\s?[.．、](?=\s*\S)"),
        ("一、", 30, r"[一二三四五六七八九十]{1,3}\s?(?:、(?=.)|[.．](?=\D))"),
        ("（一）", 40, r"[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）]\s*、?"),
        ("1.1.1.1", 47, r"\d{1,2}(?:\s?[.．]\s?\d{1,2}){3}(?![\d.．%])"),
        ("1.1.1", 46, r"\d{1,2}(?:\s?[.．]\s?\d{1,2}){2}(?![\d.．%])"),
        (
            "1.1",
            45,
            rf"\d{{1,2}}\s?[.．]\s?\d{{1,2}}(?=\s*[^\d\s.．%,，)）、~～—–-])(?!\s*{_UNIT})",
        ),
        ("1.", 44, r"\d{1,3}\s?(?:[.．](?!\d)|、)"),
        ("(1)", 50, r"[（(]\s*\d{1,2}\s*[)）]"),
        ("1)", 52, r"\d{1,2}\s?[)）]"),
        ("①", 54, r"[①-⑳]"),
        ("(a)", 56, r"[（(][a-z][)）]|[a-z][)）](?=\s)"),
        ("——", 58, r"(?:——|──|━━|--(?=[\u3400-\u9fff]))(?=[^—─\s\d])"),
        ("1 ", 43, r"\d{1,2}(?=[ 　]{1,3}[^\d\s(（%.~年月日至到万亿个名所座家次项种类人-])"),
    )
)
_LABEL: Final = re.compile(rf"(?P<word>[\u4e00-\u9fff]{{2,6}}?)\s?(?P<n>{_NUMERAL})\s*[:：]\s*\S")
_STARTS: Final = re.compile(
    r"[第附一二三四五六七八九十（(\d０-９①-⑳—─━壹贰貳叁參肆伍陆陸柒捌玖拾-]"
    r"|[a-z][)）]|[IVXⅠ-Ⅻ]+\s?[.．、]|(?i:part|chapter|section|article|appendix|annex)\s"
)
_DIGITS: Final = {
    sign: value
    for value, signs in enumerate(
        ("〇零", "一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}


def rung_of(text: str) -> Rung | None:
    """The rung of a line, or None when it carries no marker of the ladder."""
    if not _STARTS.match(text):
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


def ordinal(rung: Rung) -> int:
    """The number that a marker counts: 3 for 三、, (3), 2.3, ③, III. and c); 0 for none."""
    if rung.kind == "I.":
        return _roman(rung.marker)
    if rung.kind == "①":
        return ord(rung.marker) - 0x245F
    if rung.kind == "(a)":
        return ord(rung.marker.strip("（()）")) - 0x60
    numbers = re.findall(r"\d+", rung.marker)
    return int(numbers[-1]) if numbers else _chinese(rung.marker)


def _chinese(marker: str) -> int:
    total = digit = 0
    for sign in marker:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = _DIGITS.get(sign, digit)
    return total + digit


def _roman(marker: str) -> int:
    signs = marker.rstrip(" .．、")
    if "Ⅰ" <= signs <= "Ⅻ":
        return ord(signs) - 0x215F
    values = [_ROMAN[sign] for sign in signs]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
