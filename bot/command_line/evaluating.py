"""`libcoach evaluate`: how good the answers are, measured on a file of questions."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bot.command_line.printing import print_json


@click.command()
@click.argument("questions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object with all figures.")
@click.option("--misses", is_flag=True, help="Print every question that was not right.")
@click.option("--at-least", type=float, default=0.0, metavar="SHARE",
              help="Exit 1 when the overall share is below this, for example 0.88.")  # fmt: skip
def evaluate(*, questions: Path, as_json: bool, misses: bool, at_least: float) -> None:
    """Score answers to QUESTIONS (JSON lines), per kind, with misses."""
    from bot.wiring import open_app
    from foundation.errors import AppError
    from retrieval.evaluating import Score
    from retrieval.evaluating import evaluate as score

    app = open_app()
    answering = app.answering

    def ask(turns: Sequence[str]) -> tuple[Any, float]:
        start = time.perf_counter()
        answer = answering.converse(turns)
        return answer, (time.perf_counter() - start) * 1000

    scored = Score(tuple(score(_read(questions), ask, app.holds_letters)))
    if as_json:
        print_json(scored.as_json())
    else:
        _print(scored, misses=misses)
    if scored.share < at_least:
        raise AppError(f"{scored.share:.1%} is below the {at_least:.1%} that was asked for.")


def _read(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
            found.append({key: question[key] for key in _KEYS} | {"id": str(question["id"])})
        except (ValueError, KeyError, TypeError) as error:
            raise click.UsageError(f"line {number} is no question: {error!r}") from error
    return found


_KEYS = ("kind", "turns", "answerable", "gold", "must")


def _print(scored: Any, *, misses: bool) -> None:
    from retrieval.evaluating import RIGHT

    for one in scored.scored:
        if misses and one.result != RIGHT:
            said = one.said[:120].replace("\n", " ")
            click.echo(f"{one.id} {one.kind}: {one.result}: {' / '.join(one.turns)} -> {said}")
    for kind, (right, of) in scored.kinds().items():
        click.echo(f"{kind:14s} {right:3d}/{of:3d}  {right / of:.0%}")
    refused, asked = scored.false_refusals
    click.echo(f"false refusals {refused}/{asked}")
    click.echo(f"overall        {scored.share:.1%} of {len(scored.scored)}")
