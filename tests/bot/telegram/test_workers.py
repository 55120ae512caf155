import asyncio
import threading
import time

from bot.speech import Reply, text
from bot.telegram.workers import Workers


def test_quick_work_takes_turns_and_slow_work_makes_room() -> None:
    """Two at once; what waits for something else does not hold up the rest."""
    most = [0]
    busy, lock = [0], threading.Lock()
    gate = threading.Event()

    def quick() -> None:
        with lock:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        time.sleep(0.01)
        with lock:
            busy[0] -= 1

    async def main() -> None:
        workers = Workers(at_once=2, most_slow=3)
        done = asyncio.Event()
        loop = asyncio.get_running_loop()
        for _ in range(3):
            workers.do(lambda: gate.wait(10) and None)
        for _ in range(20):
            workers.do(quick)
        workers.do(lambda: loop.call_soon_threadsafe(done.set) and None)
        async with asyncio.timeout(5):
            await done.wait()
        gate.set()
        workers.close()

    asyncio.run(main())
    assert most[0] <= 2


def test_a_stream_flows_while_the_thread_thinks_on() -> None:
    gate = threading.Event()

    async def main() -> list[str]:
        workers = Workers()

        def says():  # type: ignore[no-untyped-def]
            yield Reply(text("一"))
            gate.wait(5)
            yield Reply(text("二"))

        stream = workers.stream(says)
        first = await stream.next()
        gate.set()
        second = await stream.next()
        end = await stream.next()
        workers.close()
        assert end is None
        return [r.text[0].text for r in (first, second) if r is not None]

    assert asyncio.run(main()) == ["一", "二"]


def test_work_that_fails_leaves_the_thread_to_others() -> None:
    async def main() -> None:
        workers = Workers(at_once=1, most_slow=0)
        done = asyncio.Event()
        loop = asyncio.get_running_loop()
        workers.do(lambda: 1 / 0 and None)
        workers.do(lambda: loop.call_soon_threadsafe(done.set) and None)
        async with asyncio.timeout(5):
            await done.wait()
        workers.close()

    asyncio.run(main())
