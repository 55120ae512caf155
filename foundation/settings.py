"""Settings from the environment and a `.env` file; every bad value is reported at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from foundation.errors import ConfigurationError

CHECKOUT: Final = Path(__file__).resolve().parent.parent
LANGUAGES: Final = ("zh", "en")


@dataclass(frozen=True)
class Settings:
    """What a person may set; everything has a default that works."""

    home: Path = CHECKOUT / "var"
    telegram_token: str | None = field(default=None, repr=False)
    telegram_api_url: str | None = None
    webhook_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    webhook_listen: tuple[str, int] | None = None
    admins: tuple[int, ...] = ()
    database_url: str | None = field(default=None, repr=False)
    chroma_url: str | None = None
    embedding_model: str | None = None
    reranker_model: str | None = None
    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_api_key: str | None = field(default=None, repr=False)
    lrs_url: str | None = None
    lrs_key: str | None = None
    lrs_secret: str | None = field(default=None, repr=False)
    timezone: str = "Asia/Shanghai"
    language: str = "zh"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.home / 'libcoach.db'}"

    @property
    def index_folder(self) -> Path:
        return self.home / "index"


class _Bad(ValueError):
    """A value that cannot be used; the message says what would be right."""


def _text(value: str) -> str:
    return value


def _home(value: str) -> Path:
    try:
        path = Path(value).expanduser().absolute()
    except RuntimeError as error:
        raise _Bad("there is no such person's folder; write the whole path") from error
    if path.exists() and not path.is_dir():
        raise _Bad("it is a file; name a folder")
    return path


def _token(value: str) -> str:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{10,}", value):
        raise _Bad("a token looks like 123456789:AAE…; copy it from @BotFather")
    return value


def _web_address(value: str) -> str:
    if not re.match(r"https?://[^/\s]+", value):
        raise _Bad("write the whole address, for example https://example.org")
    return value.rstrip("/")


def _listen(value: str) -> tuple[str, int]:
    host, colon, port = value.rpartition(":")
    if not (host and colon and port.isdecimal() and 0 < int(port) < 65536):
        raise _Bad("write host:port, for example 127.0.0.1:8080")
    return host, int(port)


def _admins(value: str) -> tuple[int, ...]:
    parts = [part.strip() for part in value.replace("，", ",").split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts):
        raise _Bad("write Telegram ids, numbers separated by commas, for example 12345,67890")
    return tuple(int(part) for part in parts)


def _database_url(value: str) -> str:
    if not re.match(r"(sqlite|postgresql)(\+\w+)?://", value):
        raise _Bad(
            "SQLite and PostgreSQL are supported, for example postgresql://user:password@host/libcoach"
        )
    return value


def _webhook_secret(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value):
        raise _Bad("1 to 256 letters, digits, _ and - are allowed")
    return value


def _timezone(value: str) -> str:
    if value not in available_timezones():
        raise _Bad("write an IANA zone, for example Asia/Shanghai or Europe/Berlin")
    return value


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise _Bad("zh or en")
    return value


_READ: Final[dict[str, Callable[[str], Any]]] = {
    "home": _home,
    "telegram_token": _token,
    "telegram_api_url": _web_address,
    "webhook_url": _web_address,
    "webhook_secret": _webhook_secret,
    "webhook_listen": _listen,
    "admins": _admins,
    "database_url": _database_url,
    "chroma_url": _web_address,
    "embedding_model": _text,
    "reranker_model": _text,
    "llm_base_url": _web_address,
    "llm_model": _text,
    "llm_api_key": _text,
    "lrs_url": _web_address,
    "lrs_key": _text,
    "lrs_secret": _text,
    "timezone": _timezone,
    "language": _language,
}
# What a value would give away is not repeated in a report of what is wrong with it.
_SECRET: Final = {"telegram_token", "webhook_secret", "llm_api_key", "lrs_secret", "database_url"}


def variable(name: str) -> str:
    return f"LIBCOACH_{name.upper()}"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from an environment; raises one ConfigurationError that lists every problem."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for name, read in _READ.items():
        raw = environment.get(variable(name), "").strip()
        if not raw:
            continue
        try:
            values[name] = read(raw)
        except _Bad as bad:
            shown = "" if name in _SECRET else f" = {raw!r}"
            problems.append(f"{variable(name)}{shown}: {bad}")
    problems += _missing_partners(values, environment)
    if problems:
        raise ConfigurationError(
            "These settings cannot be used:\n" + "\n".join(f"  - {p}" for p in problems)
        )
    return Settings(**values)


def _missing_partners(values: Mapping[str, Any], environment: Mapping[str, str]) -> list[str]:
    def absent(name: str) -> bool:
        return name not in values and not environment.get(variable(name), "").strip()

    pairs = (
        ("webhook_url", "webhook_secret", "a webhook needs a secret that Telegram sends along"),
        ("webhook_url", "webhook_listen", "a webhook needs host:port to listen on"),
        ("llm_base_url", "llm_model", "a language model endpoint needs the model's name"),
        ("llm_model", "llm_base_url", "a language model needs the address of its endpoint"),
        ("lrs_key", "lrs_url", "a key needs the address of its learning record store"),
        ("lrs_key", "lrs_secret", "a key of a learning record store needs its secret"),
        ("lrs_secret", "lrs_key", "a secret of a learning record store needs its key"),
    )
    return [f"{variable(b)}: {why}" for a, b, why in pairs if a in values and absent(b)]


def environment_with_file(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment, completed by `.env` in the working folder; the environment wins."""
    from dotenv import dotenv_values

    path = folder / ".env"
    if not path.is_file():
        return dict(environment)
    try:
        kept = {k: v for k, v in dotenv_values(path).items() if v is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"The file {path} cannot be read as text: {error}") from error
    return {**kept, **environment}
