"""Wishing: what somebody would like to learn, met by modules or passed on."""

from collections.abc import Iterator

from bot.chat.rich import rich
from bot.chat.turn import Turn
from bot.speech import Reply, text
from foundation.wording import say
from training_modules.wishes import matching


def wished(turn: Turn, what: str) -> Iterator[Reply]:
    """A trainee's wish is kept; of somebody who has agreed to nothing only the answer is given."""
    wishes, language = turn.training.wishes, turn.heard_in
    kept = turn.person.is_trainee
    met = wishes.wish(turn.person, what) if kept else matching(what, wishes.shelf.modules())
    if not met:
        key = "training.wish.kept" if kept else "training.wish.none"
        yield Reply(text(say(key, language, wish=what)))
        return
    lines = [say("training.wish.met", language, wish=what)]
    for module in met:
        track = turn.training.shelf.track(module.track)
        where = track.title.of(language) if track else module.track
        name = module.title.of(language)
        lines.append(f"- {name}（{where}）" if language == "zh" else f"- {name} ({where})")
    yield Reply(rich("\n".join(lines)), ((turn.button("chat.join", "j.start"),),))
