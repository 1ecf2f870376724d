"""What of engagements is seen: one file a step. Importing this declares all of it, and the steps with it."""

from keqiao.engagement import queries  # noqa: F401 - registers who sees what
from keqiao.engagement.resources import (  # noqa: F401 - each declares its step
    adjustment,
    catalogue,
    complaint,
    delivery,
    engagement,
    group,
    implementation,
    intake,
    investigation,
    plan,
    reference,
)
