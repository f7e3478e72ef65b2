"""The settings of the tests: the site's own, on temporary storage, quick, and deaf to a developer's .env.

DATABASE_URL selects PostgreSQL; everything else in the environment stays outside.
"""

import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from careersite import environment

# A file and not memory, so that a live server's threads have connections of their own, as in production.
storage = tempfile.TemporaryDirectory(prefix="careersite-tests-")
DIRECTORY = Path(storage.name)
DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{DIRECTORY}/database.sqlite3"
VARIABLES = {
    "SECRET_KEY": "a-secret-that-only-tests-have-and-that-is-long-enough",
    "HTTPS": "off",
    "DATABASE_URL": DATABASE_URL,
    "MEDIA_ROOT": f"{DIRECTORY}/media",
    "PATH": os.environ["PATH"],
}

with patch.dict(os.environ, VARIABLES, clear=True), patch.object(environment, "read_env_file"):
    from careersite.settings import *  # noqa: F403
    from careersite.settings import DATABASES, STORAGES

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": f"{DIRECTORY}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"

STATIC_ROOT = DIRECTORY / "static"
STATIC_ROOT.mkdir()
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
