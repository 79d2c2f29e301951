"""The WSGI application that `broadsheet serve` runs: the page store in front, Django behind it."""

import gc
import os
import signal
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from broadsheet.delivery.kept_open import keep_open
from broadsheet.ops.up import SUPERVISED, end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings")
if os.environ.get(SUPERVISED):
    end_with_parent(signal.SIGKILL)
# A thread that makes a page lets one that gives one out have its turn sooner than after the usual five milliseconds.
sys.setswitchinterval(0.001)
keep_open(settings.DATABASES)
behind = get_wsgi_application()

from django.urls import resolve  # noqa: E402

from broadsheet.delivery.serving import in_front_of  # noqa: E402 - the settings are read above
from broadsheet.syndication.log import files  # noqa: E402

application = in_front_of(behind, files())

# What the desk and all pages are made with, now; and none of it is ever looked through again for what can be thrown away: that takes
# a tenth of a second and more, in which nobody is given anything.
resolve("/desk/")
gc.collect()
gc.freeze()
# Once more, of next to nothing: Python looks through everything again only when what has come is a quarter of what it found the last time, and
# by then it was half a second's work.
gc.collect()
