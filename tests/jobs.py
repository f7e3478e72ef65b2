"""What a worker does, within the transaction of a test: its command would close the test's connection."""

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

WORKER = Worker(
    queue_names=["*"],
    interval=0,
    batch=True,
    backend_name="default",
    startup_delay=False,
    max_tasks=None,
    worker_id="tests",
    excluded_queue_names=[],
)


def work() -> None:
    """Run what is ready, and what comes to be ready by that."""
    while job := DBTaskResult.objects.ready().first():
        job.claim(WORKER.worker_id)
        WORKER.run_task(job)
