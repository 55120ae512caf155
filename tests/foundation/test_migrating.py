import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from foundation import migrating
from foundation.database import Base
from foundation.errors import DatabaseUnavailable
from foundation.migrating import NEWEST, SCRIPTS, migrate
from foundation.settings import CHECKOUT

NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


def form_of(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT version_num FROM alembic_version"))


def write_form(engine: Engine, form: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :form"), {"form": form})


def import_tables() -> None:
    """Every module that declares tables, wherever it stands."""
    for package in ("knowledge", "retrieval", "training_modules", "scheduler", "bot"):
        for path in sorted((CHECKOUT / package).rglob("*.py")):
            if "(Base)" in path.read_text("utf-8"):
                import_module(".".join(path.relative_to(CHECKOUT).with_suffix("").parts))


def test_the_newest_form_is_that_of_the_last_script() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))

    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST


def test_a_fresh_database_is_brought_to_the_newest_form_without_a_backup(engine: Engine) -> None:
    assert migrate(engine, NOW) is None

    assert form_of(engine) == NEWEST


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    migrate(engine, NOW)

    assert migrate(engine, NOW) is None


def test_the_models_equal_the_migrated_tables(engine: Engine) -> None:
    import_tables()
    migrate(engine, NOW)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_database_of_a_newer_program_is_refused_and_left_alone(engine: Engine) -> None:
    migrate(engine, NOW)
    write_form(engine, "9999")

    with pytest.raises(DatabaseUnavailable, match="newer LibCoach"):
        migrate(engine, NOW)
    assert form_of(engine) == "9999"


@pytest.fixture
def older(engine: Engine) -> Engine:
    """A database as a program before all of ours would have left it, with a text in it."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("CREATE TABLE older (said VARCHAR)"))
        connection.execute(text("INSERT INTO older VALUES ('kept')"))
    return engine


@pytest.fixture
def earlier(older: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The same, of a form that this program knows how to bring up to date."""
    with older.begin() as connection:
        connection.execute(text("INSERT INTO alembic_version VALUES ('0000')"))
    monkeypatch.setattr(migrating, "_upgrade", upgrade_from_0000)
    return older


def upgrade_from_0000(connection: Connection) -> None:
    connection.execute(text(f"UPDATE alembic_version SET version_num = '{NEWEST}'"))
    connection.execute(text("DELETE FROM older"))


def kept_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [said for (said,) in connection.execute("SELECT said FROM older")]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_older_database_is_copied_before_it_is_changed(earlier: Engine, tmp_path: Path) -> None:
    backup = migrate(earlier, NOW)

    assert backup == tmp_path / "home" / f"libcoach-before-{NEWEST}-20260301T083000Z.db"
    assert kept_in(backup) == ["kept"]
    assert kept_in(tmp_path / "home" / "libcoach.db") == []
    assert form_of(earlier) == NEWEST


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_still_in_the_log_is_in_the_backup_too(earlier: Engine) -> None:
    with earlier.connect() as open_meanwhile, earlier.connect() as writing:
        open_meanwhile.execute(text("SELECT * FROM older"))
        writing.execute(text("INSERT INTO older VALUES ('late')"))
        writing.commit()

        backup = migrate(earlier, NOW)

    assert backup is not None
    assert kept_in(backup) == ["kept", "late"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_a_backup_nothing_is_changed(earlier: Engine, tmp_path: Path) -> None:
    blocked = f"libcoach-before-{NEWEST}-20260301T083000Z.db"
    (tmp_path / "home" / blocked / "in the way").mkdir(parents=True)

    with pytest.raises(DatabaseUnavailable, match="nothing was changed"):
        migrate(earlier, NOW)
    assert form_of(earlier) == "0000"
    assert kept_in(tmp_path / "home" / "libcoach.db") == ["kept"]


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    earlier: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(connection: Connection) -> None:
        upgrade_from_0000(connection)
        raise RuntimeError

    monkeypatch.setattr(migrating, "_upgrade", half)

    with pytest.raises(RuntimeError):
        migrate(earlier, NOW)

    assert form_of(earlier) == "0000"
    with earlier.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM older")) == 1


def test_processes_that_start_at_once_migrate_once(database_url: str, engine: Engine) -> None:
    code = (
        "import sys; from datetime import UTC, datetime\n"
        "from foundation.database import open_engine; from foundation.migrating import migrate\n"
        "sys.stdin.read(); migrate(open_engine(sys.argv[1]), datetime.now(UTC))"
    )
    command = [sys.executable, "-c", code, database_url]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE) for _ in range(3)]
    for process in started:
        assert process.stdin is not None
        process.stdin.close()

    assert [process.wait(60) for process in started] == [0, 0, 0]
    assert form_of(engine) == NEWEST
