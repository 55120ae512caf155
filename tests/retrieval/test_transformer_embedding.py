"""Any other model: its prompts are used, and one that cannot be had is said plainly."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from foundation.errors import ModelUnavailable
from retrieval.embedding import open_embedder
from tests.tiny_transformer import make_tiny_transformer

ROOT: Final = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

OPEN: Final = """
import sys
from foundation.errors import ModelUnavailable
from retrieval.embedding import open_embedder
try: open_embedder(sys.argv[1])
except ModelUnavailable as error: print(error)
"""


class NothingHere(BaseHTTPRequestHandler):
    """A hub that is up and does not have the model."""

    def do_GET(self) -> None:
        self.send_response(404)
        self.send_header("X-Error-Code", "RepoNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def empty_hub() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), NothingHere)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def what_is_said(name: str, hub: str, home: Path) -> str:
    """The message for a model name, from a fresh process with an empty cache."""
    environment = {**os.environ, "HF_ENDPOINT": hub, "HF_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", OPEN, name],
        env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.strip()


def test_the_prompts_of_a_model_go_before_questions_and_passages(tmp_path: Path) -> None:
    prompts = {"query": "谁在：", "document": "图书馆："}
    plain = open_embedder(str(make_tiny_transformer(tmp_path / "plain")))
    prompted = open_embedder(str(make_tiny_transformer(tmp_path / "prompted", prompts=prompts)))

    questions = prompted.embed(["几点关门"], questions=True)
    passages = prompted.embed(["几点关门"])

    np.testing.assert_allclose(questions, plain.embed(["谁在：几点关门"]), atol=1e-5)
    np.testing.assert_allclose(passages, plain.embed(["图书馆：几点关门"]), atol=1e-5)
    assert not np.allclose(questions, passages)


def test_other_weights_or_prompts_have_another_name(tmp_path: Path) -> None:
    folders = [
        make_tiny_transformer(tmp_path / "one"),
        make_tiny_transformer(tmp_path / "two", seed=1),
        make_tiny_transformer(tmp_path / "three", prompts={"query": "谁："}),
    ]

    assert len({open_embedder(str(folder)).name for folder in folders}) == 3


def test_the_same_model_in_another_folder_keeps_its_name(tmp_path: Path) -> None:
    folder = make_tiny_transformer(tmp_path / "one")
    name = open_embedder(str(folder)).name

    moved = folder.rename(tmp_path / "model")

    assert open_embedder(str(moved)).name == name


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="holds no embedding model"):
        open_embedder(str(tmp_path))


def test_without_a_network_the_shipped_model_is_pointed_to(tmp_path: Path) -> None:
    said = what_is_said("example/no-such-model", "http://127.0.0.1:9", tmp_path)

    assert said.startswith("The embedding model example/no-such-model is not on this machine")
    assert "unset LIBCOACH_EMBEDDING_MODEL" in said


@pytest.mark.parametrize("name", ["example/no-such-model", "no such model", "../nowhere"])
def test_a_wrong_name_is_said_to_be_wrong(name: str, empty_hub: str, tmp_path: Path) -> None:
    assert what_is_said(name, empty_hub, tmp_path).startswith(f"There is no embedding model {name}")
