"""The imitated Bot API over HTTP: calls, long polling, file downloads."""

import asyncio
import json
from typing import Any, Final

import tornado.httpserver
import tornado.netutil
import tornado.web

from tests.telegram_server.faults import Fault, Night, When
from tests.telegram_server.limits import Limits
from tests.telegram_server.methods import METHODS
from tests.telegram_server.specification import Refusal, bad, checked
from tests.telegram_server.webhook import deliver
from tests.telegram_server.world import TOKEN, Refused, World

_LARGEST_BODY: Final = 60_000_000
_MOST_UPDATES: Final = 100


class Api:
    """One bot's Bot API."""

    def __init__(self, world: World, night: Night) -> None:
        self.world = world
        self.night = night
        self.limits = Limits()
        self.poller: asyncio.Event | None = None
        self.delivering: asyncio.Task[None] | None = None

    async def call(self, method: str, given: dict[str, Any], files: Any) -> Any:
        """What a call answers; raises the refusal that it earns."""
        values = checked(method, given, frozenset(files))
        self.limits.count(values)
        special = getattr(self, f"_{method}", None)
        if special is not None:
            return await special(values)
        does = METHODS.get(method)
        if does is None:
            raise bad(f"{method} is not imitated")
        result = does(self.world, values, files)
        self.world.note(method, values, result)
        return result

    async def _getUpdates(self, values: dict[str, Any]) -> Any:  # noqa: N802
        if self.world.webhook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
                " to delete the webhook first",
            )
        if self.poller is not None:
            self.poller.set()
        mine = self.poller = asyncio.Event()
        try:
            await self._wait(values.get("timeout", 0), values.get("offset", 0), mine)
        finally:
            if self.poller is mine:
                self.poller = None
        return self._batch(values)

    async def _wait(self, seconds: float, offset: int, ended: asyncio.Event) -> None:
        """Until there is an update, the time is over, or another program polls."""
        updates = self.world.updates
        while updates and updates[0]["update_id"] < offset:
            updates.popleft()
        until = asyncio.get_running_loop().time() + seconds
        while not updates and not ended.is_set():
            left = until - asyncio.get_running_loop().time()
            if left <= 0:
                return
            self.world.changed.clear()
            waiting = [
                asyncio.ensure_future(self.world.changed.wait()),
                asyncio.ensure_future(ended.wait()),
            ]
            try:
                await asyncio.wait(waiting, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in waiting:
                    task.cancel()
        if ended.is_set():
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot"
                " instance is running",
            )

    def _batch(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        limit = min(values.get("limit", _MOST_UPDATES), len(self.world.updates))
        return [self.world.updates[n] for n in range(limit)]

    async def _setWebhook(self, values: dict[str, Any]) -> Any:  # noqa: N802
        url = values["url"]
        if not url.startswith(("https://", "http://127.0.0.1")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        await self.stop_delivering()
        self.world.webhook = {"url": url, "secret": values.get("secret_token")}
        self.world.note("setWebhook", values, True)
        self.delivering = asyncio.create_task(deliver(self.world))
        return True

    async def _deleteWebhook(self, values: dict[str, Any]) -> Any:  # noqa: N802
        await self.stop_delivering()
        self.world.webhook = {}
        if values.get("drop_pending_updates"):
            self.world.updates.clear()
        self.world.note("deleteWebhook", values, True)
        return True

    async def stop_delivering(self) -> None:
        if self.delivering is not None:
            self.delivering.cancel()
            await asyncio.gather(self.delivering, return_exceptions=True)
            self.delivering = None


class _Call(tornado.web.RequestHandler):
    """One call of a method."""

    _polling: asyncio.Task[Any] | None = None

    def initialize(self, api: Api) -> None:
        self.api = api

    async def get(self, token: str, method: str) -> None:
        await self.post(token, method)

    def on_connection_close(self) -> None:
        """Nobody waits for the answer any more: a poll is over, anything else goes on."""
        if self._polling is not None:
            self._polling.cancel()

    async def post(self, token: str, method: str) -> None:
        self._polling = asyncio.current_task() if method == "getUpdates" else None
        try:
            await self._answer(token, method)
        except asyncio.CancelledError:
            self._auto_finish = False

    async def _answer(self, token: str, method: str) -> None:
        try:
            if token != TOKEN:
                raise Refusal(401, "Unauthorized")
            fault = self.api.night.next_for(method)
            if fault is not None and not await self._begun(fault):
                return
            result = await self.api.call(method, self._given(), self._files())
            if fault is not None and fault.when is When.AFTER:
                self._hang_up()
                return
            if fault is not None and fault.when is When.LATE:
                await asyncio.sleep(fault.seconds)
            self._say(200, {"ok": True, "result": result})
        except Refusal as refusal:
            self._refuse(method, refusal)

    async def _begun(self, fault: Fault) -> bool:
        """Whether the call goes on in spite of the fault."""
        if fault.when is When.REFUSED and fault.refusal is not None:
            raise fault.refusal
        if fault.when is When.BEFORE:
            self._hang_up()
            return False
        if fault.when is When.SLOW:
            await asyncio.sleep(fault.seconds)
        return True

    def _given(self) -> dict[str, Any]:
        if self.request.headers.get("Content-Type", "").startswith("application/json"):
            said: dict[str, Any] = json.loads(self.request.body or b"{}")
            return said
        return {name: values[-1].decode() for name, values in self.request.arguments.items()}

    def _files(self) -> dict[str, tuple[str, bytes]]:
        return {
            name: (files[0]["filename"], files[0]["body"])
            for name, files in self.request.files.items()
        }

    def _refuse(self, method: str, refusal: Refusal) -> None:
        self.api.world.refused.append(Refused(method, refusal.status, refusal.description))
        said = {"ok": False, "error_code": refusal.status, "description": refusal.description}
        if refusal.parameters:
            said["parameters"] = refusal.parameters
        self._say(refusal.status, said)

    def _say(self, status: int, said: dict[str, Any]) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(said, ensure_ascii=False))

    def _hang_up(self) -> None:
        self._auto_finish = False
        stream = self.request.connection.detach()  # type: ignore[attr-defined]
        stream.close()


class _Download(tornado.web.RequestHandler):
    """One file."""

    def initialize(self, api: Api) -> None:
        self.api = api

    async def get(self, token: str, path: str) -> None:
        kept = self.api.world.files.get(path.rpartition("/")[2])
        fault = self.api.night.next_for("download")
        if token != TOKEN or kept is None or fault is not None:
            self.set_status(404)
            self.finish({"ok": False, "error_code": 404, "description": "Not Found"})
            return
        self.finish(kept.data)


def listen(api: Api, port: int = 0) -> tuple[tornado.httpserver.HTTPServer, int]:
    """Serves on this machine; answers the server and its port."""
    given = {"api": api}
    application = tornado.web.Application(
        [(r"/bot([^/]+)/(\w+)", _Call, given), (r"/file/bot([^/]+)/(.+)", _Download, given)],
        log_function=lambda _: None,
    )
    server = tornado.httpserver.HTTPServer(application, max_body_size=_LARGEST_BODY)
    sockets = tornado.netutil.bind_sockets(port, "127.0.0.1", backlog=1024)
    server.add_sockets(sockets)
    return server, sockets[0].getsockname()[1]
