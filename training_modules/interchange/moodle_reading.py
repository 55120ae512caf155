"""Moodle XML in: every question of a file, and what of it could not be taken along."""

import re
from collections.abc import Iterator
from typing import Any, Final

from foundation.errors import InvalidModule
from training_modules.interchange.loss import Losses
from training_modules.interchange.question import NOTHING, Answer, Question
from training_modules.interchange.rich_text import from_html, one_language
from training_modules.interchange.tagging import tag_in
from training_modules.module import Bilingual, Number

_KINDS: Final = ("multichoice", "truefalse", "numerical", "essay", "matching")
# What a question may carry beyond what we have; told when it says something.
_LEFT_OUT: Final = (
    "correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "hint", "graderinfo",
    "responsetemplate", "file",
)  # fmt: skip
_STANDARD: Final = re.compile(
    r"your answer is (?:partially )?(?:in)?correct|回答(?:部分)?(?:正确|错误)", re.I
)
_FILE: Final = re.compile(r"@@PLUGINFILE@@|<file\b")


def read_moodle_xml(data: bytes, language: str, losses: Losses) -> list[Question]:
    """The questions in their order; each knows the category it stands in."""
    found: list[Question] = []
    category = ""
    for element in _root(data).iter("question"):
        kind = element.get("type") or ""
        name = _plain(element, "name/text") or f"#{len(found) + 1}"
        if kind == "category":
            category = _plain(element, "category/text")
        elif kind not in _KINDS:
            losses.add(name, "question", kind)
        else:
            found.append(_question(element, kind, name, category, language, losses))
    return found


def _root(data: bytes) -> Any:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise InvalidModule(
            "The file cannot be read as Moodle XML; export it from Moodle once more."
        ) from error
    if root.tag != "quiz":
        raise InvalidModule(
            f"The file is XML but no question bank of Moodle: it begins with <{root.tag}>."
        )
    return root


def _question(
    element: Any, kind: str, name: str, category: str, language: str, losses: Losses
) -> Question:
    reader = _Reader(name, language, losses)
    tags = [tag.text or "" for tag in element.iterfind("tags/tag/text")]
    question = Question(
        _plain(element, "idnumber") or name, kind, reader.text(element.find("questiontext")),
        is_single=_plain(element, "single").casefold() not in ("false", "0"),
        explanation=reader.text(element.find("generalfeedback")), category=category,
        tag=tag_in(tags),
    )  # fmt: skip
    if kind == "numerical":
        question.number = _number(element, name, losses)
    elif kind == "matching":
        question.answers = list(_pairs(element, reader, losses))
    elif kind != "essay":
        question.answers = [_answer(one, kind, reader) for one in element.iterfind("answer")]
    for left in _LEFT_OUT:
        said = " ".join("".join(part.itertext()) for part in element.iter(left)).strip()
        if said and not _STANDARD.search(said):
            losses.add(name, "part", left)
    return question


class _Reader:
    """Reads texts of one question in the language of the file."""

    def __init__(self, name: str, language: str, losses: Losses) -> None:
        self.name, self._language, self._losses = name, language, losses

    def text(self, element: Any) -> Bilingual:
        if element is None:
            return NOTHING
        written = element.findtext("text") or ""
        if _FILE.search(written):
            self._losses.add(self.name, "media", "file")
        if element.get("format") == "plain_text":
            return one_language(written.strip(), self._language)
        if element.get("format") in ("markdown", "moodle_auto_format"):
            written = written.replace("\n", "<br>")
        text, left_out = from_html(written, self._language)
        for tag in sorted(left_out):
            self._losses.add(self.name, "media", tag)
        return text


def _answer(element: Any, kind: str, reader: _Reader) -> Answer:
    text = reader.text(element)
    if kind == "truefalse":
        is_true = (element.findtext("text") or "").strip().casefold() == "true"
        text = Bilingual("对", "True") if is_true else Bilingual("不对", "False")
    return Answer(
        text, _float(element.get("fraction")) or 0.0, reader.text(element.find("feedback"))
    )


def _pairs(element: Any, reader: _Reader, losses: Losses) -> Iterator[Answer]:
    """Pairs whose first sides count up are an order; of others only the second sides are kept."""
    pairs = list(element.iterfind("subquestion"))
    firsts = [reader.text(pair) for pair in pairs]
    if any((one.zh or one.en) != str(n) for n, one in enumerate(firsts, 1)):
        losses.add(reader.name, "matching")
    for pair, first in zip(pairs, firsts, strict=True):
        answer = reader.text(pair.find("answer"))
        if first != NOTHING:
            yield Answer(answer)


def _number(element: Any, name: str, losses: Losses) -> Number | None:
    answers = [one for one in element.iterfind("answer") if (_float(one.get("fraction")) or 0) > 0]
    if len(answers) > 1:
        losses.add(name, "answers", str(len(answers)))
    best = max(answers, key=lambda one: _float(one.get("fraction")) or 0, default=None)
    value = _float(best.findtext("text")) if best is not None else None
    if best is None or value is None:
        losses.add(name, "number")
        return None
    zh, _, en = (_plain(element, "units/unit/unit_name")).partition("|")
    tolerance = abs(_float(best.findtext("tolerance")) or 0.0)
    return Number(value, tolerance, Bilingual(zh.strip(), (en or zh).strip()))


def _plain(element: Any, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _float(said: str | None) -> float | None:
    try:
        value = float((said or "").strip())
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None
