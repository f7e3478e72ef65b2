"""A Django view that does nothing: what every figure is held against."""

import os
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

BODIES = "BENCH_BODIES"


@cache
def body(name: str) -> tuple[bytes, str]:
    folder = Path(os.environ[BODIES])
    return (folder / f"{name}.body").read_bytes(), (folder / f"{name}.type").read_text()


@csrf_exempt
def bare(request: HttpRequest, name: str) -> HttpResponse:
    content, content_type = body(name)
    return HttpResponse(content, content_type=content_type)
