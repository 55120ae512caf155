import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import make_url

from foundation.database import open_engine, open_sessions
from foundation.errors import AppError
from foundation.migrating import migrate
from scheduler.backup import Backup, back_up, backups, restore, rotate, superfluous
from tests.scheduler.cohort import add_people, noon
from training_modules.rows import PersonRow

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "libcoach.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine, NOW)
    with open_sessions(engine).begin() as session:
        add_people(session, [{"id": "anna"}], noon())
    engine.dispose()
    return path


def people_in(path: Path) -> list[str]:
    engine = open_engine(f"sqlite:///{path}")
    with open_sessions(engine)() as session:
        found = list(session.scalars(select(PersonRow.id).order_by(PersonRow.id)))
    engine.dispose()
    return found


def test_a_backup_taken_in_use_is_put_back_whole(database: Path, tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{database}")
    made = back_up(engine.url, tmp_path / "backups", NOW)
    with open_sessions(engine).begin() as session:
        add_people(session, [{"id": "bo"}], noon())
    engine.dispose()

    aside = restore(made.path, database, NOW)

    assert people_in(database) == ["anna"]
    assert aside is not None
    assert people_in(aside) == ["anna", "bo"]


def test_a_damaged_database_is_replaced_by_its_backup(database: Path, tmp_path: Path) -> None:
    made = back_up(make_url(f"sqlite:///{database}"), tmp_path / "backups", NOW)
    database.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)

    restore(made.path, database, NOW)

    assert people_in(database) == ["anna"]


def test_a_damaged_backup_is_refused_and_nothing_changes(database: Path, tmp_path: Path) -> None:
    made = back_up(make_url(f"sqlite:///{database}"), tmp_path / "backups", NOW)
    whole = made.path.read_bytes()
    made.path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(AppError, match=r"no whole database|damaged"):
        restore(made.path, database, NOW)
    assert people_in(database) == ["anna"]


def test_some_other_file_is_no_backup(database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as made:
        made.execute("CREATE TABLE a (b)")

    with pytest.raises(AppError, match="no whole database"):
        restore(other, database, NOW)


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    missing = make_url(f"sqlite:///{tmp_path / 'no' / 'libcoach.db'}")

    with pytest.raises(AppError, match="could not be made"):
        back_up(missing, tmp_path / "backups", NOW)
    assert backups(tmp_path / "backups") == []
    assert list((tmp_path / "backups").iterdir()) == []


def test_postgresql_is_dumped_and_the_dump_can_be_put_back(
    postgres_url: str, tmp_path: Path
) -> None:
    import shutil
    import subprocess

    if shutil.which("pg_dump") is None:
        pytest.skip("NO PG_DUMP HERE: no dump of PostgreSQL was tried")
    engine = open_engine(postgres_url)
    migrate(engine, NOW)
    with open_sessions(engine).begin() as session:
        add_people(session, [{"id": "anna"}], noon())

    made = back_up(engine.url, tmp_path / "backups", NOW)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM person"))
    engine.dispose()
    subprocess.run(
        ["pg_restore", "--clean", "--if-exists", f"--dbname={postgres_url}", made.path], check=True
    )

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT id FROM person")) == "anna"
    engine.dispose()


def made_on(*moments: datetime) -> list[Backup]:
    return [Backup(Path(moment.isoformat()), moment) for moment in moments]


def test_of_daily_backups_a_week_and_the_newest_of_four_weeks_are_kept() -> None:
    every = made_on(*(NOW - timedelta(days=n) for n in range(60)))

    gone = superfluous(every, NOW)

    kept = [(NOW - one.made_at).days for one in every if one not in gone]
    assert kept == [0, 1, 2, 3, 4, 5, 6, 13, 20, 27]


def test_the_last_backup_is_kept_however_old_it_is(tmp_path: Path) -> None:
    (tmp_path / "libcoach-20200101T000000Z.db").touch()
    (tmp_path / "libcoach-20190101T000000Z.db").touch()
    (tmp_path / "libcoach-notes.txt").touch()

    assert rotate(tmp_path, NOW) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "libcoach-20200101T000000Z.db", "libcoach-notes.txt",
    ]  # fmt: skip
