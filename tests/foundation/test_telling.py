import ast
import re
from pathlib import Path

import pytest

from foundation import errors
from foundation.telling import told

ROOT = Path(__file__).parents[2]
PACKAGES = ("foundation", "knowledge", "retrieval", "training_modules", "scheduler", "bot")
HAN = re.compile(r"[\u4e00-\u9fff]")


def _sentences() -> list[str]:
    """Whole sentences that the readers raise or return as a reason."""
    found: set[str] = set()
    for path in sorted((ROOT / "knowledge").rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        docstrings = {node.value for node in nodes if isinstance(node, ast.Expr)}
        found |= {
            node.value
            for node in nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            and node not in docstrings
        }  # fmt: skip
    return sorted(s for s in found if re.fullmatch(r"(?:The|This|There|No|A) [^\n]+: [^\n]+\.", s))


@pytest.mark.parametrize("sentence", _sentences())
def test_each_reason_for_refusing_a_file_is_told_in_chinese_too(sentence: str) -> None:
    assert HAN.search(told(sentence, "zh"))
    assert told(sentence, "en") == sentence


def _raised() -> list[str]:
    """What errors are made with anywhere, each place filled with a 7."""
    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
    kinds |= {"UsageError", "fail"}
    found: set[str] = set()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) in kinds and node.args:
                    found.add(_filled(node.args[0]))
    return sorted(found - {""})


def _name(called: ast.expr) -> str:
    """Of what is called: the name of a class of ours, or of what click shows as wrong usage."""
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _filled(said: ast.expr) -> str:
    if isinstance(said, ast.Constant):
        return str(said.value)
    if isinstance(said, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "7" for p in said.values)
    return ""


@pytest.mark.parametrize("sentence", _raised())
def test_each_error_is_told_in_chinese_too(sentence: str) -> None:
    assert HAN.search(told(sentence, "zh"))


def test_each_line_of_a_report_is_told() -> None:
    report = "These settings cannot be used:\n  - LIBCOACH_LANGUAGE = 'fr': zh or en"

    assert told(report, "zh") == "这些设置不能用：\n  - LIBCOACH_LANGUAGE = 'fr'：zh 或 en"


def test_what_stands_in_the_places_of_a_sentence_is_kept() -> None:
    sentence = "There is no document “plan” here; “libcoach documents list” shows all."

    assert told(sentence, "zh") == "没有编号为“plan”的文件；“libcoach documents list”列出全部。"


def test_a_sentence_that_we_have_no_other_words_for_stays_as_it_is() -> None:
    assert told("Nobody wrote this.", "zh") == "Nobody wrote this."
