"""White space of a line of text: one space where words part, none where letters are set apart."""

import re
from typing import Final

_HAN: Final = r"\u3400-\u9fff\U00020000-\U0003ffff"
_WIDE: Final = rf"[{_HAN}\u3000-\u303f\uff00-\uffef“”‘’—…]"
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BROKEN: Final = re.compile(rf"(?<={_WIDE})[ \t]*\n\s*(?={_WIDE})")
_BLANK: Final = re.compile(r"\s+")
_MARKED: Final = re.compile("[\\s\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_GAPS: Final = (
    (re.compile(r" (?=[\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f\uff09》】」』])"), ""),
    (re.compile(rf"(?<={_WIDE}) (?=[”’])"), ""),
    (re.compile(r"(?<=[(（]) +(?=\S)|(?<=\S) +(?=[)）])"), ""),
    (re.compile(rf"(?<=[{_HAN}][)）]) (?=[;,])"), ""),
)
# Letter-spaced words: 目 的 地 anywhere, 总 则 as a whole title; but 年 月 日 is a blank.
_SPACED: Final = re.compile(rf"(?<!\S)[{_HAN}](?: [{_HAN}]){{2,}}(?!\S)")
_SPACED_TITLE: Final = re.compile(rf"((?:第\S{{1,6}}[编編章节節] )?)([{_HAN}] [{_HAN}])([:：]?.*)$")
_BLANKS: Final = re.compile(r"[年月日时分男女是否有无 ]+$")


def tidy(text: str) -> str:
    """The line with its white space in order."""
    if not _MARKED.search(text):
        return text
    text = _INVISIBLE.sub("", text)
    if "\n" in text:
        text = _BROKEN.sub("", text)
    text = _BLANK.sub(" ", text).strip()
    if " " not in text or text.isascii():
        return text
    for pattern, instead in _GAPS:
        text = pattern.sub(instead, text)
    return _SPACED.sub(_closed, _title_closed(text))


def _closed(found: re.Match[str]) -> str:
    return found[0] if _BLANKS.match(found[0]) else found[0].replace(" ", "")


def _title_closed(text: str) -> str:
    """第一章 总 则, 附 则, 摘 要: …: two letters set apart are one word where they stand alone."""
    found = _SPACED_TITLE.match(text)
    if not found or _BLANKS.match(found[2]) or (found[3] and found[3][0] not in ":："):
        return text
    return found[1] + found[2].replace(" ", "") + found[3]
