"""A model's sentence as plain text: without marks, markup, links and hidden characters."""

import html
import re
import unicodedata
from typing import Final

_IMAGE: Final = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK: Final = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]*(?:\([^()]*\))?[^()]*\)")
_HIDDEN: Final = re.compile(r"<(script|style|iframe|svg)\b.*?(?:</\1\s*>|$)", re.I | re.S)
_TAG: Final = re.compile(r"<!--.*?(?:-->|$)|<[!/a-zA-Z][^<>]{0,500}>|<(?=[!/a-zA-Z])", re.S)
_INLINE: Final = re.compile(
    r"</?(?:b|i|u|s|a|em|strong|code|span|mark|font|sub|sup)\b[^<>]*>", re.I
)
_ADDRESS: Final = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,15}://|www\.|(?:javascript|data|tg):)(?:\([^\s()]*\)|[^\s，。；、）()])*",
    re.I,
)
_MARK: Final = re.compile(
    r"[\[［【]\s*\^?(?:\d{1,3}\s*[,，、\-–—:†]?\s*)+[^\]］】]{0,12}[\]］】]|[¹²³⁰-⁹]+"
)
_POINTER: Final = re.compile(
    r"[(（\[【]\s*(?:(?:见|参见|来源|出处|引自|see|source|cf\.?)\s*[:：]?\s*)?"
    r"(?:段落|资料|来源|引文|passages?|sources?|quotes?)\s*#?\d+(?:\s*[,，、–-]\s*\d+)*\s*[)）\]】]",
    re.I,
)
_BULLET: Final = re.compile(
    r"^\s*(?:[-*+•·▪◦>#]+\s+|\d{1,2}\s*[.)、．](?!\d)\s*|[(（]\d{1,2}[)）]\s*|[①-⑳]\s*)+"
)
_EMPHASIS: Final = re.compile(r"\*{1,3}|_{2,3}|~~|`+|^#+\s*", re.M)
_MOST_TIMES: Final = 8
_LEFT_EMPTY: Final = re.compile(r"[(（\[［【]\s*[)）\]］】]")


def plain(text: str) -> str:
    """The sentence as it may be shown; what it links to is gone, what it says is kept."""
    for _ in range(_MOST_TIMES):
        # What is taken out may leave a tag or a mark behind that it had parted.
        stripped = _stripped(text)
        if stripped == text:
            return text
        text = stripped
    return text.replace("<", "").replace("`", "")


def _stripped(text: str) -> str:
    text = html.unescape(text)
    text = _HIDDEN.sub(" ", text)
    text = _LINK.sub(r"\1", _IMAGE.sub(" ", text))
    text = _ADDRESS.sub(" ", _TAG.sub(" ", _INLINE.sub("", text)))
    text = "".join(c if unicodedata.category(c) not in _UNSEEN else _space(c) for c in text)
    text = _MARK.sub("", _POINTER.sub("", text))
    text = _BULLET.sub("", _EMPHASIS.sub("", text))
    text = re.sub(r"\s+", " ", _LEFT_EMPTY.sub("", text)).strip()
    return re.sub(
        r"\s+(?=[，。；：、！？,.;:!?])|(?<=[\u3400-\u9fff])\s(?=[\u3400-\u9fff])", "", text
    )


# Control and format characters, surrogates, private and unassigned ones.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def _space(character: str) -> str:
    return " " if character in "\n\r\t\u2028\u2029" else ""
