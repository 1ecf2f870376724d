"""Lines of the log: with the number of the request that people are shown, and without the secrets of addresses."""

import logging
import re

from keqiao.kernel.platform.request_ids import current

# Addresses that open something to whoever knows them. A test goes through every such route.
_SECRETS = re.compile(r"/(s|q|accounts/(?:invitation|calendar|password/reset/key))/[^/\s'\"]+")
NONE = "-"


class Lines(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} [{request_id}] {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The whole line, traceback included."""
        request = getattr(record, "request", None)
        record.request_id = getattr(request, "request_id", "") or current.get() or NONE
        return _SECRETS.sub(r"/\1/…", super().format(record))
