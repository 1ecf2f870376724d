"""Where a request comes from."""

from ipaddress import IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

SITE_BITS = 64


def address(request: HttpRequest) -> str | None:
    """The address nearest to us that a trusted proxy (ALLAUTH_TRUSTED_PROXY_COUNT) vouches for."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return None


def lock_address(request: HttpRequest) -> str | None:
    """What a lock counts by: an IPv6 subscriber owns a whole /64, so single addresses would lock nothing."""
    ip = address(request)
    if ip and ip_address(ip).version == 6:  # noqa: PLR2004 - the version's name
        return str(IPv6Network(f"{ip}/{SITE_BITS}", strict=False).network_address)
    return ip


def browser(request: HttpRequest) -> str:
    return str(request.META.get("HTTP_USER_AGENT", ""))[:200]
