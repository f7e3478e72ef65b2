"""Many links at once, and no host more often than now and then."""

import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Event, Lock

from articles.external_links.answers import Answer, Failed, Failure
from articles.models import ExternalLink

BEAT = 30  # seconds
Asked = tuple[ExternalLink, Answer]


class Turns:
    """Has whoever asks wait until a host was left alone for a while. Times are in seconds."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.over = Event()  # nobody asks any more
        self._lock, self._next = Lock(), dict[str, float]()

    def wait(self, host: str) -> None:
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + self.delay
        if self.over.wait(turn - now):
            raise Failed(Failure.SILENT, "The run has ended.")


def in_turns(
    links: Sequence[ExternalLink],
    ask: Callable[[str], Answer],
    *,
    at_once: int,
    goes_on: Callable[[], bool],
    beat: Callable[[], None],
    resting: Collection[str],
) -> Iterator[Asked]:
    """Ask for links, a host's one after another. No other is begun once `goes_on` denies it.

    An answer is dealt with before the next of its host is asked for. Who deals with it may add the host to
    those `resting`, whose links are then left. `beat` is called at least every half minute.
    """
    hosts: dict[str, deque[ExternalLink]] = {}
    for link in links:
        hosts.setdefault(link.host, deque()).append(link)
    waiting, running = deque(hosts.values()), dict[Future[Answer], deque[ExternalLink]]()
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="links")
    try:
        while True:
            while waiting and len(running) < at_once and goes_on():
                queue = waiting.popleft()
                running[pool.submit(ask, queue[0].url)] = queue
            if not running:
                return
            beat()
            for future in wait(running, timeout=BEAT, return_when=FIRST_COMPLETED).done:
                queue = running.pop(future)
                link = queue.popleft()
                yield link, future.result()
                if queue and link.host not in resting:
                    waiting.append(queue)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
