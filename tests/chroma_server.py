"""A real Chroma server on this machine, started and stopped by the tests."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

_PATIENCE = 60.0


class ChromaServer:
    """`start` and `stop` may be called in turn; the data stays where it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        command = Path(sys.executable).with_name("chroma")
        if not command.exists():
            pytest.skip("the command “chroma” is not installed: the server is NOT tested")
        arguments = ["run", "--path", self._folder, "--host", "127.0.0.1", "--port"]
        environment = {**os.environ, "ANONYMIZED_TELEMETRY": "False"}
        self._process = subprocess.Popen(
            [command, *arguments, str(self._port)], env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + _PATIENCE
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                self.stop()
                pytest.skip("the Chroma server does not start: it is NOT tested")
            time.sleep(0.1)

    def pause(self) -> None:
        """Leave it there, but answering nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/api/v2/heartbeat", timeout=1):
                return True
        except (URLError, OSError):
            return False
