"""The retriever, as other people's chains use it."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from langchain_core.retrievers import BaseRetriever
from pydantic import ValidationError

from bot.wiring import App
from retrieval.retriever import LibCoachRetriever

ROOT: Final = Path(__file__).resolve().parents[2]
EXAMPLES: Final = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
QUESTION: Final = "浙江图书馆2025年数字资源总量"


def test_it_finds_what_the_search_finds(app: App) -> None:
    found = LibCoachRetriever(answering=app.answering, k=4).invoke(QUESTION)
    hits = app.answering.search(QUESTION, 4)

    assert [d.page_content for d in found] == [hit.text for hit in hits]
    assert [d.metadata["score"] for d in found] == [hit.score for hit in hits]


def test_each_passage_comes_with_all_that_a_citation_needs(app: App) -> None:
    found = LibCoachRetriever(answering=app.answering).invoke(QUESTION)

    assert len(found) == 5
    for document in found:
        facts = document.metadata
        passage = app.library.passage(facts["version"], facts["passage"])
        assert passage.text == document.page_content
        assert app.library.record(facts["version"]).id == facts["document"]
        assert app.library.record(facts["version"]).title == facts["title"]
        assert facts["page"] == passage.page
        assert isinstance(facts["section"], list)


def test_it_is_a_retriever_like_any_other(app: App) -> None:
    retriever = LibCoachRetriever(answering=app.answering, k=2)

    assert isinstance(retriever, BaseRetriever)
    assert [len(found) for found in retriever.batch(["培训", "倡议"])] == [2, 2]
    with pytest.raises(ValidationError):
        LibCoachRetriever(answering=app.answering, k=0)


def test_the_examples_of_its_page_run(
    app: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.wiring.open_app", lambda: app)
    names: dict[str, object] = {}

    for example in EXAMPLES.findall((ROOT / "docs/retriever.md").read_text("utf-8")):
        exec(example, names)

    shown = capsys.readouterr().out
    assert "数字资源总量" in shown
    assert "\n[2] " in shown


ANSWER_WITHOUT_A_MODEL: Final = """
import sys
from pathlib import Path
from foundation.settings import Settings
from bot.wiring import open_app
app = open_app(Settings(home=Path({home!r})))
assert app.answering.answer("倡议书提了哪五条").answered
print(*sorted(name.partition(".")[0] for name in sys.modules))
"""


def test_without_a_model_nothing_of_langchain_is_ever_loaded(app: App) -> None:
    code = ANSWER_WITHOUT_A_MODEL.format(home=str(app.settings.home))

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    loaded = set(done.stdout.split())
    assert "retrieval" in loaded
    assert not loaded & {"langchain", "langchain_core", "langchain_openai", "openai", "httpx2"}
