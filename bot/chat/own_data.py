"""One's own data: everything handed over, everything erased after one confirmation."""

from collections.abc import Iterator
from typing import Final

from bot.chat import remembering
from bot.chat.rich import rich
from bot.chat.turn import Command, Turn
from bot.speech import Reply
from scheduler import claiming


def mydata(turn: Turn, _rest: str) -> Iterator[Reply]:
    from training_modules.own_data import archive

    folder = turn.app.settings.home / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"libcoach-mydata-{turn.app.clock():%Y%m%dT%H%M%SZ}-{turn.person.id}.zip"
    with turn.app.sessions() as session:
        path = archive(
            session, turn.person.pseudonym, turn.person.id, target, turn.training.shelf.module
        )
    yield Reply(rich(turn.words("training.mydata")), files=(path,))


def forget(turn: Turn, _rest: str) -> Iterator[Reply]:
    both = (turn.button("training.forget.yes", "d.yes"), turn.button("training.forget.no", "d.no"))
    yield turn.told("training.forget.sure", both)


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    if rest != "yes":
        yield turn.reply(rich(turn.words("training.forget.kept")))
        return
    turn.training.people.forget(turn.person)
    remembering.forget(turn.app.sessions, turn.person.id)
    with turn.app.sessions.begin() as session:
        claiming.forget(session, turn.person.id)
    turn.forgotten = True
    for path in (turn.app.settings.home / "exports").glob(f"*{turn.person.id}*"):
        path.unlink(missing_ok=True)
    yield turn.reply(rich(turn.words("training.forget.done")))


COMMANDS: Final = (
    Command("mydata", mydata, ("我的数据", "mydata"), is_personal=True),
    Command("forget", forget, ("忘记我", "删除我的数据", "forget me"), is_personal=True),
)
