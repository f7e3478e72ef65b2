import logging
import os
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from articles import duties, jobs

PAUSE = 1.0  # seconds between two looks at an empty queue
ROUND = 5.0  # seconds between two looks at what killed workers left, and at what recurs
AFTER_ERROR = 5.0  # seconds until a database that failed is asked again

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Do the jobs that wait in the database, and what recurs, until the process is told to stop (SIGTERM, "
        "Ctrl-C): the job under way is brought to its end then. There may be several at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")
        parser.add_argument(
            "--parent",
            type=int,
            metavar="PID",
            help="end as well once this process, which started it, has ended",
        )

    def handle(self, *, once: bool, parent: int | None, **options: Any) -> None:
        worker = JobWorker(once=once, parent=parent)
        worker.configure_signals()
        worker.run()


class JobWorker(Worker):
    """The queue's own worker, which is heard of while it lives, and sees to what others left."""

    def __init__(self, *, once: bool = False, parent: int | None = None) -> None:
        super().__init__(
            queue_names=["*"],
            interval=PAUSE,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self.parent = parent
        self.told_to_stop = threading.Event()
        self.next_round = 0.0

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """The job under way comes to its end. A second signal kills, and the job is taken up by others."""
        self.told_to_stop.set()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)

    def run(self) -> None:
        jobs.begin(self.worker_id)
        heart = Heart(self.worker_id)
        heart.start()
        try:
            while not self.told_to_stop.is_set() and not self._is_orphan():
                self._go_on()
        finally:
            heart.stop()
            jobs.end(self.worker_id)

    def _is_orphan(self) -> bool:
        return self.parent is not None and os.getppid() != self.parent

    def _go_on(self) -> None:
        try:
            close_old_connections()
            self._go_round()
            if job := jobs.claim(self.worker_id):
                self.run_task(job)
                jobs.release(self.worker_id)
            elif self.batch:
                self.told_to_stop.set()
            else:
                self.told_to_stop.wait(self.interval)
        except Error:
            if self.batch:
                raise
            self._wait_for_database()

    def _go_round(self) -> None:
        """Now and then. What this worker itself could bring to no end is taken up as well."""
        if time.monotonic() < self.next_round:
            return
        jobs.take_up(idle=self.worker_id)
        duties.enqueue_due(timezone.now())
        self.next_round = time.monotonic() + ROUND

    def _wait_for_database(self) -> None:
        logger.exception("The database failed; it is asked again in %d seconds.", AFTER_ERROR)
        connection.close()
        self.next_round = 0.0
        self.told_to_stop.wait(AFTER_ERROR)


class Heart(threading.Thread):
    """Says every few seconds that a worker lives, by a connection of its own: a job may take long."""

    def __init__(self, worker: str) -> None:
        super().__init__(name="heart", daemon=True)
        self.worker = worker
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.wait(jobs.BEAT.total_seconds()):
            try:
                close_old_connections()
                jobs.beat(self.worker)
            except Error:
                logger.warning("The database did not take down that this worker lives.", exc_info=True)
                connection.close()
        connection.close()

    def stop(self) -> None:
        self.stopped.set()
        self.join()
