"""Ordinary letters for the odd code points and spacings that page formats produce."""

import re
import unicodedata

# NFKC leaves all but two of the radicals supplement alone; these stand for whole characters.
_RADICALS = dict(
    zip(
        "⺁⺄⺅⺆⺈⺉⺊⺌⺎⺏⺐⺒⺓⺔⺖⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺦⺧⺨⺩⺫⺬⺭⺮⺯⺰⺲⺶⺷⺹⺺⺻⺼⺽⺾"
        "⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙亻冂刀刂卜小兀尣尢巳幺彑忄扌攵旡月歺母民氵氺灬爫丬牛犭王目示礻竹糹纟罒羊羊耂肀聿月臼艹"
        "虎衤覀西见角讠贝足车辶阝钅長長长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_FOLDED = (
    (0x2F00, 0x2FD5),  # Kangxi radicals
    (0xF900, 0xFAD9),  # CJK compatibility ideographs
    (0xFB00, 0xFB06),  # Latin ligatures
    (0xFE10, 0xFE19),  # vertical punctuation
    (0xFE30, 0xFE44),
)
# Bullets of the symbol fonts, which sit in the private use area, and look-alikes of a line end's
# hyphen.
_BULLETS = "\uf06c\uf06e\uf075\uf076\uf077\uf09f\uf0a7\uf0a8\uf0b7\uf0d8\uf0e8\uf0fc"
_HYPHENS = "\x02\u00ad\u2010\u2011\ufffe"

_WIDE = (
    "\u1100-\u11ff\u2e80-\u303f\u3040-\u30ff\u3100-\u31bf\u31f0-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003fffd"
)
_WIDE_CHAR = re.compile(f"[{_WIDE}]")
# Marks that both scripts use: their neighbours tell whether a space belongs beside them.
_NEUTRAL = "“”‘’—…·"
_IDEOGRAPH = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
_SPREAD = re.compile(rf"(?<!\S){_IDEOGRAPH}(?: {_IDEOGRAPH})+(?!\S)")


_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*$")


def _folded(code: int) -> str:
    """The ordinary letter; vertical punctuation becomes full width, as it stands in CJK text."""
    char = unicodedata.normalize("NFKC", chr(code))
    is_mark = 0xFE10 <= code <= 0xFE44 and len(char) == 1 and "!" <= char <= "~"
    return chr(ord(char) + 0xFEE0) if is_mark else char


def _plain_table() -> dict[str, str]:
    table = {chr(code): _folded(code) for first, last in _FOLDED
             for code in range(first, last + 1)}  # fmt: skip
    table.update(_RADICALS)
    table.update(dict.fromkeys(_BULLETS, "•"))
    table.update(dict.fromkeys(_HYPHENS, "-"))
    table.update(dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f", " "))
    table.update(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\x00", ""))
    return table


PLAIN = _plain_table()


def plain(text: str) -> str:
    """The text with radicals, ligatures and vertical forms as the letters they stand for."""
    return "".join(PLAIN.get(char, char) for char in text)


def is_wide(char: str) -> bool:
    """Whether the letter belongs to a script that puts no spaces between words."""
    return char > "\u00b6" and _WIDE_CHAR.match(char) is not None


def close_up(text: str) -> str:
    """「图 书 馆」 set wide apart is 图书馆; words that merely stand beside each other stay."""
    return _SPREAD.sub(lambda found: found.group().replace(" ", ""), text)


def join_lines(first: str, second: str, compounds: frozenset[str] = frozenset()) -> str:
    """Two lines of one paragraph: hyphens undone, a space only between words that need one.

    `compounds` are hyphenated words seen whole elsewhere in the document: they keep their hyphen.
    """
    if not first or not second:
        return first + second
    if re.search(r"[A-Za-z]-$", first) and re.match(r"[A-Za-z]", second):
        return _join_word(first, second, compounds)
    if _ADDRESS.search(first) and re.match(r"[^\s]*[-/_=&?%.]\w", second):
        return first + second
    left, right = first.rstrip(_NEUTRAL)[-1:], second.lstrip(_NEUTRAL)[:1]
    if first[-1] in "/—" or is_wide(left or "—") or is_wide(right or "—"):
        return first + second
    return f"{first} {second}"


def _join_word(first: str, second: str, compounds: frozenset[str]) -> str:
    head, tail = re.search(r"[A-Za-z]+-$", first), re.match(r"[A-Za-z]+", second)
    word = (head.group() if head else "") + (tail.group() if tail else "")
    if second[0].isupper() or word.lower() in compounds:
        return first + second
    return first[:-1] + second


def compounds_in(text: str) -> frozenset[str]:
    """The hyphenated words that stand whole in a text, in lower case."""
    return frozenset(word.lower() for word in re.findall(r"\b[A-Za-z]+-[A-Za-z]+\b", text))
