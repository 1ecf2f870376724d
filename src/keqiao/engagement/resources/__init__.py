"""What of engagements is seen: one file a step. Importing this declares all of it, and the steps and jobs with it."""

from keqiao.engagement import downloads, queries  # noqa: F401 - who sees what, which files
from keqiao.engagement.resources import (  # noqa: F401 - each declares its step
    adjustment,
    archive,
    catalogue,
    complaint,
    contract,
    delivery,
    engagement,
    group,
    implementation,
    intake,
    investigation,
    plan,
    reference,
)
