"""The site's own settings, with one more address: a bare view that returns the same bytes."""

from careersite.settings import *  # noqa: F403
from careersite.settings import STORAGES

ROOT_URLCONF = "bench.urls"
# Static files are not measured, so none need to be collected first.
STORAGES |= {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
