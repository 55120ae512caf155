"""The digest as a person reads it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from foundation.telling import told
from foundation.wording import say
from scheduler.delivery import State
from scheduler.digest import Digest
from scheduler.rows import DeliveryRow

_FEW: Final = 10


def why_in_words(why: str, language: str) -> str:
    """Why something was not sent: a reason of ours, or what an error said."""
    try:
        return say(f"schedule.why.{why}", language)
    except KeyError:
        return told(why, language)


def as_lines(digest: Digest, language: str) -> list[str]:
    counts = {str(state): digest.states.get(state, 0) for state in State}
    head = say(
        "schedule.digest.head", language, sent=counts["sent"], due=counts["due"],
        unknown=counts["unknown"], failed=counts["failed"], expired=counts["expired"],
        cancelled=counts["cancelled"],
    )  # fmt: skip
    sections = [line for section in _sections(digest, language) for line in section]
    return [head, *(sections or [say("schedule.digest.none", language)])]


def _sections(digest: Digest, language: str) -> Iterator[list[str]]:
    yield _section("open", (_open_end(row, language) for row in digest.open_ends), language)
    faults = (
        f"{one.person or one.enrolment}: {why_in_words(one.why, language)}" for one in digest.faults
    )
    yield _section("faults", faults, language)
    yield _section("chores", (f"{name}: {says}" for name, says in digest.chores), language)
    yield _section("pulled", digest.pulled, language)
    yield _section("expiring", (f"{title} ({day})" for title, day in digest.expiring), language)
    yield _section(
        "misleading",
        (
            say(
                "schedule.digest.misleading.line", language, module=one.module, item=one.item,
                answers=one.answers, wrong=one.sure_and_wrong,
            )
            for one in digest.misleading
        ),
        language,
    )  # fmt: skip
    yield _section("gaps", digest.gaps, language)
    yield _section("quiet", digest.quiet, language, paused=digest.paused)
    if digest.calendar_ends is not None:
        yield [say("schedule.digest.calendar", language, year=digest.calendar_ends)]


def _section(name: str, items: Iterable[str], language: str, **values: object) -> list[str]:
    found: Sequence[str] = list(items)
    if not found:
        return []
    lines = [say(f"schedule.digest.{name}", language, **values)]
    lines += [f"· {item}" for item in found[:_FEW]]
    if len(found) > _FEW:
        lines.append(say("schedule.digest.more", language, number=len(found) - _FEW))
    return lines


def _open_end(row: DeliveryRow, language: str) -> str:
    kind, state = (
        say(f"schedule.kind.{row.kind}", language),
        say(f"schedule.state.{row.state}", language),
    )
    why = f", {why_in_words(row.why, language)}" if row.why else ""
    return f"{row.local_date} {kind} {row.module} → {row.person}: {state}{why}"
