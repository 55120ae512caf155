"""The rows of the sheets that sum up: enrolments, indicators."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Subquery, case, func

from training_modules.chain import EVENTS
from training_modules.event import Phase, Verb
from training_modules.exporting.sheet import Row
from training_modules.exporting.source import Source
from training_modules.indicators.indicator import Indicator
from training_modules.rows import EnrolmentRow

_C: Final = EVENTS.c


def enrolments(source: Source) -> Iterator[Row]:
    """Everybody of whom the log says something in the period; without one, everybody."""
    tests = _scores(source)
    query = (
        source.enrolments(
            EnrolmentRow.__table__, tests.c.pre_score, tests.c.post_score, tests.c.later_score
        )
        .outerjoin(tests, tests.c.enrolment == EnrolmentRow.id)
        .order_by(EnrolmentRow.enrolled_at, EnrolmentRow.id)
    )
    period = source.ledger.period
    if period.since is not None:
        query = query.where(EnrolmentRow.id.in_(_heard_of(source)))
    elif period.until is not None:
        query = query.where(EnrolmentRow.enrolled_at < period.until)
    for row in source.stream(query):
        yield (
            row.pseudonym, row.id, row.track, row.cohort, row.first_form, row.post, row.region,
            row.is_emerging_leader,
            *(source.instant(at) for at in (row.enrolled_at, row.baseline_at, row.completed_at,
                                            row.followed_up_at, row.left_at)),
            row.left_because, row.pre_score, row.post_score, row.later_score,
        )  # fmt: skip


def _heard_of(source: Source) -> Any:
    return source.events(_C.enrolment, verbs=[v for v in Verb if v is not Verb.CORRECTED])


def _scores(source: Source) -> Subquery:
    """The last score of each test is the one with the highest number; a test is taken once."""

    def of(phase: Phase) -> ColumnElement[Any]:
        return func.max(case((_C.phase == phase, _C.score)))

    return (
        source.events(
            _C.enrolment, of(Phase.PRE).label("pre_score"), of(Phase.POST).label("post_score"),
            of(Phase.LATER).label("later_score"), verbs=(Verb.TESTED,),
        )
        .group_by(_C.enrolment)
        .subquery()
    )  # fmt: skip


def indicators(source: Source) -> Iterator[Row]:
    """What the screen and the report tell, with a row for each part."""
    from training_modules.indicators import indicators as compute

    ledger = source.ledger
    for one in compute(source.session, ledger.period, ledger.cohort, source.modules):
        yield _indicator(one)
        for cell in one.cells:
            yield (
                one.key, cell.key, one.name("zh"), one.name("en"), one.strategy("zh"),
                one.strategy("en"), str(one.unit), cell.value, cell.n, None, cell.low, cell.high,
                None, None, one.found_by("zh"), one.found_by("en"), cell.is_suppressed,
            )  # fmt: skip


def _indicator(one: Indicator) -> Row:
    return (
        one.key, "", one.name("zh"), one.name("en"), one.strategy("zh"), one.strategy("en"),
        str(one.unit), one.value, one.n, one.denominator, one.low, one.high, one.before, one.after,
        one.found_by("zh"), one.found_by("en"), one.is_suppressed,
    )  # fmt: skip
