"""The WSGI application that `broadsheet serve` runs."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from broadsheet.ops.up import SUPERVISED, end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings")
if os.environ.get(SUPERVISED):
    end_with_parent(signal.SIGKILL)
application = get_wsgi_application()
