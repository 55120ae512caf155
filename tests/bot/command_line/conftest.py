import shutil
from pathlib import Path

import pytest

from tests.commands import Home


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the founding documents, to be copied."""
    home = Home(tmp_path_factory.mktemp("founded") / "home")
    assert home.documents("list").status == 0
    return home.folder


@pytest.fixture
def home(founded: Path, tmp_path: Path) -> Home:
    """A home of one's own that has started once."""
    return Home(Path(shutil.copytree(founded, tmp_path / "home")))
