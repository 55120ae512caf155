"""The table of updates: what came in, kept until it is dealt with, its number for days after."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from foundation.database import Base, Instant


class HandledUpdateRow(Base):
    """One update of one bot; `content` is emptied as soon as the update is dealt with.

    `replies` counts what was said to it, so that nothing is said twice when the program died in
    between; `tries` how often it was begun.
    """

    __tablename__ = "handled_update"

    bot: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(default="")
    replies: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime] = mapped_column(Instant)
    handled_at: Mapped[datetime | None] = mapped_column(Instant)
