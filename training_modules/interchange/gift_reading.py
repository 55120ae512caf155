"""GIFT in: questions between empty lines, their answers in braces."""

import re
from collections.abc import Iterator
from typing import Final

from foundation.errors import InvalidModule
from training_modules.interchange.gift_answers import Block, answers, number_of, split_general
from training_modules.interchange.loss import Losses
from training_modules.interchange.question import NOTHING, Answer, Question
from training_modules.interchange.rich_text import from_html, one_language
from training_modules.interchange.tagging import PREFIX, tag_in
from training_modules.module import Bilingual

_ID: Final = re.compile(r"\[id:([^\]]*)\]")
_TAG: Final = re.compile(r"\[tag:([^\]]*)\]")
_NAME: Final = re.compile(r"::((?:\\.|[^\\:]|:(?!:))*)::", re.S)
_FORMAT: Final = re.compile(r"\s*\[(html|markdown|moodle|plain)\]")
_BRACES: Final = re.compile(r"(?<!\\)((?:\\\\)*)\{((?:\\.|[^\\}])*)\}", re.S)
_TRUTH: Final = {"true": Bilingual("对", "True"), "false": Bilingual("不对", "False")}
_ESCAPE: Final = re.compile(r"\\([\\~=#{}:n])")


def read_gift(text: str, language: str, losses: Losses) -> list[Question]:
    """The questions in their order; each knows the category it stands in."""
    category = ""
    found: list[Question] = []
    for comments, written in _blocks(text):
        if written.startswith("$CATEGORY:"):
            first, _, written = written.partition("\n")
            category = first.partition(":")[2].strip()
        if written.strip():
            question = _question(written.strip(), comments, len(found) + 1, language, losses)
            if question is not None:
                question.category = category
                found.append(question)
    if not found:
        raise InvalidModule("There is no question in the file that could be read as GIFT.")
    return found


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The comments and the text of each stretch between empty lines."""
    normal = text.removeprefix("\ufeff").replace("\r\n", "\n")
    for block in re.split(r"\n[ \t]*\n", normal):
        comments: list[str] = []
        lines: list[str] = []
        for line in block.split("\n"):
            (comments if line.lstrip().startswith("//") else lines).append(line)
        # A category stands in a line of its own, whatever follows it.
        if lines and lines[0].startswith("$CATEGORY:"):
            yield "", lines.pop(0)
        if any(line.strip() for line in lines):
            yield "\n".join(comments), "\n".join(lines)


def _question(
    written: str, comments: str, n: int, language: str, losses: Losses
) -> Question | None:
    named = _NAME.match(written)
    name = meant(named[1]).strip() if named else f"q{n}"
    rest = written[named.end() :] if named else written
    form = _FORMAT.match(rest)
    rest = rest[form.end() :] if form else rest
    braces = _BRACES.search(rest)
    if braces is None:
        losses.add(name, "question", "description")
        return None
    block = Block(name, form[1] if form else "moodle", language, losses)
    before, after = rest[: braces.start(2) - 1], rest[braces.end() :].strip()
    inside, general = split_general(braces[2])
    prompt = f"{before.strip()} ___ {after}" if after else before.strip()
    if after:
        losses.add(name, "gap")
    question = Question(
        (_ID.search(comments) or ["", name])[1], "multichoice", said(prompt, block),
        explanation=said(general, block), tag=_tag(comments),
    )  # fmt: skip
    _fill(question, inside.strip(), block)
    return question


def _fill(question: Question, inside: str, block: Block) -> None:
    """The kind of the question and its answers, as the braces say."""
    if not inside:
        question.kind = "essay"
    elif inside.startswith("#"):
        question.kind, question.number = "numerical", number_of(inside[1:], block)
    else:
        question.kind, question.is_single, found = answers(inside, block)
        is_truth = question.kind == "truefalse"
        question.answers = [
            Answer(
                _TRUTH[one.text] if is_truth else said(one.text, block), one.share,
                said(one.feedback, block),
            )
            for one in found
        ]  # fmt: skip


def _tag(comments: str) -> dict[str, str] | None:
    tags = [tag for tag in _TAG.findall(comments) if tag.startswith(PREFIX)]
    found = tag_in(tags)
    return dict(found) if found else None


def said(written: str, block: Block) -> Bilingual:
    """What is written, without escapes and layout."""
    text = meant(written).strip()
    if not text:
        return NOTHING
    if block.form == "html":
        both, left_out = from_html(text, block.language)
        for tag in sorted(left_out):
            block.losses.add(block.name, "media", tag)
        return both
    return one_language(text, block.language)


def meant(written: str) -> str:
    return _ESCAPE.sub(lambda one: "\n" if one[1] == "n" else one[1], written)
