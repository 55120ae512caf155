"""What a reminder says: kindly, and not the same each time."""

import hashlib
from typing import Final

from foundation.wording import say
from scheduler.delivery import Delivery, Kind
from scheduler.planning import MOST_REMINDERS

# How many texts there are of each family in `foundation/texts/schedule.yaml`.
VARIANTS: Final = {
    "first": 8, "second": 6, str(Kind.BASELINE): 2, str(Kind.POSTTEST): 2, str(Kind.FOLLOWUP): 2,
}  # fmt: skip


def words(delivery: Delivery, language: str) -> str:
    """The text of a reminder; the same again for the same delivery. The last one says goodbye."""
    family = delivery.module if delivery.module in VARIANTS else "first"
    if delivery.number >= MOST_REMINDERS:
        family = "second"
    chosen = hashlib.blake2b(delivery.id.encode(), digest_size=4).digest()
    number = int.from_bytes(chosen) % VARIANTS[family] + 1
    return say(f"schedule.{family}.{number}", language)
