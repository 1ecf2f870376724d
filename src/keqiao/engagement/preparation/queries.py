"""Reads of the preparation."""

from keqiao.engagement.case.links import hashed
from keqiao.engagement.preparation.models.investigation import QuestionnaireLink
from keqiao.kernel.platform.errors import NotFound


def questionnaire_link(secret: str) -> QuestionnaireLink:
    """The link with this secret, known by its hash; NotFound when there is none."""
    rows = QuestionnaireLink.objects.select_related("questionnaire__engagement", "engagement")
    link = rows.filter(token_sha256=hashed(secret)).first()
    if link is None:
        raise NotFound
    return link
