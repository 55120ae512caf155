from pathlib import Path

import pytest

from foundation.errors import ConfigurationError
from foundation.settings import (
    CHECKOUT,
    Settings,
    environment_with_file,
    read_settings,
    variable,
)

TOKEN = "123456789:AAEhBOweik6ad6PsvTFkdcAmT9v6xQn0mQk"


def read(**values: str) -> Settings:
    return read_settings({variable(name): value for name, value in values.items()})


def problem(**values: str) -> str:
    with pytest.raises(ConfigurationError) as raised:
        read(**values)
    return str(raised.value)


def test_nothing_set_gives_defaults_that_work() -> None:
    settings = read()

    assert settings == Settings()
    assert settings.home == CHECKOUT / "var"
    assert settings.database == f"sqlite:///{CHECKOUT / 'var' / 'libcoach.db'}"
    assert (settings.timezone, settings.language) == ("Asia/Shanghai", "zh")


def test_every_setting_is_read(tmp_path: Path) -> None:
    settings = read(
        home=str(tmp_path), telegram_token=TOKEN, telegram_api_url="http://127.0.0.1:8081/",
        webhook_url="https://example.org/hook", webhook_secret="s-1_a",
        webhook_listen="0.0.0.0:8443", admins=" 12345, 67890，7 ",
        database_url="postgresql://user:pw@host/libcoach", chroma_url="http://chroma:8000",
        embedding_model="BAAI/bge-m3", reranker_model="BAAI/bge-reranker-v2-m3",
        llm_base_url="http://127.0.0.1:11434/v1", llm_model="qwen", llm_api_key="sk",
        lrs_url="https://lrs.example.org/xAPI/", lrs_key="bot", lrs_secret="s",
        timezone="Europe/Berlin", language="en",
    )  # fmt: skip

    assert settings.lrs_url == "https://lrs.example.org/xAPI"
    assert settings.home == tmp_path
    assert settings.index_folder == tmp_path / "index"
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.webhook_listen == ("0.0.0.0", 8443)
    assert settings.admins == (12345, 67890, 7)
    assert settings.database == "postgresql://user:pw@host/libcoach"
    assert settings.zone.key == "Europe/Berlin"


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("home", "/etc/hostname", "name a folder"),
        ("home", "~nobody-is-called-so/x", "write the whole path"),
        ("telegram_api_url", "api.telegram.org", "https://example.org"),
        ("webhook_listen", "8443", "host:port"),
        ("webhook_listen", "host:99999", "host:port"),
        ("webhook_listen", "host:²", "host:port"),
        ("webhook_secret", "blanks are bad", "letters, digits"),
        ("admins", "12345, @ming", "numbers separated by commas"),
        ("admins", "5²", "numbers separated by commas"),
        ("database_url", "mysql://host/db", "SQLite and PostgreSQL"),
        ("timezone", "Beijing", "Asia/Shanghai"),
        ("language", "fr", "zh or en"),
    ],
)
def test_a_bad_value_is_named_with_what_would_be_right(name: str, value: str, hint: str) -> None:
    said = problem(**{name: value})

    assert variable(name) in said
    assert hint in said


def test_all_bad_values_are_said_at_once() -> None:
    said = problem(language="fr", timezone="Mars/Crater", admins="x", webhook_listen="y")

    assert len(said.splitlines()) == 5
    assert all(variable(n) in said for n in ("language", "timezone", "admins", "webhook_listen"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("telegram_token", "123:secret"),
        ("webhook_secret", "secret word"),
        ("database_url", "oracle://me:secret@host/db"),
    ],
)
def test_a_bad_secret_is_not_repeated(name: str, value: str) -> None:
    said = problem(**{name: value})

    assert variable(name) in said
    assert "secret" not in said.replace(variable(name).lower(), "").replace("a secret", "")


def test_secrets_do_not_show_in_what_settings_print() -> None:
    shown = repr(
        read(telegram_token=TOKEN, llm_base_url="http://x", llm_model="m", llm_api_key="K")
    )

    assert TOKEN not in shown
    assert "llm_api_key" not in shown


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"webhook_url": "https://x.org"}, {"webhook_secret", "webhook_listen"}),
        ({"llm_base_url": "http://x"}, {"llm_model"}),
        ({"llm_model": "m"}, {"llm_base_url"}),
    ],
)
def test_what_belongs_together_is_asked_for(given: dict[str, str], missing: set[str]) -> None:
    said = problem(**given)

    assert all(variable(name) in said for name in missing)


def test_a_blank_value_is_as_good_as_none() -> None:
    assert read(language="  ", telegram_token="") == Settings()


def test_the_environment_wins_over_the_file_in_the_working_folder(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "# ours\nLIBCOACH_LANGUAGE=en\nLIBCOACH_TIMEZONE='Europe/Berlin'\nLIBCOACH_ADMINS\n",
        "utf-8",
    )

    merged = environment_with_file({"LIBCOACH_LANGUAGE": "zh"}, tmp_path)

    assert read_settings(merged) == Settings(language="zh", timezone="Europe/Berlin")


def test_without_a_file_the_environment_stands_alone(tmp_path: Path) -> None:
    assert environment_with_file({"A": "b"}, tmp_path) == {"A": "b"}


def test_a_file_that_is_no_text_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"LIBCOACH_LANGUAGE=\xff\xfe\x00")

    with pytest.raises(ConfigurationError, match=r"\.env cannot be read as text"):
        environment_with_file({}, tmp_path)
