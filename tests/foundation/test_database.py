import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError, ProgrammingError, StatementError
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database import Base, Instant, Sessions, open_sessions
from foundation.errors import DatabaseUnavailable
from tests.postgres import new_database

Opening = Callable[[str], Engine]
Refusal = Callable[[str], str]


class NoteRow(Base):
    __tablename__ = "test_note"

    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime | None] = mapped_column(Instant)


NOTES = NoteRow.__table__
# Other tests compare all tables of the program with its migrations; this one is none of them.
Base.metadata.remove(NOTES)


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    NOTES.create(engine)
    return open_sessions(engine)


on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_an_instant_comes_back_aware_and_in_utc(sessions: Sessions) -> None:
    here = datetime(2026, 3, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))

    with sessions.begin() as session:
        session.add_all([NoteRow(number=1, at=here), NoteRow(number=2, at=None)])

    with sessions() as session:
        kept = session.get_one(NoteRow, 1).at
        assert kept == here
        assert kept is not None
        assert kept.utcoffset() == timedelta(0)
        assert session.get_one(NoteRow, 2).at is None


def test_an_instant_without_a_zone_is_refused(sessions: Sessions) -> None:
    note = NoteRow(number=1, at=datetime(2026, 3, 1))  # noqa: DTZ001

    with pytest.raises(StatementError, match="without a zone"), sessions.begin() as session:
        session.add(note)


def test_an_error_undoes_the_whole_block(sessions: Sessions) -> None:
    def add_the_same_twice() -> None:
        with sessions.begin() as session:
            session.execute(NOTES.insert(), [{"number": 1}])
            session.execute(NOTES.insert(), [{"number": 1}])

    with pytest.raises(IntegrityError):
        add_the_same_twice()

    with sessions() as session:
        assert session.query(NoteRow).count() == 0


def test_who_reads_first_and_then_writes_waits_for_another_writer(sessions: Sessions) -> None:
    with sessions.begin() as session:
        session.add(NoteRow(number=0))

    def count_up() -> None:
        for _ in range(25):
            with sessions.begin() as session:
                if session.get_bind().dialect.name == "postgresql":
                    session.execute(text("SELECT pg_advisory_xact_lock(1)"))
                highest = session.query(NoteRow).count()
                session.add(NoteRow(number=highest))

    writers = [threading.Thread(target=count_up) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with sessions() as session:
        assert session.query(NoteRow).count() == 101


def test_reading_does_not_wait_for_a_writer(sessions: Sessions) -> None:
    with sessions.begin() as writing, sessions() as reading:
        writing.add(NoteRow(number=1))
        writing.flush()
        assert reading.query(NoteRow).count() == 0


@on_sqlite
def test_sqlite_keeps_foreign_keys_and_a_log_for_readers(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


def test_the_folder_of_the_database_is_made(tmp_path: Path, opening: Opening) -> None:
    with opening(f"sqlite:///{tmp_path / 'a' / 'b' / 'x.db'}").connect():
        assert (tmp_path / "a" / "b" / "x.db").exists()


def test_many_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from foundation.database import open_engine\n"
        "open_engine(sys.argv[1]).connect().close()"
    )
    url = f"sqlite:///{tmp_path / 'x.db'}"
    started = [subprocess.Popen([sys.executable, "-c", code, url]) for _ in range(4)]

    assert [process.wait(60) for process in started] == [0, 0, 0, 0]


@pytest.fixture
def refusal(opening: Opening) -> Callable[[str], str]:
    return lambda url: refused(opening, url)


def refused(opening: Opening, url: str) -> str:
    with pytest.raises(DatabaseUnavailable) as raised:
        opening(url).connect()
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize("url", ["nonsense", "sqlite+nosuch:///x.db", "postgresql+nosuch://h/db"])
def test_an_address_that_cannot_be_used_is_said_in_one_sentence(url: str, refusal: Refusal) -> None:
    assert "address" in refusal(url)


def test_a_server_that_does_not_answer_is_said_without_the_password(refusal: Refusal) -> None:
    said = refusal("postgresql://me:hush@127.0.0.1:1/libcoach")

    assert "does not answer" in said
    assert "hush" not in said


def test_a_database_that_the_server_does_not_have_is_said(
    postgres_socket: Path, refusal: Refusal
) -> None:
    url = new_database(postgres_socket)

    assert "does not exist" in refusal(url.replace("@/t", "@/u"))


def test_a_folder_that_cannot_be_made_is_said(refusal: Refusal) -> None:
    assert "/proc/nowhere" in refusal("sqlite:////proc/nowhere/x.db")


def test_a_file_that_is_no_database_is_said(tmp_path: Path, refusal: Refusal) -> None:
    (tmp_path / "x.db").write_bytes(b"This is a letter.\n" * 400)

    assert "no database" in refusal(f"sqlite:///{tmp_path / 'x.db'}")


@on_sqlite
def test_a_damaged_database_is_said(sessions: Sessions, engine: Engine) -> None:
    with sessions.begin() as session:
        session.add_all(NoteRow(number=n) for n in range(2000))
    engine.dispose()
    path = Path(str(engine.url.database))
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))

    with pytest.raises(DatabaseUnavailable, match="damaged"), sessions() as session:
        session.query(NoteRow).count()


@on_sqlite
def test_a_full_disk_is_said(sessions: Sessions, engine: Engine) -> None:
    set_pragma(engine, "max_page_count = 4")

    with pytest.raises(DatabaseUnavailable, match="disk is full"), sessions.begin() as session:
        session.add_all(NoteRow(number=n) for n in range(20_000))


@on_sqlite
def test_a_busy_database_is_said(sessions: Sessions, engine: Engine) -> None:
    set_pragma(engine, "busy_timeout = 20")

    with sessions.begin(), pytest.raises(DatabaseUnavailable, match="Another program"):
        sessions.begin().__enter__()


def set_pragma(engine: Engine, pragma: str) -> None:
    event.listen(engine, "connect", lambda c, _: c.execute(f"PRAGMA {pragma}").close())
    engine.dispose()


def test_what_the_program_has_to_settle_itself_stays_as_it_is(sessions: Sessions) -> None:
    with pytest.raises(IntegrityError), sessions.begin() as session:
        session.execute(NOTES.insert(), [{"number": 1}, {"number": 1}])
    with pytest.raises((ProgrammingError, DatabaseUnavailable)), sessions() as session:
        session.execute(text("SELECT nothing FROM nowhere"))
