"""What of engagements is seen: one file a step. Importing this declares all of it, and the steps with it."""

from keqiao.engagement import downloads, queries, tasks  # noqa: F401 - who sees what, and the jobs
from keqiao.engagement.resources import (  # noqa: F401 - each declares its step
    adjustment,
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
