"""Wishing: what somebody would like to learn, met by modules or passed on."""

from collections.abc import Iterator

from bot.chat.rich import rich
from bot.chat.turn import Turn
from bot.speech import Reply
from training_modules.wishes import matching


def wished(turn: Turn, what: str) -> Iterator[Reply]:
    """A trainee's wish is kept; of somebody who has agreed to nothing only the answer is given."""
    wishes = turn.training.wishes
    kept = turn.person.is_trainee
    met = wishes.wish(turn.person, what) if kept else matching(what, wishes.shelf.modules())
    if not met:
        yield turn.told("training.wish.kept" if kept else "training.wish.none", wish=what)
        return
    lines = [turn.words("training.wish.met", wish=what)]
    for module in met:
        track = turn.training.shelf.track(module.track)
        where = track.title.of(turn.language) if track else module.track
        lines.append(f"- {module.title.of(turn.language)}（{where}）" if turn.language == "zh"
                     else f"- {module.title.en} ({where})")  # fmt: skip
    yield Reply(rich("\n".join(lines)), ((turn.button("chat.join", "j.start"),),))
