"""Settings, from the environment where they differ between installations."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from joindots.config.databases import database
from joindots.config.secret import stored_secret

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("JOINDOTS_DATA", ROOT / ".data"))
TESTING = "pytest" in sys.modules

os.umask(0o077)  # everything made under the data folder is for this user alone
DATA.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = stored_secret(DATA)
ALLOWED_HOSTS = [*os.environ.get("JOINDOTS_HOSTS", "").split(), "localhost", "127.0.0.1", "[::1]"]

# The parts of the service, highest first: the one list of them.
PARTS = (
    "web", "transfer", "orders", "justice", "helpline", "risk", "privacy", "chronology", "evidence", "casework",
    "notices", "people", "directory", "jobs", "circles", "agencies", "audit", "vault",
)  # fmt: skip
INSTALLED_APPS = [
    *(f"joindots.{part}" for part in PARTS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "joindots.agencies.middleware.ForNobodyElse",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "joindots.agencies.middleware.VisitMiddleware",
    "joindots.agencies.once.SentOnce",
    "joindots.web.here.NoLongerHere",
    "joindots.web.typed_again.TypedAgain",
]
ROOT_URLCONF = "joindots.config.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "joindots.web.context.frame",
            ],
        },
    }
]

DATABASES = {
    "default": database(os.environ.get("JOINDOTS_DATABASE_URL", ""), DATA / "joindots.sqlite3"),
    "keys": database(os.environ.get("JOINDOTS_KEYS_DATABASE_URL", ""), DATA / "keys" / "keys.sqlite3"),
}
DATABASE_ROUTERS = ["joindots.vault.router.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The sealed store: the root key lies outside every database and backup.
ROOT_KEY_FILE = Path(os.environ.get("JOINDOTS_ROOT_KEY", DATA / "keys" / "root.key"))
ROOT_KEY_PASSPHRASE = os.environ.get("JOINDOTS_ROOT_PASSPHRASE", "")
FILE_STORE = DATA / "files"
MEMORY = Path("/dev/shm")  # nosec B108 - a folder in memory, where only this user's own subfolder is used
SCRATCH = MEMORY / f"joindots-{os.getuid()}" if os.access(MEMORY, os.W_OK) else DATA / "scratch"
MOST_BYTES_A_FILE = 2 << 30
FILE_UPLOAD_HANDLERS = ["joindots.evidence.uploads.SealingUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20

# Signing in: password and a second factor, or a passkey. No sign-up, no reset by mail.
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "joindots.agencies.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Five tries for a name from one address, then ten minutes' wait: a stranger slows the address he
# tries from, and never locks the person out elsewhere. The same for codes handed to newcomers.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip", "login_failed": "5/10m/key", "enrol": "60/m/ip,5/10m/key", "write_to_us": "6/10m/ip",
}  # fmt: skip
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # a passkey cannot be guessed, and an office shares one address
MFA_ADAPTER = "joindots.agencies.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:today"

SESSION_ENGINE = "joindots.agencies.sessions"
SESSION_SERIALIZER = "joindots.agencies.adapters.SealedSessions"
SESSION_COOKIE_AGE = 15 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_HOURS = 8
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "joindots.web.errors.form_too_old"
SESSION_COOKIE_HTTPONLY = True
HTTPS = os.environ.get("JOINDOTS_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-s" if HTTPS else "s"
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# The proxy's word for the address somebody is at: without it all would share one, and its throttle.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# What leaves: gateways are named in a file of their own beside the data; without one nothing is sent.
GATEWAYS_FILE = Path(os.environ.get("JOINDOTS_GATEWAYS", DATA / "gateways.toml"))
EMAIL_BACKEND = "joindots.notices.gateways.staff_mail.StaffMail"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
JOBS = {
    "evidence.read": "joindots.evidence.work.ReadFile",
    "evidence.remove": "joindots.evidence.work.RemoveFile",
    "chronology.pack": "joindots.chronology.work.MakePack",
    "chronology.disclosure": "joindots.chronology.work.MakeDisclosure",
    "orders.papers": "joindots.orders.work.papers.MakePapers",
    "orders.enclose": "joindots.orders.work.enclosing.EncloseExhibits",
    "transfer.cases": "joindots.transfer.work.cases.Cases",
    "transfer.out": "joindots.transfer.work.out.TakeOutAll",
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [ROOT / "joindots" / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Logs hold codes, never words of anybody's: no request bodies, no values of variables.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "joindots.config.logs.CodeOnly"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
