"""Wishing: what somebody would like to learn, met by modules or passed on."""

from collections.abc import Iterator

from bot.chat.rich import rich
from bot.chat.turn import Turn
from bot.speech import Reply


def wished(turn: Turn, what: str) -> Iterator[Reply]:
    met = turn.training.wishes.wish(turn.person, what)
    if not met:
        yield turn.told("training.wish.kept", wish=what)
        return
    lines = [turn.words("training.wish.met", wish=what)]
    for module in met:
        track = turn.training.shelf.track(module.track)
        where = track.title.of(turn.language) if track else module.track
        lines.append(f"- {module.title.of(turn.language)}（{where}）" if turn.language == "zh"
                     else f"- {module.title.en} ({where})")  # fmt: skip
    yield Reply(rich("\n".join(lines)), ((turn.button("chat.join", "j.start"),),))
