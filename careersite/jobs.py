"""Background jobs on the desk: the queue's own list names functions, which tells editors nothing."""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

admin.site.unregister(DBTaskResult)
