"""The site's own settings, with one more address: a bare view that returns the same bytes."""

from careersite.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
