"""A thread that runs coroutines for callers in other threads.

Asynchronous clients are what allows a time-out for a whole exchange: those of blocking clients hold for each
read, so that a server that sends a byte now and then keeps its caller for ever.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class EventLoop:
    """An event loop in a daemon thread, started at the first use; any thread may use it.

    Args:
        name: the thread's name.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def run(self, coroutine: Coroutine[Any, Any, T], seconds: float) -> T:
        """What a coroutine returns.

        Args:
            coroutine: what to run.
            seconds: after which it is cancelled, whatever it waits for.

        Raises:
            TimeoutError: the time is over.
        """
        future = asyncio.run_coroutine_threadsafe(asyncio.wait_for(coroutine, seconds), self._started())
        try:
            return future.result()
        except BaseException:  # Ctrl-C in the caller ends the exchange too
            future.cancel()
            raise

    def close(self) -> None:
        """Cancel what runs and end the thread; safe twice. A later `run` starts a fresh one."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(_cancel_others(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name=self._name, daemon=True)
                self._thread.start()
            return self._loop


async def _cancel_others() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
