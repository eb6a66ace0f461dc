"""Django's settings; what differs between machines comes from `environment`, what stands where from `wiring`."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from niangjia.config import logs
from niangjia.config.database import database_settings
from niangjia.config.environment import ENVIRONMENT, secret_key
from niangjia.config.wiring import *  # noqa: F403  # what is wired there are settings too

ROOT = Path(__file__).resolve().parent.parent

SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
SECURE_TRANSPORT = ENVIRONMENT.secure_transport

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "csp",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "ninja",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "niangjia.kernel.dated",
    "niangjia.kernel.people",
    "niangjia.kernel.places",
    "niangjia.kernel.journal",
    "niangjia.kernel.messages",
    "niangjia.kernel.messages.wechat",
    "niangjia.kernel.access",
    "niangjia.kernel.access.phone_code",
    "niangjia.kernel.access.city",
    "niangjia.kernel.rotation",
    "niangjia.kernel.idempotency",
    "niangjia.kernel.boundaries",
    "niangjia.kernel.files",
    "niangjia.kernel.intake",
    "niangjia.kernel.reveal",
    "niangjia.kernel.privacy",
    "niangjia.kernel.programs",
    "niangjia.kernel.webhooks",
    "niangjia.kernel.exports",
    "niangjia.kernel.listing",
    "niangjia.kernel.listing.runs",
    "niangjia.kernel.search",
    "niangjia.kernel.web",
    "niangjia.kernel.accounts",
    "niangjia.kernel.workdays",
    "niangjia.kernel.parameters",
    "niangjia.kernel.developers",
    "niangjia.kernel.cases",
    "niangjia.kernel.cases.drafts",
    "niangjia.kernel.cases.notices",
    "niangjia.registers.orgs",
    "niangjia.registers.orgs.reorganising",
    "niangjia.registers.employers",
    "niangjia.registers.employers.targets",
    "niangjia.registers.employers.away",
    "niangjia.registers.members",
    "niangjia.registers.members.transfers",
    "niangjia.registers.members.phone_changes",
    "niangjia.registers.members.joining",
    "niangjia.registers.members.merging",
    "niangjia.registers.members.regaining",
    "niangjia.registers.members.verified",
    "niangjia.registers.members.clinic",
    "niangjia.registers.households",
    "niangjia.registers.members.leaving",
    "niangjia.registers.committees",
    "niangjia.registers.founding",
    "niangjia.registers.founding.legal",
    "niangjia.registers.committees.elections",
    "niangjia.registers.committees.motions",
    "niangjia.registers.cards",
    "niangjia.registers.cadres",
    "niangjia.registers.cadres.haves",
    "niangjia.registers.cadres.handing",
    "niangjia.services.requests",
    "niangjia.services.requests.for_employers",
    "niangjia.demo",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "niangjia.config.serving.policy.OnePolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "niangjia.config.serving.smaller.SmallerPagesMiddleware",
    "niangjia.kernel.api.middleware.ProblemsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "niangjia.kernel.web.middleware.DoorQueueMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "niangjia.config.logs.RequestLogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "niangjia.kernel.access.middleware.ActorMiddleware",
    "niangjia.kernel.api.keys.KeyMiddleware",
    "niangjia.kernel.web.middleware.PrivatePagesMiddleware",
    "niangjia.kernel.web.middleware.SignInGateMiddleware",
    "niangjia.kernel.web.own_side.OwnSideMiddleware",
    "niangjia.config.writes.OnceMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "niangjia.config.urls"
WSGI_APPLICATION = "niangjia.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # what is the same for everybody is made once for a process and a language
            "loaders": [
                ("niangjia.kernel.web.folding.FoldingLoader", ["django.template.loaders.app_directories.Loader"])
            ],
            # the key that makes a form count once stands beside its token against forgery
            "builtins": ["niangjia.kernel.idempotency.templatetags.form_keys"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "niangjia.kernel.web.context.shell",
            ],
        },
    },
]

DATABASES = database_settings()
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "niangjia.kernel.access.hashing.PatientArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# 等保 (GB/T 22239-2019) asks for passwords that are complex and changed; the figures are those that assessors use.
NIANGJIA_PASSWORD_LENGTH = 10
NIANGJIA_ADMIN_PASSWORD_LENGTH = 12
NIANGJIA_PASSWORD_KINDS = 3
NIANGJIA_PASSWORDS_KEPT = 5
NIANGJIA_PASSWORD_DAYS = 90
# Our own default (本系统默认值): a phrase this long needs no mixture of characters.
NIANGJIA_PASSPHRASE_LENGTH = 16
PASSWORD_RESET_TIMEOUT = 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name")},
    },
    {"NAME": "niangjia.kernel.access.passwords.MixedValidator"},
    {"NAME": "niangjia.kernel.access.passwords.NotAgainValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "niangjia.kernel.web.errors.csrf_failed"

# Signing in: accounts are given, not taken; limits are counted by account, for a factory is one address.
ACCOUNT_ADAPTER = "niangjia.kernel.access.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,  # counted by account instead, see NIANGJIA_WRONG_TRIES
    "reauthenticate": "10/5m/user",
    "change_password": None,
    # receipts of objections to public notices, by a keyed index of the address
    "objection_receipt": "20/1h/key",
}
ACCOUNT_FORMS = {
    "login": "niangjia.kernel.access.forms.SignInForm",
    "change_password": "niangjia.kernel.access.forms.NewPasswordForm",
    "reauthenticate": "niangjia.kernel.access.forms.PasswordAgainForm",
}
MFA_ADAPTER = "niangjia.kernel.access.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Niangjia 娘家"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "niangjia.kernel.access.forms.CodeForm",
    "reauthenticate": "niangjia.kernel.access.forms.ProveAgainForm",
    "activate_totp": "niangjia.kernel.access.forms.SetUpCodeForm",
}
# Signing in by a city's identity system; none unless it is named. Its own pages are the only ones that lead elsewhere.
NIANGJIA_CITY_DOOR = ENVIRONMENT.city
SOCIALACCOUNT_ADAPTER = "niangjia.kernel.access.city.calls.CityAdapter"
# Limits hold for all processes of the server together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        # Many tries at once must not push out what was counted before.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# 等保 (GB/T 22239-2019) asks for a lock and an end of idle sessions; the figures are those that assessors use:
# 5 tries, then 10–30 minutes, on the account; idle sessions end after 15–30 minutes.
NIANGJIA_WRONG_TRIES = 5
NIANGJIA_LOCK_MIN = 15
NIANGJIA_IDLE_MIN = 30
# A worker sees what is held about herself: her session may rest as long as its cookie lives.
NIANGJIA_WORKER_IDLE_MIN = 0

# How many sealed values one account may look at.
NIANGJIA_LOOKS_PER_HOUR = ENVIRONMENT.looks_per_hour
NIANGJIA_LOOKS_PER_DAY = ENVIRONMENT.looks_per_day
NIANGJIA_WEBHOOK_NETWORKS = ENVIRONMENT.webhook_networks
NIANGJIA_WEBHOOK_LOCAL = ENVIRONMENT.is_of_this_machine_alone
# The mail server, where there is one.
EMAIL_HOST = ENVIRONMENT.mail.host if ENVIRONMENT.mail else ""
EMAIL_PORT = ENVIRONMENT.mail.port if ENVIRONMENT.mail else 0
EMAIL_HOST_USER = ENVIRONMENT.mail.user if ENVIRONMENT.mail else ""
EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.password if ENVIRONMENT.mail else ""
EMAIL_USE_SSL = ENVIRONMENT.mail is not None and ENVIRONMENT.mail.is_tls
EMAIL_USE_TLS = ENVIRONMENT.mail is not None and not ENVIRONMENT.mail.is_tls and not ENVIRONMENT.mail.is_plain
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail.sender if ENVIRONMENT.mail else ""
NIANGJIA_WECHAT_ACCOUNT = ENVIRONMENT.wechat
# The workers' door: short messages, and how many codes an hour (本系统默认值).
NIANGJIA_TEXTS = ENVIRONMENT.texts
CODES_PER_HOUR = ENVIRONMENT.codes_per_hour
CODES_PER_HOUR_AND_ADDRESS = ENVIRONMENT.codes_per_hour_and_address
# 本系统默认值: a code costs a message, so one's own phone stays signed in for a month; what it opens is one's own record.
WORKER_SESSION_AGE = 30 * 24 * 3600
NIANGJIA_TILES = ENVIRONMENT.tiles
COMPLAINTS_PHONE = ENVIRONMENT.complaints_phone
COMPLAINTS_EMAIL = ENVIRONMENT.complaints_email

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "niangjia.config.serving.static.KnownAddresses"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *([ENVIRONMENT.tiles.origin] if ENVIRONMENT.tiles else [])],
        "object-src": [NONE],
        "base-uri": [SELF],
        # A browser judges where a form is sent on to, too: the city's identity system, where there is one.
        "form-action": [SELF, *([ENVIRONMENT.city.origin] if ENVIRONMENT.city else [])],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_ENGINE = "niangjia.kernel.access.cookies"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE_TRANSPORT
CSRF_COOKIE_SECURE = SECURE_TRANSPORT
SECURE_SSL_REDIRECT = SECURE_TRANSPORT
# probes speak plain HTTP on this machine
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_TRANSPORT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_TRANSPORT
SECURE_HSTS_PRELOAD = SECURE_TRANSPORT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_TRANSPORT else None

NIANGJIA_KEYS = ENVIRONMENT.keys
NIANGJIA_ANCHORS = ENVIRONMENT.anchors
NIANGJIA_DATA = ENVIRONMENT.data
NIANGJIA_APP_ROLE = "niangjia_app"

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_MAX_BYTES = 200 * 1024 * 1024

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = logs.LOGGING
logs.configure_structlog()
