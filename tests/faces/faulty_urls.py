"""The site with two addresses more, at which something goes wrong in the midst of a view."""

from django.db import OperationalError
from django.urls import path

from keqiao.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from keqiao.faces.access import public

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
FAULTS = {
    "program": ZeroDivisionError("机密甲"),
    "database": OperationalError("server at 10.0.0.7 closed the connection: 机密甲"),
    "disk": OSError(28, "No space left on device", "/var/机密甲"),
}


@public
def fail(_request, fault):
    raise FAULTS[fault]


urlpatterns = [path("fail/<fault>/", fail), path("api/fail/<fault>/", fail), *urlpatterns]
