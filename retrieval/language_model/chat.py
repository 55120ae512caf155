"""Any OpenAI-compatible chat endpoint by LangChain: the only one who speaks its protocol."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from foundation.errors import ModelUnavailable
from retrieval.language_model.faults import (
    AWAY,
    BROKEN_OFF,
    ENDLESS,
    KEY_REFUSED,
    SLOW,
    UNREADABLE,
    Fault,
    fault_of_status,
)
from retrieval.language_model.port import Listener, Spoken
from retrieval.language_model.spoken import Growing, object_in
from retrieval.prompting import Form, Prompt

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

_LONGEST: Final = 60_000
_FIRST_WAIT: Final = 0.5
# A server that asks for no key still gets one: the client insists.
_NO_KEY: Final = "none"


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a request is put; servers and models differ in what they take."""

    with_schema: bool
    at_zero: bool


# From the best to the plainest; what a server refuses is not put to it again.
_MANNERS: Final = (_Manner(True, True), _Manner(False, True), _Manner(False, False))  # noqa: FBT003
_PLAIN: Final = 1


@dataclass
class ChatModel:
    """A model behind an address; every reply comes within `seconds` or not at all."""

    base_url: str
    model: str
    api_key: str | None = field(default=None, repr=False)
    seconds: float = 20.0
    connect_seconds: float = 5.0
    retries: int = 2
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _manner: int = field(default=0, init=False, repr=False)
    _chats: dict[bool, "ChatOpenAI"] = field(default_factory=dict, init=False, repr=False)

    def reply(self, prompt: Prompt, on_growth: Listener | None = None) -> Spoken:
        """What the model says, asked again while it may help and there is time."""
        faults = _faults()
        self._chat(_MANNERS[self._manner].at_zero)
        ends_at = self.clock() + self.seconds
        tries = 0
        while True:
            # A server that fails at a schema often does so with an error of its own.
            manner = max(self._manner, _PLAIN) if tries else self._manner
            try:
                spoken = object_in(
                    self._said(prompt, _MANNERS[manner], ends_at, on_growth), prompt.form.needed
                )
            except faults as error:
                fault = _fault_of(error)
            else:
                if spoken is None:
                    raise ModelUnavailable(BROKEN_OFF.sentence)
                return spoken
            if fault.is_form and self._manner < len(_MANNERS) - 1:
                self._manner += 1
                continue
            tries += 1
            self._wait(fault, tries, ends_at)

    def _wait(self, fault: Fault, tries: int, ends_at: float) -> None:
        """Wait before the next try, or give up: what comes too late helps nobody."""
        wait = _FIRST_WAIT * 2 ** (tries - 1) if fault.wait is None else fault.wait
        if tries > min(self.retries, fault.retries) or self.clock() + wait >= ends_at:
            raise ModelUnavailable(fault.sentence)
        self.sleep(wait)

    def _said(
        self, prompt: Prompt, manner: _Manner, ends_at: float, on_growth: Listener | None
    ) -> str:
        text = self._streamed(prompt, manner, ends_at, on_growth)
        if text.strip():
            return text
        # Some servers do not stream and send everything at once.
        options = self._options(prompt.form, manner, ends_at)
        return str(self._chat(manner.at_zero).invoke(_messages(prompt), **options).text)

    def _streamed(
        self, prompt: Prompt, manner: _Manner, ends_at: float, on_growth: Listener | None
    ) -> str:
        growing, text = Growing(), ""
        options = self._options(prompt.form, manner, ends_at)
        try:
            for piece in self._chat(manner.at_zero).stream(_messages(prompt), **options):
                said = str(piece.text)
                text += said
                self._bound(text, ends_at)
                grown = growing.hear(said) if on_growth is not None else None
                if grown is not None and on_growth is not None:
                    on_growth(grown)
        except ValueError:
            if text.strip():
                raise
        return text

    def _bound(self, text: str, ends_at: float) -> None:
        if self.clock() > ends_at:
            raise ModelUnavailable(SLOW.sentence)
        if len(text) > _LONGEST:
            raise ModelUnavailable(ENDLESS.sentence)

    def _options(self, form: Form, manner: _Manner, ends_at: float) -> dict[str, Any]:
        from openai import Timeout

        left = max(ends_at - self.clock(), 0.01)
        options: dict[str, Any] = {
            "timeout": Timeout(left, connect=min(self.connect_seconds, left))
        }
        if manner.with_schema:
            schema = {"name": form.name, "schema": form.as_schema(), "strict": True}
            # As an extra part of the request: the client's own way parses what it gets once more,
            # and stumbles over all that is not quite a completion.
            wanted = {"type": "json_schema", "json_schema": schema}
            options["extra_body"] = {"response_format": wanted}
        return options

    def _chat(self, at_zero: bool) -> "ChatOpenAI":  # noqa: FBT001 - one of two
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        if at_zero not in self._chats:
            self._chats[at_zero] = ChatOpenAI(
                base_url=self.base_url,
                model=self.model,
                api_key=SecretStr(self.api_key or _NO_KEY),
                temperature=0 if at_zero else None,
                max_retries=0,
                use_responses_api=False,
                stream_usage=False,
                http_socket_options=(),
            )
        return self._chats[at_zero]


def _messages(prompt: Prompt) -> list[tuple[str, str]]:
    return [("system", prompt.rules), ("human", prompt.material)]


@cache
def _faults() -> tuple[type[Exception], ...]:
    """What the client raises when a server is away, refuses or speaks nonsense."""
    from httpx2 import HTTPError
    from openai import OpenAIError

    of_nonsense = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError)
    return (OpenAIError, HTTPError, OSError, TypeError, ValueError, *of_nonsense)


def _fault_of(error: Exception) -> Fault:
    """The failure behind an error; what the server wrote is left out, for it may hold the key."""
    import openai

    if isinstance(error, openai.APIStatusError):
        return fault_of_status(error.status_code, error.response.headers)
    if isinstance(error, openai.APITimeoutError | TimeoutError):
        return SLOW
    if isinstance(error, openai.APIConnectionError):
        return AWAY
    return KEY_REFUSED if isinstance(error, UnicodeEncodeError) else UNREADABLE
