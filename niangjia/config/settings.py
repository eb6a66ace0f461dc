"""Django's settings; whatever differs between machines comes from `niangjia.config.environment`."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from niangjia.config import logs
from niangjia.config.database import database_settings
from niangjia.config.environment import ENVIRONMENT, secret_key

ROOT = Path(__file__).resolve().parent.parent

SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
SECURE_TRANSPORT = ENVIRONMENT.secure_transport

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
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
    "niangjia.kernel.search",
    "niangjia.kernel.web",
    "niangjia.kernel.accounts",
    "niangjia.kernel.developers",
    "niangjia.registers.orgs",
    "niangjia.registers.employers",
    "niangjia.registers.members",
    "niangjia.registers.members.transfers",
    "niangjia.demo",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
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
        "APP_DIRS": True,
        "OPTIONS": {
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

# What the frame of the pages shows of the lines of work.
NIANGJIA_NAVIGATION = "niangjia.config.navigation.NAVIGATION"
NIANGJIA_PLACE_NAMES = "niangjia.registers.orgs.queries.names_of"
NIANGJIA_PLACE_CODES = "niangjia.registers.orgs.queries.codes_of"
NIANGJIA_PLACE_MEANT = "niangjia.registers.orgs.queries.place_meant"
NIANGJIA_UNION_PANELS: tuple[str, ...] = (
    "niangjia.registers.members.views.panel_of",
    "niangjia.registers.employers.views.panel_of",
)
# Who hears of every entry of the journal, in the transaction of the act itself.
NIANGJIA_ENTRY_HEARERS: tuple[str, ...] = ("niangjia.kernel.webhooks.publishing.publish",)
NIANGJIA_WEBHOOK_NETWORKS = ENVIRONMENT.webhook_networks
NIANGJIA_WEBHOOK_LOCAL = ENVIRONMENT.is_of_this_machine_alone
# What follows from closing a union, and what stands in its way: each register says its part, the tree first.
NIANGJIA_CLOSING: tuple[str, ...] = (
    "niangjia.registers.orgs.closing.TREE",
    "niangjia.registers.members.closing.CLOSING",
    "niangjia.registers.employers.closing.CLOSING",
    "niangjia.registers.orgs.closing.RIGHTS",
)
# Every list that there is: what is named here can be exported as it is filtered.
NIANGJIA_LISTINGS: tuple[str, ...] = (
    "niangjia.registers.orgs.listing.UNIONS",
    "niangjia.registers.employers.listing.EMPLOYERS",
    "niangjia.registers.members.listing.MEMBERS",
    "niangjia.registers.members.transfers.listing.TRANSFERS",
    "niangjia.registers.members.roster.listing.IMPORTS",
    "niangjia.kernel.web.exports.listing.EXPORTS",
    "niangjia.kernel.web.listing.OWN_LOOKS",
    "niangjia.kernel.web.listing.ALL_LOOKS",
    "niangjia.kernel.accounts.listing.ACCOUNTS",
)
# What the one search box asks, in this order; and by which other words a page is meant.
NIANGJIA_SEARCHES: tuple[str, ...] = (
    "niangjia.registers.members.searching.MEMBERS_FOUND",
    "niangjia.registers.orgs.searching.UNIONS_FOUND",
    "niangjia.registers.employers.searching.EMPLOYERS_FOUND",
    "niangjia.kernel.web.searching_todo.THINGS_FOUND",
    "niangjia.kernel.web.searching.PAGES_FOUND",
)
NIANGJIA_OTHER_WORDS = "niangjia.config.navigation.OTHER_WORDS"
# What fields find while somebody types: the name in the field → what is found, and by which moves.
NIANGJIA_PICKERS: dict[str, str] = {
    "unions": "niangjia.registers.orgs.picking.UNIONS",
    "employer-unions": "niangjia.registers.employers.picking.UNIONS_OF_EMPLOYERS",
    "member-unions": "niangjia.registers.members.picking.UNIONS_OF_MEMBERS",
    "members": "niangjia.registers.members.picking.MEMBERS",
    "receivers": "niangjia.kernel.accounts.picking.RECEIVERS",
}
# The API whose description the pages for programmers are made from.
NIANGJIA_API = "niangjia.config.api.API"
NIANGJIA_EXPORT_SOURCES = "niangjia.kernel.listing.exporting.source_of"
# Which slice says who may see a kept file: owner → a rule of (actor, file); what is not named here is shown to nobody.
NIANGJIA_FILE_OWNERS: dict[str, str] = {
    "draft": "niangjia.kernel.files.drafts.may_see",
    "correction": "niangjia.kernel.evidence.queries.may_see",
}
# What was handed in with a request about one's own data, for the desk that settles it.
NIANGJIA_EVIDENCE = "niangjia.kernel.evidence.queries.shown_with"
NIANGJIA_TODAY: tuple[str, ...] = (
    "niangjia.registers.members.today.part",
    "niangjia.registers.orgs.today.part",
    "niangjia.kernel.accounts.today.part",
)
# What waits for somebody on the first page: functions of the actor and the day that answer declared things.
NIANGJIA_THINGS_TO_DO: tuple[str, ...] = (
    "niangjia.registers.members.transfers.today.things_to_do",
    "niangjia.registers.members.today.things_to_do",
    "niangjia.kernel.web.own_data_today.things_to_do",
    "niangjia.kernel.web.exports.today.things_to_do",
    "niangjia.kernel.accounts.today.things_to_do",
)
# The worker's side: services that work today, what she asked for, what waits for her, what is held about her, her union.
NIANGJIA_SERVICES: tuple[str, ...] = ("niangjia.kernel.web.worker.offered.SERVICES",)
NIANGJIA_OWN_MATTERS: tuple[str, ...] = ("niangjia.kernel.web.worker.requests.own_matters",)
NIANGJIA_OWN_NOTES: tuple[str, ...] = ("niangjia.kernel.web.worker.requests.own_notes",)
NIANGJIA_OWN_RECORDS: tuple[str, ...] = ("niangjia.registers.members.own_side.own_records",)
NIANGJIA_OWN_UNION = "niangjia.registers.members.own_side.own_union"
# Where sealed values lie: a slice lists its columns, or no key could ever change.
NIANGJIA_SEALED_COLUMNS: tuple[str, ...] = (
    "niangjia.kernel.access.sealed_columns.COLUMNS",
    "niangjia.kernel.exports.sealed_columns.COLUMNS",
    "niangjia.kernel.access.phone_code.sealed_columns.COLUMNS",
    "niangjia.kernel.idempotency.sealed_columns.COLUMNS",
    "niangjia.registers.members.sealed_columns.COLUMNS",
    "niangjia.kernel.privacy.sealed_columns.COLUMNS",
    "niangjia.kernel.webhooks.sealed_columns.COLUMNS",
)
# What the law on personal information (个人信息保护法) asks of a table that holds persons, in the order of erasing: the
# register first, the bare number last. A new table is declared in the `personal.py` of its slice.
NIANGJIA_HELD_ABOUT_A_PERSON: tuple[str, ...] = (
    "niangjia.registers.members.personal.TABLES",
    "niangjia.kernel.exports.personal.TABLES",
    "niangjia.kernel.programs.personal.TABLES",
    "niangjia.kernel.webhooks.personal.TABLES",
    "niangjia.kernel.listing.personal.TABLES",
    "niangjia.kernel.intake.personal.TABLES",
    "niangjia.kernel.files.personal.TABLES",
    "niangjia.kernel.privacy.of_messages.TABLES",
    "niangjia.kernel.privacy.personal.TABLES",
)
NIANGJIA_PERSONS = "niangjia.registers.members.standing.PERSONS"
# Folders of notices (告知书); a version that somebody agreed to never changes.
NIANGJIA_NOTICES: tuple[Path, ...] = (ROOT / "registers" / "members" / "notices",)
NIANGJIA_SEALED_FILES: tuple[str, ...] = ("niangjia.kernel.files.rewrapping.FILES",)
# How the register names a person, for who may see her.
NIANGJIA_PEOPLE_NAMES = "niangjia.registers.members.queries.name_of_subject"
# How many sealed values one account may look at.
NIANGJIA_LOOKS_PER_HOUR = ENVIRONMENT.looks_per_hour
NIANGJIA_LOOKS_PER_DAY = ENVIRONMENT.looks_per_day
# Messages: every template that there is, who holds which office, what the bell and the tab count.
NIANGJIA_MESSAGES: tuple[str, ...] = (
    "niangjia.kernel.access.messages.TEMPLATES",
    "niangjia.kernel.reveal.messages.TEMPLATES",
    "niangjia.kernel.privacy.messages.TEMPLATES",
    "niangjia.kernel.exports.messages.TEMPLATES",
    "niangjia.kernel.webhooks.messages.TEMPLATES",
    "niangjia.registers.members.messages.TEMPLATES",
)
NIANGJIA_OFFICES = "niangjia.kernel.access.offices.OFFICES"
NIANGJIA_UNREAD = "niangjia.kernel.messages.queries.unread_of"
# How people are reached besides: the mail server, the phone a person confirmed; no instance has WeChat by itself.
NIANGJIA_MAIL = "niangjia.kernel.messages.mail.ByMail"
NIANGJIA_PHONE_TO_TELL = "niangjia.registers.members.phones.phone_to_tell"
NIANGJIA_WECHAT = "niangjia.kernel.messages.channels.NoWay"
NIANGJIA_WECHAT_ADDRESS = ""
EMAIL_HOST = ENVIRONMENT.mail.host if ENVIRONMENT.mail else ""
EMAIL_PORT = ENVIRONMENT.mail.port if ENVIRONMENT.mail else 0
EMAIL_HOST_USER = ENVIRONMENT.mail.user if ENVIRONMENT.mail else ""
EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.password if ENVIRONMENT.mail else ""
EMAIL_USE_SSL = ENVIRONMENT.mail is not None and ENVIRONMENT.mail.is_tls
EMAIL_USE_TLS = ENVIRONMENT.mail is not None and not ENVIRONMENT.mail.is_tls and not ENVIRONMENT.mail.is_plain
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail.sender if ENVIRONMENT.mail else ""
# The workers' door: short messages, whose phone it is, and how many codes an hour (本系统默认值).
NIANGJIA_TEXTS = ENVIRONMENT.texts
NIANGJIA_PEOPLE_BY_PHONE = "niangjia.registers.members.phones.PEOPLE"
NIANGJIA_DEMO_PHONES = "niangjia.demo.services.demo_phones"
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
