"""Processes forked from one that has imported the program, so that many can be started.

There is one such server for all tests, made by whichever comes first: so it imports for all.
"""

import multiprocessing
from multiprocessing.context import ForkServerContext
from typing import Final

# With what they import late: who is nobody may not read the interpreter's own folder.
_IMPORTED: Final = (
    "argparse", "gettext", "chromadb", "bot.wiring", "bot.command_line.main",
    "bot.command_line.edge", "tests.scheduler.playing", "sqlalchemy.dialects.postgresql",
    "psycopg",
)  # fmt: skip


def forking() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_IMPORTED))
    return context
