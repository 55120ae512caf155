"""Our plain text with **bold** as HTML and back; both languages in one, as Moodle filters them."""

import html
import re
from html.parser import HTMLParser
from typing import Final

from training_modules.module import Bilingual

_BOLD: Final = re.compile(r"\*\*(.+?)\*\*", re.S)
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CODES: Final = {"zh": "zh_cn", "en": "en"}
_BREAKS: Final = frozenset({"p", "div", "br", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table"})
_STRONG: Final = frozenset({"b", "strong"})
_MEDIA: Final = frozenset({"img", "audio", "video", "object", "iframe", "embed", "svg"})


def plain(text: str) -> str:
    """Without characters that no XML may hold."""
    return _CONTROL.sub("", text)


def as_html(text: str) -> str:
    """A text as HTML: bold, line breaks, and everything else as it is."""
    safe = html.escape(plain(text), quote=False)
    return _BOLD.sub(r"<strong>\1</strong>", safe).replace("\n", "<br>")


def both_as_html(text: Bilingual, languages: tuple[str, ...]) -> str:
    """One language bare; both marked, so that each reader sees their own."""
    if len(languages) == 1:
        return as_html(text.of(languages[0]))
    if not text.zh and not text.en:
        return ""
    return "".join(
        f'<span lang="{_CODES[one]}" class="multilang">{as_html(text.of(one))}</span>'
        for one in languages
    )


class _Reader(HTMLParser):
    """Collects text by language; says which tags were left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, list[str]] = {"": [], "zh": [], "en": []}
        self.left_out: set[str] = set()
        self._into = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "span":
            self._span(given.get("lang") or "", given.get("class") or "")
        elif tag in _STRONG:
            self._put("**")
        elif tag == "li":
            self._put("\n- ")
        elif tag in _BREAKS:
            self._put("\n")
        elif tag in _MEDIA:
            self.left_out.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._depth:
            self._depth -= 1
            self._into = self._into if self._depth else ""
        elif tag in _STRONG:
            self._put("**")
        elif tag == "p":
            self._put("\n")

    def handle_data(self, data: str) -> None:
        self._put(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _span(self, lang: str, kind: str) -> None:
        if "multilang" in kind and not self._depth:
            self._into = "en" if lang.lower().startswith("en") else "zh"
            self._depth = 1
        elif self._depth:
            self._depth += 1

    def _put(self, piece: str) -> None:
        self.texts[self._into].append(piece)


def from_html(written: str, language: str) -> tuple[Bilingual, set[str]]:
    """The text in both languages, and the names of what could not be taken along.

    What is in no marked language is in the one that the file is said to be in.
    """
    reader = _Reader()
    reader.feed(written)
    reader.close()
    texts = {name: _joined(pieces) for name, pieces in reader.texts.items()}
    if not texts["zh"] and not texts["en"]:
        return one_language(texts[""], language), reader.left_out
    return Bilingual(texts["zh"], texts["en"]), reader.left_out


def one_language(text: str, language: str) -> Bilingual:
    return Bilingual("", text) if language == "en" else Bilingual(text, "")


def _joined(pieces: list[str]) -> str:
    lines = "".join(pieces).replace("\xa0", " ").split("\n")
    text = "\n".join(re.sub(" {2,}", " ", line).strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
