"""Catching up: what is not yet in the index is put there beside the conversation."""

import threading

from bot.wiring import App
from foundation import logs
from foundation.errors import AppError
from retrieval.reindexing import catch_up


def catch_up_beside(app: App) -> threading.Event:
    """Index what waits, after a change of the embedding model for one; set the event to stop."""
    stopped = threading.Event()
    worker = threading.Thread(target=_work, args=(app, stopped), name="catching-up", daemon=True)
    worker.start()
    return stopped


def _work(app: App, stopped: threading.Event) -> None:
    try:
        done = sum(1 for _ in catch_up(app.sessions, app.index, stopped.is_set))
    except AppError as error:
        # Said by `doctor`; answers go on with what is indexed.
        logs.failed("catching up", error)
    else:
        if done:
            logs.note("caught up", documents=done)
