"""`libcoach ask` and `libcoach search`: one question, or a file of them."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from bot.command_line.printing import print_json


@click.command()
@click.argument("question", required=False)
@click.option("--batch", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE",
              help='JSON lines {"id", "turns": ["…", …]}; - reads standard input.')  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question.")
def ask(*, question: str | None, batch: Path | None, as_json: bool) -> None:
    """Answer QUESTION out of the documents, every sentence with the place it stands.

    \b
    Examples:
      libcoach ask "浙江图书馆2025年数字资源总量目标是多少"
      libcoach ask "What does IFLA promise emerging leaders?" --json
      libcoach ask --batch questions.jsonl --json > answers.jsonl
    """
    if (question is None) == (batch is None):
        raise click.UsageError("give one question, or a file with --batch")
    from bot.wiring import open_app

    app = open_app()
    turns = [(None, [question])] if question is not None else _turns(batch)
    for id_, said in turns:
        start = time.perf_counter()
        answer = app.answering.converse(said)
        elapsed = (time.perf_counter() - start) * 1000
        if as_json or batch is not None:
            print_json(answer.as_json(id_, elapsed))
        else:
            from bot.showing import as_text

            click.echo(as_text(answer))


def _turns(batch: Path | None) -> Iterator[tuple[str | None, list[str]]]:
    for number, value in _lines(batch):
        turns = value.get("turns")
        if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
            raise click.UsageError(f'line {number}: "turns" must be a list of questions')
        yield _id(value), turns


def _id(value: dict[str, Any]) -> str | None:
    return None if value.get("id") is None else str(value["id"])


def _lines(batch: Path | None) -> Iterator[tuple[int, dict[str, Any]]]:
    if batch is None or str(batch) == "-":
        text = sys.stdin.read()
    elif not batch.is_file():
        raise click.UsageError(f"there is no file {batch}")
    else:
        text = batch.read_text("utf-8-sig")
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise click.UsageError(f"line {number} is not JSON: {error}") from error
        if not isinstance(value, dict):
            raise click.UsageError(f"line {number} is not a JSON object")
        yield number, value


@click.command()
@click.argument("words", required=False)
@click.option("--k", default=10, show_default=True, type=click.IntRange(1, 200), help="How many.")
@click.option("--batch", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE",
              help='JSON lines {"id", "query"}; - reads standard input.')  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object a query.")
def search(*, words: str | None, k: int, batch: Path | None, as_json: bool) -> None:
    """Find the passages nearest to WORDS, best first."""
    if (words is None) == (batch is None):
        raise click.UsageError("give words to look for, or a file with --batch")
    from bot.wiring import open_app

    app = open_app()
    queries = [(None, words)] if words is not None else _queries(batch)
    for id_, query in queries:
        hits = app.answering.search(query or "", k)
        if as_json or batch is not None:
            print_json({"id": id_, "hits": [hit.as_json() for hit in hits]})
        else:
            from bot.showing import hits_as_text

            click.echo(hits_as_text(hits, app.settings.language))


def _queries(batch: Path | None) -> Iterator[tuple[str | None, str]]:
    for number, value in _lines(batch):
        if not isinstance(value.get("query"), str):
            raise click.UsageError(f'line {number}: "query" must be a text')
        yield _id(value), value["query"]
