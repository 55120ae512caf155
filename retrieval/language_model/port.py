"""The port to a language model: a prompt goes in, one JSON object of its form comes out."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from retrieval.prompting import Prompt

Spoken = Mapping[str, Any]
Listener = Callable[[Spoken], None]


class LanguageModel(Protocol):
    """Speaks in the form that a prompt asks for; nothing of what it says is trusted."""

    def reply(self, prompt: Prompt, on_growth: Listener | None = None) -> Spoken:
        """The object, read leniently; raises ModelUnavailable with one plain sentence.

        `on_growth` hears the object as far as its members are finished, more each time.
        """
        ...
