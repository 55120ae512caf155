"""The framework's bot, which keeps every update before it confirms that it came."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.telegram.inbox import Inbox
from foundation.errors import ConfigurationError, DatabaseUnavailable
from foundation.settings import Settings
from foundation.wording import say

_CONNECTIONS: Final = 16
_CONNECT_SECONDS: Final = 10.0
_READ_SECONDS: Final = 20.0
# With many people at once a call waits for a connection; that is no error.
_POOL_SECONDS: Final = 300.0


@dataclass
class Desk:
    """Where what is fetched is kept, and who hears that the token is not valid any more."""

    inbox: Inbox | None = None
    on_refusal: Callable[[], None] = lambda: None


class KeepingBot(ExtBot[None]):
    """Keeps what it fetches at its desk."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._desk = Desk()
        self._came: Any = ()

    @property
    def desk(self) -> Desk:
        return self._desk

    async def _do_post(self, endpoint: str, *given: Any, **named: Any) -> Any:
        """What comes is kept as it came; to make it anew out of objects takes long."""
        result = await super()._do_post(endpoint, *given, **named)
        if endpoint == "getUpdates":
            self._came = result
        return result

    async def get_updates(self, *given: Any, **named: Any) -> tuple[Update, ...]:
        try:
            updates = await super().get_updates(*given, **named)
        except InvalidToken:
            self._desk.on_refusal()
            raise
        if self._desk.inbox is not None and updates:
            try:
                await self._desk.inbox.keep((u["update_id"], json.dumps(u)) for u in self._came)
            except DatabaseUnavailable as error:
                raise NetworkError("updates could not be kept") from error
        return updates


def open_bot(settings: Settings) -> KeepingBot:
    """A bot for the token that is set; nothing is called yet."""
    if settings.telegram_token is None:
        raise ConfigurationError(say("telegram.start.token", settings.language))
    base = settings.telegram_api_url or "https://api.telegram.org"
    return KeepingBot(
        settings.telegram_token, f"{base}/bot", f"{base}/file/bot",
        request=_request(base, _CONNECTIONS), get_updates_request=_request(base, 2),
    )  # fmt: skip


def _request(base: str, connections: int) -> HTTPXRequest:
    # A server on this machine is not reached through the proxies of the environment.
    is_here = urlsplit(base).hostname in ("127.0.0.1", "localhost", "::1")
    return HTTPXRequest(
        connection_pool_size=connections, connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS, write_timeout=_READ_SECONDS, pool_timeout=_POOL_SECONDS,
        httpx_kwargs={"trust_env": not is_here},
    )  # fmt: skip
