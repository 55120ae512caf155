"""What the five documents do not say: is it refused, and what they do say still answered?

    python -m benchmarks.beyond --answers

Everyday questions of librarians, written for this. Those of the first half were seen while rules
were made; those of the second were first asked when they were there.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any, Final

from bot.wiring import open_app
from foundation.settings import Settings
from retrieval.admitting import SURENESS_NEEDED
from retrieval.answer import Answer
from retrieval.answering import Answering
from retrieval.folding import letters

QUESTIONS: Final = Path(__file__).with_name("beyond.jsonl")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--answers", action="store_true", help="print what was answered wrongly")
    parser.add_argument("--needed", type=float, default=SURENESS_NEEDED, help="how sure to be")
    given = parser.parse_args()
    asked = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    print("| questions | beyond the documents | refused | within | right | refused wrongly |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as home:
        answering = open_app(Settings(home=Path(home))).quoting
        answering.sureness_needed = given.needed
        for half in ("looking", "measuring"):
            of_it = [one for one in asked if one["half"] == half]
            print(_row(half, of_it, answering, shown=given.answers))


def _row(half: str, asked: list[dict[str, Any]], answering: Answering, *, shown: bool) -> str:
    beyond: list[bool] = []
    within: list[tuple[bool, bool]] = []
    for one in asked:
        answer = answering.converse([one["question"]])
        right = _is_right(one, answer)
        if "must" in one:
            within.append((right, not answer.answered))
        else:
            beyond.append(right)
        if shown and not right:
            print(one["question"], "->", " ".join(answer.text.split())[:120])
    rights, wrongly = sum(r for r, _ in within), sum(refused for _, refused in within)
    return f"| {half} | {len(beyond)} | {sum(beyond)} | {len(within)} | {rights} | {wrongly} |"


def _is_right(asked: dict[str, Any], answer: Answer) -> bool:
    if "must" not in asked:
        return not answer.answered
    return letters(asked["must"]) in letters(answer.text)


if __name__ == "__main__":
    main()
