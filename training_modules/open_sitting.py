"""A sitting as it lies in its row, and as it stands after what was just said."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from training_modules.rows import SittingRow
from training_modules.sitting import Kind, Record, Sitting, Taken


@dataclass(frozen=True, slots=True)
class Open:
    """A sitting as it stands after what was just said."""

    id: str
    kind: Kind
    enrolment: str
    module: str
    sitting: Sitting
    taken: Taken = Taken.TAKEN
    record: Record | None = None


def newest(pseudonym: str) -> Select[SittingRow]:
    """The sitting somebody is in, else the one they ended last."""
    return (
        select(SittingRow)
        .where(SittingRow.pseudonym == pseudonym)
        .order_by(SittingRow.ended_at.is_not(None), SittingRow.begun_at.desc(), SittingRow.id)
        .limit(1)
    )


def as_open(row: SittingRow, taken: Taken = Taken.TAKEN, record: Record | None = None) -> Open:
    sitting = Sitting.from_json(row.state)
    return Open(row.id, Kind(row.kind), row.enrolment, row.module, sitting, taken, record)
