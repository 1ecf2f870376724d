"""The application, as web.py hands it to each web process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keqiao.config.settings")
application = get_wsgi_application()
