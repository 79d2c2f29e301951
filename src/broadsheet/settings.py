"""Django's settings, derived from `conf.options`; there is no other settings file."""

from __future__ import annotations

from pathlib import Path

from broadsheet.conf import options

HERE = Path(__file__).resolve().parent
DATA = options.data_folder

DEBUG = options.debug == "1"
SECRET_KEY = options.secret()
ALLOWED_HOSTS = options.allowed_hosts
ROOT_URLCONF = "broadsheet.urls"
WSGI_APPLICATION = "broadsheet.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
SITE_ID = 1

INSTALLED_APPS = [
    "broadsheet.ops",
    "broadsheet.theme",
    "broadsheet.desk",
    "broadsheet.importing",
    "broadsheet.reader",
    "broadsheet.sharing",
    "broadsheet.syndication",
    "broadsheet.fronts",
    "broadsheet.readership",
    "broadsheet.stories",
    "broadsheet.related",
    "broadsheet.search",
    "broadsheet.record",
    "broadsheet.people",
    "broadsheet.media",
    "broadsheet.delivery",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "broadsheet.delivery.turnstile.TurnstileMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "broadsheet.delivery.middleware.StoreMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "broadsheet.delivery.turnstile.WholeFilesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Django adds random padding to what it compresses, against guessing secrets from lengths (BREACH).
    "broadsheet.reader.middleware.OwnLanguageMiddleware",
    "broadsheet.reader.middleware.PublicHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "broadsheet.desk.middleware.NewsroomClockMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "broadsheet.reader.middleware.OldAddressMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [str(Path(options.site).resolve() / "templates")] if options.site else [],
        "OPTIONS": {
            "builtins": ["broadsheet.theme.templatetags.components"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": options.database()}
CACHES = options.caches()

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [str(HERE / "locale")]

STATIC_URL = "/static/"
STATIC_ROOT = str(DATA / "static")
MEDIA_URL = "/media/"
MEDIA_ROOT = str(DATA / "media" / "public")
STORAGES = {
    # Originals carry what cameras write into pictures: never served, readable by their owner only.
    "default": {
        "BACKEND": "broadsheet.media.storage.DurableStorage",
        "OPTIONS": {
            "location": str(DATA / "media" / "originals"),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "public": {
        "BACKEND": "broadsheet.media.storage.DurableStorage",
        "OPTIONS": {
            "location": MEDIA_ROOT,
            "base_url": MEDIA_URL,
            "file_permissions_mode": 0o644,
            "directory_permissions_mode": 0o755,
        },
    },
    "staticfiles": {"BACKEND": "broadsheet.ops.static_files.HashedStaticFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = options.url.startswith("https://")
SESSION_COOKIE_PATH = "/"
if options.url.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [options.url.rstrip("/")]

WAGTAIL_SITE_NAME = "Broadsheet"
WAGTAILADMIN_BASE_URL = options.url
WEBSUB_HUB = options.websub_hub
CACHES_IN_FRONT = options.caches_in_front
WAGTAILADMIN_USER_LOGIN_FORM = "broadsheet.ops.sign_in.SignInForm"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "broadsheet.desk.prose.ProseArea"}}
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False
# The newsroom's clock is the publication's, whoever looks at it.
WAGTAIL_USER_TIME_ZONES = ["UTC"]
WAGTAILIMAGES_IMAGE_MODEL = "media.Image"
WAGTAILIMAGES_RENDITION_STORAGE = "public"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "media.Document"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "epub", "m4a", "mp3", "mp4", "odt", "ogg", "pdf", "txt", "wav", "webm", "xlsx", "zip"]
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 500
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "broadsheet.desk.searching"}}
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if options.mail.host else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = options.mail.host, options.mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = options.mail.user, options.mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = options.mail.is_encrypted, options.mail.is_encrypted_later
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = options.mail.sender
REPORT_DAYS = options.days_of_reports

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"broadsheet": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
