"""Modules: what there is to learn, reading one whole, approving it, taking it back."""

from collections.abc import Iterator
from typing import Final

from bot.chat.joining import in_order
from bot.chat.rich import quoted, rich
from bot.chat.turn import Command, Turn
from bot.speech import Button, Reply, Span, Text, bold
from training_modules.approving import Decision, decide, status_of
from training_modules.auditing import note
from training_modules.module import Item, Module, Status


def modules(turn: Turn, _rest: str) -> Iterator[Reply]:
    """Track by track; what waits for a second reader stands first."""
    lines: list[str] = []
    rows: list[tuple[Button, ...]] = []
    for track in in_order(turn):
        mine = [m for m in turn.training.shelf.modules() if m.track == track.id]
        ready = sum(_status(turn, m) is Status.APPROVED for m in mine)
        title = track.title.of(turn.language)
        lines.append(turn.words("library.track", title=title, ready=ready, all=len(mine)))
        rows.append((Button(title, f"a.mod.track.{track.id}"),))
    if not lines:
        yield turn.told("training.join.none")
        return
    yield turn.reply(rich("\n".join(lines)), tuple(rows))


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    what, _, name = rest.partition(".")
    if what == "track":
        yield _track(turn, name)
        return
    module = turn.training.shelf.module(name)
    if module is None:
        yield turn.gone()
    elif what == "show":
        yield turn.reply(whole(turn, module), _choices(turn, module))
    elif what in list(Decision):
        with turn.app.sessions.begin() as session:
            decide(session, module, turn.person.id, Decision(what), turn.app.clock())
        note(turn.app.sessions, turn.app.clock, turn.person.id, f"module {what}", module.id)
        words = turn.words(
            f"library.{what}d", title=module.title.of(turn.language), state=_state(turn, module)
        )
        yield turn.reply(rich(words))


def _track(turn: Turn, track: str) -> Reply:
    mine = [m for m in turn.training.shelf.modules() if m.track == track]
    mine.sort(key=lambda m: _status(turn, m) is Status.APPROVED)
    lines = [f"{m.title.of(turn.language)} · {_state(turn, m)}" for m in mine]
    rows = tuple((Button(m.title.of(turn.language)[:40], f"a.mod.show.{m.id}"),) for m in mine)
    return turn.reply(rich("\n".join(lines)), rows)


def _choices(turn: Turn, module: Module) -> tuple[tuple[Button, ...], ...]:
    approve = turn.button("library.approve", f"a.mod.approve.{module.id}")
    retire = turn.button("library.retire", f"a.mod.retire.{module.id}")
    return ((retire,),) if _status(turn, module) is Status.APPROVED else ((approve, retire),)


def whole(turn: Turn, module: Module) -> Text:
    """A module as its reviewer reads it: cards, items with every feedback, sources."""
    language = turn.language
    spans: list[Span] = [bold(f"{module.title.of(language)} · {_state(turn, module)}\n")]
    spans += [Span(f"{one.of(language)}\n") for one in module.objectives]
    for card in module.cards:
        spans += [Span("\n"), *rich(card.text.of(language)), Span("\n")]
    for item in module.items:
        spans += _item(turn, item)
    for number, source in enumerate(module.sources, 1):
        title = turn.app.library.title_of(source.doc)
        spans += [Span(f"\n[{number}] {title} › {source.locator}\n"), quoted(source.quote)]
    return tuple(spans)


def _item(turn: Turn, item: Item) -> Iterator[Span]:
    language = turn.language
    form = f" · {turn.words('library.form', form=item.form)}" if item.form else ""
    yield bold(f"\n{item.id}{form}\n")
    yield from rich(item.prompt.of(language))
    for option in item.options:
        mark = "✓" if option.id in item.key or option.score == 1 else "·"
        yield Span(f"\n{mark} {option.text.of(language)}\n    {option.feedback.of(language)}")
    if item.explanation.of(language):
        yield Span(f"\n{item.explanation.of(language)}")
    yield Span("\n")


def _status(turn: Turn, module: Module) -> Status:
    with turn.app.sessions() as session:
        return status_of(session, module)


def _state(turn: Turn, module: Module) -> str:
    return turn.words(f"library.status.{_status(turn, module)}")


COMMANDS: Final = (Command("modules", modules, ("课程", "模块"), for_admins=True),)
