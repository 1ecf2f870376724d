"""Where a merged record leads."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from keqiao.enterprises.models import Enterprise
from keqiao.faces.access import actor_of, signed_in
from keqiao.faces.resource import resource_of, url_of
from keqiao.faces.web.detail import detail_page
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.errors import NotFound


@signed_in
def enterprise_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The record itself; one that was merged leads to the record that stays."""
    resource = resource_of(Enterprise)
    assert resource is not None
    try:
        return detail_page(request, resource, pk)
    except NotFound:
        stays = policy.visible(Enterprise, actor_of(request)).filter(merged=pk).first()
        if stays is None:
            raise
    return redirect(url_of(stays))
