"""Our settings and, beside them, the plain site."""

from broadsheet.settings import *  # noqa: F403
from broadsheet.settings import ALLOWED_HOSTS as HOSTS
from broadsheet.settings import INSTALLED_APPS as APPS

INSTALLED_APPS = ["benchmarks.plain", *APPS]
ALLOWED_HOSTS = [*HOSTS, "plain.localhost"]
