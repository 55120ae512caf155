"""Approving: two different people let exactly this content pass; retiring needs one."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.database import Sessions
from training_modules.module import Module, Status, Track
from training_modules.rows import ApprovalRow
from training_modules.shelf import Shelf

NEEDED: Final = 2


class Decision(StrEnum):
    APPROVE = "approve"
    RETIRE = "retire"


def decide(
    session: Session, module: Module, by: str, decision: Decision, now: datetime, role: str = ""
) -> None:
    """Write what somebody decided of this content; saying it twice changes nothing."""
    mine = select(ApprovalRow).where(
        ApprovalRow.module == module.id, ApprovalRow.sha256 == module.sha256, ApprovalRow.by == by
    )
    for row in session.scalars(mine):
        if row.decision == decision:
            return
        # Somebody may think again: their last word counts.
        session.delete(row)
    session.flush()
    session.add(
        ApprovalRow(
            id=str(uuid.uuid4()), module=module.id, sha256=module.sha256, by=by, role=role,
            decision=str(decision), at=now,
        )
    )  # fmt: skip


def status_of(session: Session, module: Module) -> Status:
    """What the file and the decisions in the chat together make of a module."""
    rows = session.execute(
        select(ApprovalRow.by, ApprovalRow.decision).where(
            ApprovalRow.module == module.id, ApprovalRow.sha256 == module.sha256
        )
    ).all()
    return _status(module, {by: Decision(decision) for by, decision in rows})


def _status(module: Module, decisions: dict[str, Decision]) -> Status:
    if module.status is Status.RETIRED or Decision.RETIRE in decisions.values():
        return Status.RETIRED
    people = {a.by for a in module.approvals if a.sha256 == module.sha256} | decisions.keys()
    if len(people) >= NEEDED:
        return Status.APPROVED
    return Status.IN_REVIEW if people or module.status is Status.IN_REVIEW else Status.DRAFT


class Absence(StrEnum):
    """Why a module is not given; `schedule.pulled.<…>` says it in words."""

    MISSING = "missing"
    SOURCE = "source"
    RETIRED = "retired"
    UNAPPROVED = "unapproved"


@dataclass(frozen=True)
class Approved:
    """The shelf with only what may be delivered: approved, and resting on words that still stand.

    `stands` says whether a quote is in the document of today.
    """

    shelf: Shelf
    sessions: Sessions
    stands: Callable[[str, str], bool]

    def module(self, wanted: str) -> Module | None:
        return self.shelf.module(wanted)

    def track(self, wanted: str) -> Track | None:
        return self.shelf.track(wanted)

    def is_deliverable(self, module: Module) -> bool:
        return self._fault(module) is None

    def absence(self, wanted: str) -> Absence | None:
        """Why it is not given; None when it is."""
        module = self.shelf.module(wanted)
        return Absence.MISSING if module is None else self._fault(module)

    def _fault(self, module: Module) -> Absence | None:
        if any(not self.stands(source.doc, source.quote) for source in module.sources):
            return Absence.SOURCE
        with self.sessions() as session:
            status = status_of(session, module)
        if status is Status.APPROVED:
            return None
        return Absence.RETIRED if status is Status.RETIRED else Absence.UNAPPROVED
