from pathlib import Path

import pytest

from bot.wiring import App
from training_modules.checking.files import check_files
from training_modules.parsing import parse, parse_file
from training_modules.shelf import LIBRARY, files_below
from training_modules.writing import as_markdown

MODULES = list(files_below(LIBRARY, ".md"))


@pytest.mark.skipif(not MODULES, reason="no modules are shipped")
def test_the_shipped_modules_have_no_fault_and_their_quotes_stand(app: App) -> None:
    checked = check_files(
        [], [LIBRARY], lambda doc, quote: app.library.place_of(doc, quote) is not None
    )

    assert checked.modules == len(MODULES)
    assert [fault.shown("en") for fault in checked.faults] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_shipped_module_is_the_same_after_it_was_written_anew(path: Path) -> None:
    module = parse_file(path).module
    assert module is not None

    again = parse(as_markdown(module), path).module
    assert again == module
