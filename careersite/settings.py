"""All settings, read from the environment. Safe by default: no DEBUG, no default secret, HTTPS on.

README.md has the table of variables. `make setup` writes a `.env` for the checkout it runs in.
"""

from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django_prose_editor.config import html_tags, process_link
from js_asset import static_lazy

from careersite import environment

BASE_DIR = Path(__file__).resolve().parent.parent
environment.read_env_file(BASE_DIR / ".env")

SECRET_KEY = environment.text("SECRET_KEY")
DEBUG = environment.flag("DEBUG", default=False)
HTTPS = environment.flag("HTTPS", default=True)
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS", default="127.0.0.1,localhost,[::1]")
SITE_NAME = environment.text("SITE_NAME", "Careersite")
SITE_URL = environment.address("SITE_URL", default="http://127.0.0.1:8000")
CSRF_FAILURE_VIEW = "careersite.views.untrusted"
CSRF_TRUSTED_ORIGINS = [SITE_URL, *environment.names("CSRF_TRUSTED_ORIGINS")]

INSTALLED_APPS = [
    "careersite.apps.CareersiteConfig",
    "careersite.apps.CareersiteAdminConfig",
    "comparisons",
    "articles",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "adminsortable2",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django_prose_editor",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "js_asset",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "careersite.compression.KeptCompression",
    "articles.languages.ReadersLanguage",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

if environment.flag("MAINTENANCE", default=False):
    MIDDLEWARE.insert(2, "careersite.maintenance.Maintenance")  # after what serves static files

ROOT_URLCONF = "careersite.urls"
WSGI_APPLICATION = "careersite.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ]
        },
    }
]

FORM_RENDERER = "careersite.form_rendering.Renderer"

# --- Storage -----------------------------------------------------------------------------------

DATABASE_POOL_SIZE = environment.integer("DATABASE_POOL_SIZE", default=0, low=0, high=100)
DATABASES = {
    "default": dj_database_url.parse(environment.text("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}"))
}
DATABASE = DATABASES["default"]
DATABASE_OPTIONS = DATABASE.setdefault("OPTIONS", {})  # what stands in the URL, such as sslmode, stays
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE_OPTIONS |= {
        # A transaction that means to write takes its place in the queue at once and cannot fail half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=67108864; "
            "PRAGMA cache_size=-16000; PRAGMA foreign_keys=ON;"
        ),
    }
    DATABASE["CONN_MAX_AGE"] = None
else:
    if environment.flag("DATABASE_PREPARED", default=True):
        # Statements of hot pages (articles.prepared) are planned once for each connection.
        DATABASE_OPTIONS["prepare_threshold"] = 0
        given = DATABASE_OPTIONS.get("options", "")
        DATABASE_OPTIONS["options"] = f"{given} -c plan_cache_mode=force_generic_plan".strip()
    if DATABASE_POOL_SIZE:  # for servers with many threads a worker
        DATABASE_OPTIONS["pool"] = {"min_size": 1, "max_size": DATABASE_POOL_SIZE}
    else:  # each of a worker's few threads keeps its own
        DATABASE["CONN_MAX_AGE"] = 600

CACHE_URL = environment.text("CACHE_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(BASE_DIR / "media")))
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "gif", "webp", "woff2", "map")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "careersite.static_files.StaticFiles"},
}

# Background jobs wait in the database until a worker takes them: `manage.py work`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- The rich-text editor: what it does in a way of our own ------------------------------------

DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy("careersite/admin/links.js")], "extensions": {"Link": process_link}},
    {"js": [static_lazy("careersite/admin/pasted.js")], "extensions": {"Pasted": html_tags([])}},
]

# --- Words and times ---------------------------------------------------------------------------

LANGUAGES = [("en", "English"), ("de", "German")]
LANGUAGE_CODE = environment.choice("LANGUAGE", default="en", choices=dict(LANGUAGES))
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = environment.text("TIME_ZONE", "UTC")
USE_I18N = True
FORMAT_MODULE_PATH = ["careersite.formats"]
USE_TZ = True

# --- People ------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
EMAIL_BACKEND = environment.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
CONTACT_EMAIL = environment.text("CONTACT_EMAIL", "")
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "careersite@localhost")
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.integer("EMAIL_PORT", default=25, low=1, high=65_535)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_SECURITY = environment.choice("EMAIL_SECURITY", default="none", choices=("none", "starttls", "tls"))
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 30  # seconds: one silent server must not keep a worker

REVIEW_REQUIRED = environment.flag("REVIEW_REQUIRED", default=False)
OWN_APPROVAL = environment.flag("OWN_APPROVAL", default=False)
REVIEW_ADDRESS = environment.text("REVIEW_ADDRESS", "")
COMMENTS_OPEN = environment.flag("COMMENTS_OPEN", default=True)
COMMENTS_PER_HOUR = environment.integer("COMMENTS_PER_HOUR", default=10, low=1, high=10_000_000)
COMMENTS_PER_MINUTE = environment.integer("COMMENTS_PER_MINUTE", default=60, low=1, high=1_000_000)
COMMENTS_LINKS = environment.integer("COMMENTS_LINKS", default=3, low=0, high=100)
COMMENTS_DAYS = environment.integer("COMMENTS_DAYS", default=0, low=0, high=36_500)
COMMENTS_KNOWN_PASS = environment.flag("COMMENTS_KNOWN_PASS", default=False)
MODERATION_ADDRESS = environment.text("MODERATION_ADDRESS", "")
AKISMET_KEY = environment.text("AKISMET_KEY", "")
API_REQUESTS_PER_MINUTE = environment.integer("API_REQUESTS_PER_MINUTE", default=300, low=1, high=100_000)
LINK_PORTS = environment.ports("LINK_PORTS", default="80,443")
LINK_DELAY = environment.integer("LINK_DELAY", default=2, low=0, high=60)
COUNT_DECISIONS = environment.flag("COUNT_DECISIONS", default=True)

# --- Security ----------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
BEHIND_PROXY = environment.flag("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a comparison with sixty points has thousands of form fields

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- The API -----------------------------------------------------------------------------------

# Programs of editors send a token; public endpoints do without and say so themselves (articles.api.public).
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["careersite.token_requests.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["careersite.token_requests.RequestsOfPerson"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "articles.api.describing.Schema",
    "EXCEPTION_HANDLER": "articles.api.problems.handle",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "careersite",
    "DESCRIPTION": (
        "What is published, as the documents it is published from, and the decision forms. Every error is "
        "`application/problem+json`; a query parameter that an address does not know is an error.\n\n"
        "`drafts` is what editors' programs write with, with a token and the rights of its owner: "
        "`POST /api/v1/drafts/` begins a draft from a document, as the other addresses give them out; "
        "`PUT` and `PATCH` change it, on the ground of the revision that `If-Match` names; `submit`, "
        "`approve` and `publish` decide, and `withdraw` takes it back. Nothing is stored where somebody else "
        "saved meanwhile: the answer (412, or 409) lists what differs."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [],  # schemas stay as `documents.schema` gives them
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# --- Logs --------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_links": {"()": "careersite.logs.WithoutLinks"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_links"]}
    },
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "WARNING")},
}
