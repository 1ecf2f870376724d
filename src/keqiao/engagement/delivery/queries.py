"""Reads of the delivery."""

from keqiao.engagement.case.links import hashed
from keqiao.engagement.delivery.models.delivery import Survey
from keqiao.kernel.platform.errors import NotFound


def survey_by_link(secret: str) -> Survey:
    """The survey with this secret, known by its hash; NotFound when there is none."""
    survey = Survey.objects.select_related("engagement").filter(token_sha256=hashed(secret)).first()
    if survey is None:
        raise NotFound
    return survey
