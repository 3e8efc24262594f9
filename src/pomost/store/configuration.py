"""Django's settings for the store; the database itself is chosen at run time by `database.open_store`."""

SECRET_KEY = "the store signs nothing; the panel brings a key of its own"  # noqa: S105
INSTALLED_APPS = ["pomost.store"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LOGGING_CONFIG = None
