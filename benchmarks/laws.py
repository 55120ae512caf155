"""How good answers are on documents loaded later: no cards, no language model, four formats."""

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.laws_formats import FORMATS, Law, chinese_font, read_laws
from bot.wiring import App, adding, open_app
from foundation.settings import Settings
from knowledge.adding import Wanted
from knowledge.offer import Offered
from retrieval.answer import Answer
from retrieval.evaluating import RIGHT, Score, evaluate

QUESTIONS: Final = Path(__file__).with_name("laws.jsonl")
HALVES: Final = ("looking", "measuring")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--half", choices=(*HALVES, "both"), default="both")
    parser.add_argument("--format", choices=(*FORMATS, "all"), default="all")
    parser.add_argument("--misses", action="store_true", help="print what was not right")
    parser.add_argument("--answers", action="store_true", help="print every answer")
    options = parser.parse_args()
    laws = read_laws(options.data)
    chosen = list(FORMATS) if options.format == "all" else [options.format]
    halves = HALVES if options.half == "both" else (options.half,)
    scores: dict[tuple[str, str], Score] = {}
    for name in chosen:
        if name == "pdf" and chinese_font() is None:
            print("pdf: left out, no Chinese font is installed")
            continue
        scores.update(_asked(name, laws, halves))
    for (half, name), score in scores.items():
        _print_answers(f"{half}, {name}", score, misses=options.misses, answers=options.answers)
    for half in halves:
        _print_table(half, {name: score for (h, name), score in scores.items() if h == half})


def read_half(half: str) -> list[dict[str, Any]]:
    """Every second question was looked at while mending; the others only measure."""
    lines = QUESTIONS.read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines[HALVES[::-1].index(half) :: 2]]


def _asked(name: str, laws: list[Law], halves: Sequence[str]) -> dict[tuple[str, str], Score]:
    with tempfile.TemporaryDirectory() as folder:
        app = open_app(Settings(home=Path(folder) / "home"))
        try:
            _add(app, [FORMATS[name](law, Path(folder)) for law in laws])
            return {(half, name): _score(app, half) for half in halves}
        finally:
            app.engine.dispose()


def _add(app: App, paths: list[Path]) -> None:
    offered = [Offered(str(path), path.name, path.read_bytes()) for path in paths]
    for outcome in adding(app, Wanted()).results(offered):
        if outcome.status != "added":
            raise ValueError(f"{outcome.path}: {outcome.status} {outcome.reason}")


def _score(app: App, half: str) -> Score:
    def ask(turns: Sequence[str]) -> tuple[Answer, float]:
        start = time.perf_counter()
        answer = app.answering.converse(turns)
        return answer, (time.perf_counter() - start) * 1000

    return Score(tuple(evaluate(read_half(half), ask, app.holds_letters)))


def _print_answers(title: str, score: Score, *, misses: bool, answers: bool) -> None:
    for one in score.scored:
        if answers or (misses and one.result != RIGHT):
            print(f"[{title}] {one.id} {one.kind}: {one.result}: {' / '.join(one.turns)}")
            print("    " + one.said.replace("\n", "\n    "))


def _print_table(half: str, scores: dict[str, Score]) -> None:
    print(f"\n{half + ' half':16s}" + "".join(f"{name:>12s}" for name in scores))
    kinds = {name: score.kinds() for name, score in scores.items()}
    for kind in next(iter(kinds.values()), {}):
        row = [f"{found[kind][0]}/{found[kind][1]}" for found in kinds.values()]
        print(f"{kind:16s}" + "".join(f"{cell:>12s}" for cell in row))
    refused = [f"{n}/{of}" for n, of in (s.false_refusals for s in scores.values())]
    print(f"{'false refusals':16s}" + "".join(f"{cell:>12s}" for cell in refused))
    print(f"{'overall':16s}" + "".join(f"{score.share:12.1%}" for score in scores.values()))


if __name__ == "__main__":
    main()
