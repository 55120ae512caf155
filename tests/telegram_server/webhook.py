"""Updates brought to the bot's own address, again and again until it takes them."""

import asyncio
import contextlib
import json

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from tests.telegram_server.world import World


async def deliver(world: World) -> None:
    """For as long as the webhook stands."""
    client = AsyncHTTPClient()
    while True:
        if not world.updates:
            world.changed.clear()
            await world.changed.wait()
            continue
        if await accepted(client, world, json.dumps(world.updates[0])):
            world.updates.popleft()
        else:
            await asyncio.sleep(0.1)


async def accepted(client: AsyncHTTPClient, world: World, body: str) -> bool:
    headers = {"Content-Type": "application/json"}
    if world.webhook["secret"]:
        headers["X-Telegram-Bot-Api-Secret-Token"] = world.webhook["secret"]
    request = HTTPRequest(
        world.webhook["url"], "POST", headers=headers, body=body, request_timeout=10
    )
    with contextlib.suppress(HTTPClientError, OSError):
        answer = await client.fetch(request)
        return 200 <= answer.code < 300
    return False
