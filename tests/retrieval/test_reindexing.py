"""Re-indexing does one version after another and can be taken up again after any of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from foundation.clock import system_clock
from foundation.database import Sessions, open_engine, open_sessions
from foundation.migrating import migrate
from knowledge.adding import Adding, Offered
from knowledge.catalogue import remove_document
from knowledge.readers.dispatch import read
from retrieval.dense import DenseHalf
from retrieval.index import SearchIndex
from retrieval.lexical import LexicalIndex
from retrieval.reindexing import Waiting, catch_up, plan, step, waiting
from retrieval.vectors.collection import models_in
from retrieval.vectors.folder import VectorFolder
from retrieval.vectors.places import FolderPlace
from tests.word_hashing import WordHashing

LINES = {
    "a.txt": "公共图书馆应当免费开放。",
    "b.txt": "读者应当爱护文献信息。",
    "c.txt": "馆员要有专业素养。",
}


@dataclass
class Home:
    """A catalogue of three documents, and its index by whichever model."""

    sessions: Sessions
    place: FolderPlace
    folder: Path

    def index(self, seed: int) -> SearchIndex:
        dense = DenseHalf(self.place, str(seed), lambda setting: WordHashing(int(setting or 0)))
        return SearchIndex(LexicalIndex(self.folder / "lexical"), dense)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    engine = open_engine(f"sqlite:///{tmp_path / 'libcoach.db'}")
    migrate(engine, system_clock())
    made = Home(open_sessions(engine), FolderPlace(VectorFolder(tmp_path / "vectors")), tmp_path)
    adding = Adding(made.sessions, made.index(1), read, system_clock)
    list(adding.results([Offered(name, name, text.encode()) for name, text in LINES.items()]))
    yield made
    made.place.close()
    engine.dispose()


def models(home: Home) -> list[str]:
    return [model.name for model in models_in(home.place)]


def test_the_plan_is_what_is_wanted_and_not_held_in_the_order_of_documents() -> None:
    wanted = {"v3": "c", "v1": "b", "v2": "a"}

    assert plan(wanted, {"v1"}) == (Waiting("v2", "a"), Waiting("v3", "c"))
    assert plan(wanted, wanted) == ()


def test_nothing_waits_while_the_model_is_the_same(home: Home) -> None:
    assert waiting(home.sessions, home.index(1)) == ()


def test_another_model_does_every_document_and_then_has_the_place_alone(home: Home) -> None:
    done = [one.document for one in catch_up(home.sessions, home.index(2))]

    assert done == ["a", "b", "c"]
    assert models(home) == ["word-hashing-2"]


def test_it_stops_when_it_is_told_and_goes_on_where_it_was(home: Home) -> None:
    done: list[Waiting] = []
    for one in catch_up(home.sessions, home.index(2), lambda: len(done) == 2):
        done.append(one)

    assert [one.document for one in done] == ["a", "b"]
    assert set(models(home)) == {"word-hashing-1", "word-hashing-2"}
    assert [f.score > 0 for f in home.index(2).dense.search("专业素养", 1)] == [True]
    assert [one.document for one in catch_up(home.sessions, home.index(2))] == ["c"]
    assert models(home) == ["word-hashing-2"]


def test_a_document_removed_meanwhile_is_left_out(home: Home) -> None:
    index = home.index(2)
    first = waiting(home.sessions, index)[0]
    with home.sessions.begin() as session:
        remove_document(session, first.document, system_clock())

    step(home.sessions, index, first)

    assert first.version not in (index.dense.versions() or set())
