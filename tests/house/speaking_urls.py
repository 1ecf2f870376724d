"""A site of one address, at which the program says something."""

import logging

from django.http import HttpResponse
from django.urls import path

from keqiao.faces.access import public


@public
def speak(_request):
    logging.getLogger("keqiao").warning("spoken")
    return HttpResponse()


urlpatterns = [path("speak/", speak)]
