import ast
import re
from pathlib import Path

import pytest

from foundation.telling import told

ROOT = Path(__file__).parents[2]
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


def test_what_stands_in_the_places_of_a_sentence_is_kept() -> None:
    sentence = "There is no document “plan” here; “libcoach documents list” shows all."

    assert told(sentence, "zh") == "没有编号为“plan”的文件；“libcoach documents list”列出全部。"


def test_a_sentence_that_we_have_no_other_words_for_stays_as_it_is() -> None:
    assert told("Nobody wrote this.", "zh") == "Nobody wrote this."
