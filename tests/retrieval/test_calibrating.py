from pathlib import Path

from bot.wiring import App
from retrieval.calibrating import HIGHEST, LOWEST, Calibration, calibrate, load, save


def test_the_threshold_is_found_on_the_documents_and_kept_for_them(
    app: App, tmp_path: Path
) -> None:
    searching = app.quoting.searching

    found = calibrate(searching, app.quoting.thesaurus)
    save(found, tmp_path / "calibration.json")

    assert LOWEST <= found.sureness_needed <= HIGHEST
    assert found.answered >= 0.8
    assert found.slipped < found.answered
    assert load(tmp_path / "calibration.json", searching) == found


def test_a_calibration_of_other_documents_does_not_count(app: App, tmp_path: Path) -> None:
    save(Calibration(0.5, 1.0, 0.0, 10, corpus="others"), tmp_path / "calibration.json")

    assert load(tmp_path / "calibration.json", app.quoting.searching) is None
    assert load(tmp_path / "nothing.json", app.quoting.searching) is None


def test_administrators_read_a_sentence_and_no_number_of_a_threshold() -> None:
    told = Calibration(0.437, 0.93, 0.21, 80, "x")

    assert "9" in told.sentence("zh")
    assert "0.437" not in told.sentence("zh") + told.sentence("en")
