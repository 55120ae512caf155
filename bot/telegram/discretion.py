"""The token stands in every address that the bot calls; it may not stand in any log."""

import logging
from typing import Final

from foundation.masking import masked

_TELL_ADDRESSES: Final = ("httpx", "httpcore", "telegram", "tornado", "asyncio")


class _Discreet(logging.Filter):
    """Masks what looks like a token; of an error it leaves the kind."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info:
            kind = record.exc_info[0]
            record.msg += f" ({kind.__name__ if kind else 'error'})"
            record.exc_info = record.exc_text = None
        return True


def keep_the_token_out_of_logs() -> None:
    """Whatever level somebody sets, and whoever listens."""
    discreet = _Discreet()
    # A filter is asked for the records of its own logger only, not for those below.
    for name in (*_TELL_ADDRESSES, *logging.root.manager.loggerDict):
        if name.partition(".")[0] in _TELL_ADDRESSES:
            logger = logging.getLogger(name)
            logger.filters = [f for f in logger.filters if not isinstance(f, _Discreet)]
            logger.addFilter(discreet)
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
