"""Ralph, a learning record store of other people, in an environment of its own.

`LIBCOACH_RALPH` names the folder of that environment; `.ci/run` tries to make one.
"""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

WHY_NOT = (
    "NO RALPH HERE: set LIBCOACH_RALPH to an environment with ralph-malph[cli,lrs]==5.1.0 and"
    " requests; no statement was shown to it"
)
KEY, SECRET = "bot", "secret"

# Its store of files opens for the first call only, and compares addresses with objects.
_APP = """
from ralph.backends.data.base import BaseOperationType
from ralph.backends.data.fs import FSDataBackend
FSDataBackend.default_operation_type = BaseOperationType.APPEND
import ralph.api.routers.statements as statements
statements.IRI = str
from ralph.api import app
"""
_VALIDATE = """
import json, sys
from ralph.models.xapi.base.statements import BaseXapiStatement
for number, line in enumerate(sys.stdin):
    try:
        BaseXapiStatement(**json.loads(line))
    except Exception as error:
        print(json.dumps([number, str(error)]))
"""


def environment() -> Path | None:
    named = os.environ.get("LIBCOACH_RALPH", "").strip()
    folder = Path(named).expanduser().absolute() if named else None
    return folder if folder is not None and (folder / "bin" / "ralph").exists() else None


def faults(ralph: Path, statements: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """What its strict model of a statement finds, by the number of the statement."""
    lines = "\n".join(json.dumps(one) for one in statements)
    done = subprocess.run(
        [str(ralph / "bin" / "python"), "-c", _VALIDATE], input=lines, text=True, check=True,
        capture_output=True, timeout=120, env=_bare(),
    )  # fmt: skip
    return [(number, fault) for number, fault in map(json.loads, done.stdout.splitlines())]


@contextmanager
def ralph_store(ralph: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Runs the store; gives its address and the folder in which it keeps statements."""
    data, application = folder / "data", folder / "ralph_app.py"
    data.mkdir(parents=True)
    application.write_text(_APP)
    environment = _bare() | {
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_AUTH_FILE": str(folder / "auth.json"),
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(data),
    }
    subprocess.run(
        [str(ralph / "bin" / "ralph"), "auth", "-u", KEY, "-p", SECRET, "-s", "statements/write",
         "-s", "statements/read", "-A", "libcoach", "https://libcoach.example", "-N", "libcoach",
         "-w"],
        env=environment, cwd=folder, check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    port = _free_port()
    server = subprocess.Popen(
        [str(ralph / "bin" / "python"), "-m", "uvicorn", "ralph_app:app", "--port", str(port),
         "--host", "127.0.0.1", "--log-level", "warning"],
        env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/__heartbeat__", server)
        yield f"http://127.0.0.1:{port}/xAPI", data
    finally:
        server.terminate()
        server.wait(20)


def _bare() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            if server.poll() is not None:
                raise RuntimeError("Ralph did not start") from None
            time.sleep(0.1)
    raise RuntimeError("Ralph does not answer")
