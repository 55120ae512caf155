from pathlib import Path

from sqlalchemy import insert

from foundation.database import open_engine
from foundation.migrating import migrate
from tests.commands import Home
from tests.training_modules.sample_files import write_track
from tests.training_modules.small_log import START
from training_modules.rows import PersonRow


def rehearsed(home: Home) -> Path:
    """A second home beside, with forty people who never were."""
    write_track(home.folder)
    place = home.folder.with_name("demo")
    ran = home.run("outcomes", "rehearse", "--people", "40", "--home", str(place), "--json")
    assert (ran.status, ran.err) == (0, "")
    assert ran.value["events"] > 800
    return place


def test_a_rehearsed_home_is_reported_as_page_workbook_and_json(home: Home, tmp_path: Path) -> None:
    demo = Home(rehearsed(home))
    page, book = tmp_path / "报告.html", tmp_path / "report.xlsx"

    made = demo.run("outcomes", "report", "--out", str(page), "--language", "zh", "--json")
    again = demo.run(
        "outcomes", "report", "--out", str(book), "--cohort", "演示一班", "--language", "en"
    )

    assert (made.status, again.status) == (0, 0), made.err + again.err
    assert made.value["path"] == str(page)
    assert made.value["simulated"] is True
    funnel = {one["key"]: one for one in made.value["indicators"]}["participants.funnel"]
    assert funnel["n"] == 40
    assert "均为模拟" in page.read_text("utf-8")
    assert book.read_bytes().startswith(b"PK")
    assert "people learned" in again.out


def test_people_who_never_were_do_not_come_among_real_ones(home: Home) -> None:
    write_track(home.folder)
    place = home.folder.with_name("real")
    engine = open_engine(f"sqlite:///{place / 'libcoach.db'}")
    migrate(engine, START)
    person = {
        "id": "1", "channel": "telegram", "address": "7", "name": "", "role": "reader",
        "language": "zh", "zone": "Asia/Shanghai", "pseudonym": "p_1", "post": "", "region": "",
        "is_emerging_leader": False, "hour": 480, "days": "1", "calendar": "", "quiet_from": 0,
        "quiet_until": 0, "consent": 0, "is_paused": False, "created_at": START, "seen_at": START,
    }  # fmt: skip
    with engine.begin() as connection:
        connection.execute(insert(PersonRow), person)
    engine.dispose()

    ran = home.run("outcomes", "rehearse", "--people", "9", "--home", str(place))

    assert (ran.status, ran.out) == (1, "")
    assert "There are real people in" in ran.err


def test_a_home_is_rehearsed_in_once(home: Home) -> None:
    place = rehearsed(home)

    ran = home.run("outcomes", "rehearse", "--people", "9", "--home", str(place))

    assert ran.status == 1
    assert "rehearsed in already" in ran.err


def test_a_report_needs_a_place_a_kind_and_a_known_cohort(home: Home, tmp_path: Path) -> None:
    nowhere = home.run("outcomes", "report", "--out", str(tmp_path / "no" / "r.html"))
    unkind = home.run("outcomes", "report", "--out", str(tmp_path / "r.pdf"))
    unknown = home.run("outcomes", "report", "--out", str(tmp_path / "r.html"), "--cohort", "x")

    assert (nowhere.status, unkind.status, unknown.status) == (1, 2, 1)
    assert "There is no folder" in nowhere.err
    assert "There is no cohort “x”" in unknown.err
    assert list(tmp_path.glob("r.*")) == []
