"""A language model for tests that says what it was told to say, and keeps what it was asked."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foundation.errors import ModelUnavailable
from retrieval.language_model.port import Listener, Spoken
from retrieval.prompting import Prompt

Line = Mapping[str, Any] | ModelUnavailable


@dataclass
class ScriptedModel:
    """Says its lines in turn, the last one for ever; a line that is an error is raised."""

    lines: Sequence[Line]
    seconds: float = 0.0
    prompts: list[Prompt] = field(default_factory=list)

    def reply(self, prompt: Prompt, on_growth: Listener | None = None) -> Spoken:
        line = self.lines[min(len(self.prompts), len(self.lines) - 1)]
        self.prompts.append(prompt)
        time.sleep(self.seconds)
        if isinstance(line, ModelUnavailable):
            raise line
        members = line.get(prompt.form.needed)
        if on_growth is not None and isinstance(members, list):
            for count in range(1, len(members) + 1):
                on_growth({**line, prompt.form.needed: members[:count]})
        return line
