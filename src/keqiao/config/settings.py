"""Settings of a site. Everything a site may choose comes through environment.py."""

import os
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from keqiao.config import environment as env

VAR, BUILT = env.VAR, env.BUILT
DEBUG = env.flag("KEQIAO_DEBUG", default=False)
DEMO = env.is_demo()
INSTITUTION_NAME = os.environ.get("KEQIAO_INSTITUTION", "科桥演示服务中心（虚构）" if DEMO else "科桥")
SECRET_KEY = env.secret("django.key")
HTTPS = env.flag("KEQIAO_HTTPS", default=False)
SITE_ORIGIN = os.environ.get("KEQIAO_ORIGIN", "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.words("KEQIAO_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = env.words("KEQIAO_TRUSTED_ORIGINS", "")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_filters",
    "keqiao.kernel",
    "keqiao.faces",
    "keqiao.conformity",
    "keqiao.accounts",
    "keqiao.imports",
    "keqiao.enterprises",
    "keqiao.organisation",
    "keqiao.facts",
    "keqiao.catalogue",
    "keqiao.engagement",
    "keqiao.oversight",
    "keqiao.portal",
    "allauth",  # after keqiao.accounts, whose templates stand in for allauth's
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "keqiao.faces.web.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "keqiao.faces.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "keqiao.faces.web.middleware.refusals",
    "allauth.account.middleware.AccountMiddleware",
    "keqiao.accounts.middleware.session_rules",
    "keqiao.accounts.middleware.channel",
    "keqiao.accounts.middleware.second_factor",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "keqiao.config.urls"
WSGI_APPLICATION = "keqiao.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "keqiao.faces.web.context.page",
                "keqiao.accounts.context.session",
            ],
        },
    },
]
DATABASES = {"default": env.database(os.environ.get("KEQIAO_DATABASE", f"sqlite://{VAR}/keqiao.sqlite3"))}
CACHES = {"default": {"BACKEND": "keqiao.kernel.platform.shared.Shared"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"

# The door (keqiao.accounts): allauth signs in, axes locks out.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "keqiao.accounts.signin.backend.Door",
]
STAFF_SECOND_FACTOR_REQUIRED = not DEMO
# Seals the secrets of authenticator apps in the database.
SECOND_FACTOR_KEY = env.secret("second-factor.key", 32)
SESSION_IDLE_SECONDS = 30 * 60
PASSWORD_RESET_TIMEOUT = 3600
# How many proxies of our own stand before the web process; their word on where a request comes from is taken.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KEQIAO_PROXIES", "0"))
# Without a proxy of ours anybody could write this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT > 0 else None
ACCOUNT_ADAPTER = "keqiao.accounts.signin.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "keqiao.accounts.signin.forms.SignInForm",
    "reset_password": "keqiao.accounts.signin.forms.ResetForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reached the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "keqiao.accounts.signin.adapter.ResetTokens"  # noqa: S105 - a class
# Sign-ins are counted by axes, below: a limit by address would lock out whoever shares it.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": "100/h/ip,3/h/key"}
MFA_ADAPTER = "keqiao.accounts.signin.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "keqiao.accounts.signin.forms.CodeForm",
    "reauthenticate": "keqiao.accounts.signin.forms.ConfirmByCodeForm",
    "activate_totp": "keqiao.accounts.signin.forms.EnrolForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Keqiao"
AXES_HANDLER = "keqiao.accounts.signin.lockout.Lockout"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "keqiao.accounts.signin.lockout.account_key"
AXES_CLIENT_IP_CALLABLE = "keqiao.accounts.client.lock_address"
AXES_LOCKOUT_CALLABLE = "keqiao.accounts.signin.lockout.respond"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "code", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True  # security events are the log
AXES_ENABLE_ADMIN = AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BUILT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BUILT / "static"
STATICFILES_DIRS = [BUILT / "bundle"] if (BUILT / "bundle").exists() else []
VAULT_ROOT = VAR / "vault"
VAULT_SUITE = os.environ.get("KEQIAO_CIPHER", "AES-256-GCM")  # or SM4-GCM
MASTER_KEY_FILE = os.environ.get("KEQIAO_MASTER_KEY_FILE", str(VAR / "secrets" / "master.key"))
SEAL_KEY_FILE = (
    env.seal_key_file()
)  # beside it lie what is pinned and the newest seal (kernel/record/pinned.py)
# What is sent stays in memory until it is sealed (faces/uploads.py). From the first size on, a request takes one of
# few places; the second bounds what is typed. What is longer than the last is refused unread.
FILE_UPLOAD_HANDLERS = ["keqiao.faces.uploads.InMemory"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_BODY_BYTES = 2 * MAX_FILE_BYTES
QUEUE_URL = os.environ.get(
    "KEQIAO_QUEUE", ""
)  # redis://host:port/db for many machines; empty: a file under var/

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "keqiao.faces.web.errors.csrf_failure"

EMAIL_BACKEND = os.environ.get("KEQIAO_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("KEQIAO_EMAIL_FROM", "keqiao@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "keqiao.config.logs.Lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
